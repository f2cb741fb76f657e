import { expect, test } from "vitest";
import { newNotebook, type Notebook } from "../../../app/notebook/document.ts";
import { applyEdit } from "../../../app/notebook/edits.ts";
import { isSilenced, silence } from "../../../app/notebook/silenced.ts";

const notebook: Notebook = {
  ...newNotebook("A title"),
  metadata: { title: "A title", descent: { front_matter: "order: 3" } },
};

const silencedIn = (before: Notebook, rule: string) =>
  applyEdit(before, silence(before, rule)).notebook;

test("silence() adds a rule to the notebook's metadata and keeps what is there", () => {
  const once = silencedIn(notebook, "zero-grad");
  const both = silencedIn(once, "nan-loss");
  expect(both.metadata).toEqual({
    title: "A title",
    descent: { front_matter: "order: 3", silenced: ["zero-grad", "nan-loss"] },
  });
  expect([isSilenced(both, "zero-grad"), isSilenced(both, "broadcast")]).toEqual([true, false]);
});

test("silence() of a silenced rule changes nothing more", () => {
  const once = silencedIn(notebook, "zero-grad");
  expect(silencedIn(once, "zero-grad").metadata).toEqual(once.metadata);
});

test("silence() can be taken back", () => {
  const { notebook: once, inverse } = applyEdit(notebook, silence(notebook, "zero-grad"));
  expect(applyEdit(once, inverse).notebook).toEqual(notebook);
});

test("isSilenced() takes metadata of any shape", () => {
  for (const descent of [null, 3, [], { silenced: "all" }, { silenced: [3, null] }])
    expect(isSilenced({ ...notebook, metadata: { descent } }, "zero-grad")).toBe(false);
});

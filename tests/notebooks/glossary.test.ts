/** The glossary: short definitions whose code runs by itself, and links that lead to one of them. */
import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { createTermFinder, firstUses, termsOf } from "../../app/lessons/glossary.ts";
import { tagsOf } from "../../app/notebook/document.ts";
import { startNotebookKernel } from "../kernel/hosts/notebook-kernel.ts";
import { readNotebook, shippedData } from "./run-notebook.ts";

/** Characters: a line of the card that stands beside the word. */
const LONGEST = 120;
const MOST_LINES = 9;

const { notebook } = parsePercent(readNotebook("glossary.ts"));
const terms = termsOf(notebook);
const lessons = readdirSync(new URL("../../notebooks/", import.meta.url)).filter((file) =>
  /^\d\d-.*\.ts$/.test(file),
);

describe("the glossary", () => {
  test("has a definition of one line and a few lines of code for each term", () => {
    expect(terms.length).toBeGreaterThan(60);
    const wrong = terms.filter(
      ({ definition, code }) =>
        definition === "" ||
        definition.includes("\n") ||
        definition.length > LONGEST ||
        code === "" ||
        code.split("\n").length > MOST_LINES,
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test("has every form of a word once, and every anchor", () => {
    const forms = terms.flatMap((term) => term.forms.map((form) => form.toLowerCase()));
    expect(forms.filter((form, i) => forms.indexOf(form) !== i)).toEqual([]);
    expect(new Set(terms.map(({ anchor }) => anchor)).size).toBe(terms.length);
  });

  test("runs each term's code without the others'", async () => {
    await using kernel = await startNotebookKernel({ data: shippedData });
    const [setup, ...shown] = notebook.cells.filter(({ type }) => type === "code");
    expect(setup && tagsOf(setup)).toContain("setup");
    // From the last to the first, no cell finds a name that one above it makes.
    if (setup) await kernel.run(setup.source, setup.id);
    const wrong: string[] = [];
    for (const { id, source } of shown.toReversed()) {
      const { error, outputs } = await kernel.run(source, id);
      if (error) wrong.push(`${id}: ${error.message}`);
      else if (outputs.length === 0) wrong.push(`${id} shows nothing`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

describe.each(lessons)("%s", (file) => {
  const text = readNotebook(file);

  test("uses words of the glossary, and each is linked once", () => {
    const uses = firstUses(parsePercent(text).notebook, createTermFinder(terms));
    const linked = Array.from(uses.values(), (each) => Array.from(each, ({ name }) => name)).flat();
    expect(linked.length).toBeGreaterThan(4);
    expect(new Set(linked).size).toBe(linked.length);
  });

  test("links to terms that there are", () => {
    const anchors = [...text.matchAll(/\?lesson=glossary#([\w-]+)/g)].map(([, anchor]) => anchor);
    const known = new Set(terms.map(({ anchor }) => anchor));
    expect(anchors.filter((anchor) => anchor === undefined || !known.has(anchor))).toEqual([]);
  });
});

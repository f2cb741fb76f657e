import { expect, test } from "vitest";
import type { Cell, Notebook } from "../../../app/notebook/document.ts";
import { missingNames } from "../../../app/notebook/missing-names.ts";
import type { Analysis } from "../../../app/notebook/names.ts";
import { openRuntime, transitionAll } from "../../../app/notebook/runtime.ts";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { CellNames } from "../../../kernel/compile/compiler.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";

const id = (name: string) => name as CellId;
const names = (defines: string[], uses: string[]): CellNames => ({
  defines,
  uses,
  assigns: [],
  imports: [],
  later: [],
});
const analysis: Analysis = new Map([
  [id("train"), names(["net"], [])],
  [id("draw"), names([], ["net"])],
]);

function notebookOf(...order: string[]): Notebook {
  const cells = order.map((name): Cell => ({
    id: id(name),
    type: "code",
    source: `text of ${name}`,
    metadata: {},
  }));
  return { metadata: {}, cells };
}

/** A run of `draw` that ended with this error. */
function failing(message: string, name = "ReferenceError"): Notice[] {
  const head = { cell: id("draw"), run: 2 as RunId };
  const error = { kind: "runtime", name, message, frames: [], causes: [] } as const;
  return [
    {
      kind: "started",
      ...head,
      executionCount: 1,
      names: analysis.get(head.cell) ?? null,
      source: "text of draw",
    },
    { kind: "output", ...head, output: { kind: "error", error } },
    { kind: "finished", ...head, status: "error", report: null },
  ];
}
const undefinedNet = "net is not defined (run the cell that defines it first)";

test("missingNames() tells which cell makes a name that was not found, above or below", () => {
  const runtime = transitionAll(openRuntime(), failing(undefinedNet));
  for (const order of [
    ["train", "draw"],
    ["draw", "train"],
  ]) {
    expect([...missingNames(notebookOf(...order), runtime, analysis)]).toEqual([
      ["draw", { name: "net", maker: "train" }],
    ]);
  }
});

test("missingNames() is silent where that cell has run, where no cell makes the name, and of other errors", () => {
  const run: Notice[] = [
    {
      kind: "started",
      cell: id("train"),
      run: 1 as RunId,
      executionCount: 1,
      names: null,
      source: "text of train",
    },
  ];
  const told = (notices: readonly Notice[], known = analysis) =>
    missingNames(notebookOf("train", "draw"), transitionAll(openRuntime(), [...notices]), known)
      .size;
  expect(told([...run, ...failing(undefinedNet)])).toBe(0);
  expect(told(failing("other is not defined"))).toBe(0);
  expect(told(failing(undefinedNet, "TypeError"))).toBe(0);
  expect(told(failing(undefinedNet), new Map())).toBe(0);
});

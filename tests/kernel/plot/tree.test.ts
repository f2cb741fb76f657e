/** `plot.tree`: what it sends and says of plain questions and answers. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { DIAGRAM_MIME, type TreeView } from "../../../kernel/plot/diagram.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => (page = installFakeSurface()));
afterEach(() => page.remove());

const bundle = () => page.displays.at(-1)?.render() ?? {};
const view = () => bundle()[DIAGRAM_MIME] as TreeView;

const irises: plot.TreeNode = {
  question: "petal length < 2.5?",
  counts: { setosa: 50, versicolor: 50 },
  yes: { value: "setosa", counts: { setosa: 50 } },
  no: {
    question: "petal width < 1.8?",
    yes: { value: "versicolor", counts: { versicolor: 50 } },
    no: { value: 1.5 },
  },
};

test("plot.tree() sends questions and leaves level by level, with counts a class", () => {
  plot.tree(irises);
  expect(view().classes).toEqual(["setosa", "versicolor"]);
  expect(view().items).toEqual([
    { text: "petal length < 2.5?", parent: -1, answer: "", isLeaf: false, counts: [50, 50] },
    { text: "setosa", parent: 0, answer: "yes", isLeaf: true, counts: [50, 0] },
    { text: "petal width < 1.8?", parent: 0, answer: "no", isLeaf: false, counts: [] },
    { text: "versicolor", parent: 2, answer: "yes", isLeaf: true, counts: [0, 50] },
    { text: "1.5", parent: 2, answer: "no", isLeaf: true, counts: [] },
  ]);
});

test("plot.tree() is indented lines where nothing is drawn", () => {
  plot.tree(irises, { title: "Irises" });
  expect(bundle()["text/plain"]).toBe(
    [
      "<Figure: Irises: 2 questions, 3 leaves, 2 deep, beginning with petal length < 2.5?>",
      "petal length < 2.5? (setosa 50, versicolor 50)",
      "  yes: setosa (setosa 50)",
      "  no: petal width < 1.8?",
      "    yes: versicolor (versicolor 50)",
      "    no: 1.5",
    ].join("\n"),
  );
});

test("update() draws another tree in the same place", () => {
  const figure = plot.tree(irises);
  figure.update({ value: "nothing learned" });
  expect(page.displays[0]?.invalidated).toBe(1);
  expect(view().items).toHaveLength(1);
});

test("plot.tree() refuses a tree that is too large to draw", () => {
  let tree: plot.TreeNode = { value: 0 };
  for (let i = 0; i < 250; i++) tree = { question: "?", yes: { value: i }, no: tree };
  expect(() => plot.tree(tree)).toThrow("plot.tree: more than 500 questions and leaves");
});

test.each<[string, unknown, string]>([
  ["nothing", null, "plot.tree: null - wanted { question, yes, no } or { value }"],
  [
    "half a question",
    { question: "x?", yes: { value: 1 } },
    "plot.tree: an object with question, yes",
  ],
  ["a question with a value", { ...irises, value: 1 }, "plot.tree: a question with a value"],
  [
    "counts below 0",
    { value: 1, counts: { a: -1 } },
    "plot.tree: counts that are no numbers from 0 up",
  ],
])("plot.tree() refuses %s", (_, tree, message) => {
  expect(() => plot.tree(tree as plot.TreeNode)).toThrow(message);
});

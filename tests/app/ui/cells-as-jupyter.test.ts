/**
 * What keys do to cells, as JupyterLab's users know it. A notebook is written as one letter a cell,
 * `a` code, `A` text, `á` raw, `_` an empty one, `a+b` two texts merged; selected cells stand in
 * brackets, with `<` after the bracket where the active one is the first of several.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Cell, CellType } from "../../../app/notebook/document.ts";
import { commands } from "../../../app/ui/commands/index.ts";
import { resolveKeys } from "../../../app/ui/keys.ts";
import type { NotebookSession } from "../../../app/ui/notebook-session.ts";
import { selectedCells } from "../../../app/ui/selection.ts";
import { id, openSession } from "./session.fixture.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function typeOf(letter: string): CellType {
  if (/[áéí]/.test(letter)) return "raw";
  return letter === letter.toLowerCase() ? "code" : "markdown";
}

function opened(written: string) {
  const letters = Array.from(written.replace(/[[\]<]/g, ""));
  const cells = letters.map((letter): Cell => ({
    id: id(letter === "_" ? "empty" : letter),
    type: typeOf(letter),
    source: letter === "_" ? "" : letter,
    metadata: {},
  }));
  const kernel = openSession(cells);
  const inside = /\[(<?)(.+)\]/.exec(written);
  if (inside) {
    const ends = [inside[2]?.at(0), inside[2]?.at(-1)];
    const [anchor, active] = inside[1] === "<" ? ends.toReversed() : ends;
    kernel.session.select(id(anchor ?? ""));
    kernel.session.extendTo(id(active ?? ""));
  }
  return kernel;
}

/** Presses keys, as `D D` or `Shift-M`; several by commas. */
function press(session: NotebookSession, keys: string): void {
  for (const one of keys.split(", ")) {
    const { mode } = session.store.getState();
    const command = commands.find(
      (each) =>
        each.modes.includes(mode) &&
        each.keys.some((bound) => resolveKeys(bound, false).join(" ") === one),
    );
    if (!command) throw new Error(`no command for ${one} in ${mode} mode`);
    command.run(session);
  }
}

function written(session: NotebookSession): string {
  const state = session.store.getState();
  const selected = selectedCells(state);
  const text = ({ type, source }: Cell) => {
    const words = source === "" ? "_" : source.replaceAll("\n\n", "+");
    if (type === "raw") return words.replace("a", "á").replace("b", "é");
    return type === "markdown" ? words.toUpperCase() : words.toLowerCase();
  };
  return state.notebook.cells
    .map((cell) => {
      const isFirst = selected[0] === cell;
      const opens = selected.length > 1 && state.selected === cell.id ? "[<" : "[";
      return `${isFirst ? opens : ""}${text(cell)}${selected.at(-1) === cell ? "]" : ""}`;
    })
    .join("");
}

describe.each([
  [
    "deleting",
    [
      ["a[b]c", "D D", "a[c]"],
      ["ab[c]", "D D", "a[b]"],
      ["a[bc]d", "D D", "a[d]"],
      ["a[<bc]d", "D D", "a[d]"],
      ["ab[cd]", "D D", "a[b]"],
      ["[a]", "D D", "[_]"],
      ["[ab]", "D D", "[_]"],
      ["[AB]", "D D", "[_]"],
      ["a[b]c", "D D, Z", "a[b]c"],
      ["[ab]", "D D, Z", "a[b]"],
      ["a[b]c", "D D, Z, Shift-Z", "a[c]"],
      ["a[b]c", "X", "a[c]"],
      ["a[bc]d", "X", "a[d]"],
    ],
  ],
  [
    "copying",
    [
      ["a[b]c", "C, V", "ab[b]c"],
      ["[ab]c", "C, V", "aba[b]c"],
      ["[ab]c", "X, V", "ca[b]"],
      ["a[b]", "X, V, V", "ab[b]"],
      ["[A]b", "C, J, V", "Ab[A]"],
      ["a[b]c", "V", "a[b]c"],
    ],
  ],
  [
    "inserting",
    [
      ["a[b]c", "A", "a[_]bc"],
      ["a[b]c", "B", "ab[_]c"],
      ["a[bc]d", "B", "abc[_]d"],
      ["a[<bc]d", "A", "a[_]bcd"],
      ["a[b]c", "A, Z", "a[b]c"],
      ["a[b]c", "B, Z", "ab[c]"],
    ],
  ],
  [
    "moving",
    [
      ["a[b]c", "Ctrl-Shift-ArrowUp", "[b]ac"],
      ["a[b]c", "Ctrl-Shift-ArrowDown", "ac[b]"],
      ["[a]bc", "Ctrl-Shift-ArrowUp", "[a]bc"],
      ["ab[c]", "Ctrl-Shift-ArrowDown", "ab[c]"],
      ["a[bc]d", "Ctrl-Shift-ArrowUp", "[bc]ad"],
      ["a[<bc]d", "Ctrl-Shift-ArrowDown", "ad[<bc]"],
      ["a[b]c", "Ctrl-Shift-ArrowUp, Z", "a[b]c"],
    ],
  ],
  [
    "selecting",
    [
      ["a[b]c", "K", "[a]bc"],
      ["a[b]c", "J", "ab[c]"],
      ["[a]bc", "K", "[a]bc"],
      ["ab[c]", "J", "ab[c]"],
      ["a[b]c", "Shift-J", "a[bc]"],
      ["a[b]c", "Shift-K", "[<ab]c"],
      ["a[b]cd", "Shift-J, Shift-J", "a[bcd]"],
      ["a[b]cd", "Shift-J, Shift-K", "a[b]cd"],
      ["ab[c]d", "Shift-J, Shift-K, Shift-K", "a[<bc]d"],
      ["a[bc]d", "J", "abc[d]"],
      ["a[bc]d", "K", "a[b]cd"],
      ["ab[c]d", "Shift-Home", "[<abc]d"],
      ["a[b]cd", "Shift-End", "a[bcd]"],
      ["ab[c]d", "Ctrl-A", "[abcd]"],
      ["[a]", "Ctrl-A", "[a]"],
      ["a[b]c", "Shift-End, Ctrl-A, D D", "[_]"],
    ],
  ],
  [
    "changing kinds",
    [
      ["a[b]c", "M", "a[B]c"],
      ["a[B]c", "Y", "a[b]c"],
      ["[ab]c", "M", "[AB]c"],
      ["[aB]c", "M", "[AB]c"],
      ["[ab]c", "M, Z", "[ab]c"],
      ["[a]b", "R", "[á]b"],
      ["[ab]", "R", "[áé]"],
      ["[A]b", "1", "[# A]b"],
      ["[A]b", "3, 2", "[## A]b"],
      ["[a]b", "2", "[a]b"],
      ["[Ab]", "2", "[## Ab]"],
      ["[AB]", "2, Z", "[AB]"],
    ],
  ],
  [
    "merging",
    [
      ["a[bc]d", "Shift-M", "a[b+c]d"],
      ["a[<bc]d", "Shift-M", "a[b+c]d"],
      ["a[b]c", "Shift-M", "a[b+c]"],
      ["ab[c]", "Shift-M", "ab[c]"],
      ["a[b]c", "Ctrl-Backspace", "[a+b]c"],
      ["[a]bc", "Ctrl-Backspace", "[a]bc"],
      ["a[b]c", "Ctrl-Shift-M", "a[b+c]"],
      ["ab[c]", "Ctrl-Shift-M", "ab[c]"],
      ["[abc]", "Shift-M", "[a+b+c]"],
      ["[Ab]", "Shift-M", "[a+b]"],
      ["[<Ab]", "Shift-M", "[A+B]"],
      ["a[bc]d", "Shift-M, Z", "ab[c]d"],
    ],
  ],
] as const)("%s", (_, cases) => {
  it.each(cases.map(([before, keys, after]) => [before, keys, after] as const))(
    "%s, %s: %s",
    (before, keys, after) => {
      const { session } = opened(before);
      press(session, keys);
      expect(written(session)).toBe(after);
    },
  );
});

describe("splitting", () => {
  function split(text: string, cuts: readonly number[], type: CellType = "code") {
    const cell: Cell = { id: id("a"), type, source: text, metadata: { tags: ["parameters"] } };
    const { session } = openSession([cell]);
    session.edit(id("a"));
    session.holdText(id("a"), () => cuts);
    press(session, "Ctrl-_");
    return session.store.getState();
  }

  it("cuts at the caret, and writes on in the second part", () => {
    const { notebook, selected, mode } = split("one\ntwo", [3]);
    expect(notebook.cells.map(({ source }) => source)).toEqual(["one", "two"]);
    expect(selected).toBe(notebook.cells[1]?.id);
    expect(mode).toBe("edit");
  });

  it("cuts out what is marked, and writes on in it", () => {
    const { notebook, selected } = split("one\ntwo\nthree", [4, 7]);
    expect(notebook.cells.map(({ source }) => source)).toEqual(["one", "two", "three"]);
    expect(selected).toBe(notebook.cells[1]?.id);
  });

  it("gives both parts the kind and the tags of the cell", () => {
    const { notebook } = split("# a\n\ntext", [4], "markdown");
    expect(notebook.cells.map(({ type }) => type)).toEqual(["markdown", "markdown"]);
    expect(notebook.cells.map(({ metadata }) => metadata["tags"])).toEqual([
      ["parameters"],
      ["parameters"],
    ]);
  });

  it("is nothing in a read-only notebook", () => {
    const { session, ids } = openSession(
      [{ id: id("a"), type: "code", source: "ab", metadata: {} }],
      true,
    );
    session.edit(id("a"));
    session.holdText(id("a"), () => [1]);
    session.split();
    expect(ids()).toEqual(["a"]);
  });
});

describe("running what is selected", () => {
  it.each([
    ["a[bc]d", "Shift-Enter", ["b", "c"], "abc[d]"],
    ["a[<bc]d", "Ctrl-Enter", ["b", "c"], "ab[c]d"],
    ["a[Bc]", "Shift-Enter", ["c"], "aBc[_]"],
    ["a[bc]d", "Alt-Enter", ["b", "c"], "abc[_]d"],
  ])("%s, %s runs them in order", (before, keys, ran, after) => {
    const { session, runs } = opened(before);
    press(session, keys);
    expect(runs).toEqual([ran]);
    expect(written(session)).toBe(after);
  });
});

describe("a heading", () => {
  it("comes as deep as the heading above it, to be written on", () => {
    const { session } = openSession([
      { id: id("a"), type: "markdown", source: "## Part", metadata: {} },
      { id: id("b"), type: "code", source: "b", metadata: {} },
    ]);
    session.select(id("b"));
    press(session, "Shift-B");
    const { notebook, mode } = session.store.getState();
    expect(notebook.cells.at(-1)).toMatchObject({ type: "markdown", source: "## " });
    expect(mode).toBe("edit");
  });
});

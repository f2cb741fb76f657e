/** Every notebook that ships: its form, a run from top to bottom in a real kernel, and its claims. */
import { readdirSync } from "node:fs";
import { transform } from "esbuild";
import { describe, expect, test } from "vitest";
import { frontMatterOf } from "../../app/formats/front-matter.ts";
import { parsePercent, printPercent } from "../../app/formats/percent.ts";
import { type Cell, tagsOf } from "../../app/notebook/document.ts";
import { cellsToOpenWith, runsWithAll } from "../../app/notebook/roles.ts";
import { createCompiler } from "../../kernel/compile/index.ts";
import type { RunId } from "../../kernel/protocol.ts";
import { lessonMs, soaking } from "../counts.ts";
import { startNotebookKernel } from "../kernel/hosts/notebook-kernel.ts";
import { claims, seeds } from "./claims.ts";
import { uncomputed } from "./prose-numbers.ts";
import { readNotebook, runNotebook, shippedData } from "./run-notebook.ts";

const files = readdirSync(new URL("../../notebooks/", import.meta.url)).filter((file) =>
  file.endsWith(".ts"),
);
/** In lessons; examples may show a whole training cell. */
const MOST_VISIBLE_LINES = 12;
/** Characters: what a page of 1280 pixels shows without scrolling sideways. */
const WIDEST_LINE = 86;

const compiler = createCompiler(transform);
/** The names of the notebook that running a cell gives another value. */
async function writtenBy({ id, source }: Cell): Promise<readonly string[]> {
  const compiled = await compiler.compile({ cell: id, run: 1 as RunId, source, guard: "plain" });
  if (!compiled.ok) throw new Error(`${id}: ${compiled.error.message}`);
  return [...compiled.cell.names.defines, ...compiled.cell.names.assigns];
}

const isFolded = (cell: Cell) =>
  ["setup", "check", "hint", "solution"].some((tag) => tagsOf(cell).includes(tag));

test("every notebook has claims", () => {
  expect(claims.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

describe.each(files)("%s", (file) => {
  const text = readNotebook(file);
  const { notebook } = parsePercent(text);

  test("reads and prints to the same bytes", () => {
    expect(printPercent(notebook)).toBe(text);
  });

  test("says its title, question, minutes and order", () => {
    const said = frontMatterOf(notebook);
    for (const key of ["title", "question"]) expect(said.get(key), key).toMatch(/\S/);
    for (const key of ["minutes", "order"]) expect(Number(said.get(key)), key).toBeGreaterThan(0);
  });

  test("gives every cell an id of its own", () => {
    const written = text.split("\n").filter((line) => line.startsWith("// %%"));
    expect(written.filter((line) => !/ id="[\w-]+"/.test(line))).toEqual([]);
    expect(new Set(notebook.cells.map(({ id }) => id)).size).toBe(written.length);
  });

  const isLesson = /^\d\d-/.test(file);
  test.runIf(isLesson)(`shows at most ${MOST_VISIBLE_LINES} lines of code in a cell`, () => {
    const long = notebook.cells
      .filter((cell) => cell.type === "code" && !isFolded(cell))
      .filter(({ source }) => source.split("\n").length > MOST_VISIBLE_LINES);
    expect(long.map(({ id }) => id)).toEqual([]);
  });

  test("fits its visible code into the column of the page", () => {
    const visible = notebook.cells.filter((cell) => cell.type === "code" && !isFolded(cell));
    const wide = visible.flatMap(({ source }) =>
      source.split("\n").filter((line) => line.length > WIDEST_LINE),
    );
    expect(wide).toEqual([]);
  });

  test("lets no check take a name that another cell has made", async () => {
    const isCheck = (cell: Cell) => cell.type === "code" && tagsOf(cell).includes("check");
    const made = new Set(
      (await Promise.all(notebook.cells.filter(runsWithAll).map(writtenBy))).flat(),
    );
    for (const check of notebook.cells.filter(isCheck)) {
      const taken = (await writtenBy(check)).filter((name) => made.has(name));
      expect(taken, check.id).toEqual([]);
    }
  });

  test("titles its folded cells, and ties hints, checks and solutions to an exercise", () => {
    for (const cell of notebook.cells) {
      const tags = tagsOf(cell);
      if (tags.includes("setup")) expect(cell.metadata["title"], cell.id).toMatch(/\S/);
      if (!["hint", "check", "solution"].some((tag) => tags.includes(tag))) continue;
      const owner = notebook.cells.find(({ id }) => id === cell.metadata["for"]);
      expect(owner && tagsOf(owner), cell.id).toContain("exercise");
    }
  });

  test("links to lessons that there are", () => {
    const linked = [...text.matchAll(/\(\?lesson=([\w-]+)\)/g)].map(([, lesson]) => lesson ?? "");
    const isThere = (lesson: string) => files.some((each) => each.startsWith(`${lesson}-`));
    expect(linked.filter((lesson) => !isThere(lesson))).toEqual([]);
  });

  test("opens: its set-up and `auto` cells need no name of a cell that waits", async () => {
    await using kernel = await startNotebookKernel({ data: shippedData });
    for (const { id, source } of cellsToOpenWith(notebook.cells)) {
      const { status, error } = await kernel.run(source, id);
      expect({ status, error: error?.message }, id).toEqual({ status: "ok", error: undefined });
    }
  }, 60_000);
});

/** Chromium runs them all; what the lessons of odd numbers claim is measured in a soak. */
const measured = claims.filter(({ file }) => soaking || !/^\d[13579]-/.test(file));

// Much of a lesson is waiting, so that a reader can watch: lessons wait side by side.
describe.concurrent.each(measured)("$file", ({ file, check }) => {
  test.each(seeds)(
    "runs from top to bottom and keeps its claims, seed %i",
    async (seed) => {
      await using run = await runNotebook(file, seed);
      const failed = [...run.outcomes].filter(([, { status }]) => status !== "ok");
      expect(failed.map(([id, { status, error }]) => [id, status, error?.message])).toEqual([]);
      const mistakes = [...run.outcomes].flatMap(([id, { outputs }]) =>
        outputs.flatMap((output) => (output.kind === "mistake" ? [[id, output.mistake.text]] : [])),
      );
      expect(mistakes).toEqual([]);
      expect(run.stale).toEqual({});
      const output = JSON.stringify([...run.outcomes.values()].map(({ outputs }) => outputs));
      expect(uncomputed(parsePercent(readNotebook(file)).notebook, output)).toEqual([]);
      await check(run);
    },
    lessonMs,
  );
});

/** Every notebook that ships: its form, and what of it runs when it opens; `runs.test.ts` runs it whole. */
import { readdirSync } from "node:fs";
import { transform } from "esbuild";
import { describe, expect, test } from "vitest";
import { frontMatterOf } from "../../app/formats/front-matter.ts";
import { parsePercent, printPercent } from "../../app/formats/percent.ts";
import { type Cell, tagsOf } from "../../app/notebook/document.ts";
import { cellsToOpenWith, runsWithAll } from "../../app/notebook/roles.ts";
import { createCompiler } from "../../kernel/compile/index.ts";
import type { RunId } from "../../kernel/protocol.ts";
import { startNotebookKernel } from "../kernel/hosts/notebook-kernel.ts";
import { answers } from "./answers.ts";
import { claims } from "./claims.ts";
import { checkedExercises } from "./exercises.ts";
import { readNotebook, shippedData } from "./run-notebook.ts";

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

  test("has wrong answers to each exercise that learners gave, three or more", () => {
    const wrong = (answers.get(file) ?? []).filter(({ told }) => told !== undefined);
    const untried = checkedExercises(file).filter(
      (id) => wrong.filter(({ exercise }) => exercise === id).length < 3,
    );
    expect(untried).toEqual([]);
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

/** `notebooks/COVERAGE.md`: each claim of the article, and cells that show it which a reader can run. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { runsWithAll } from "../../app/notebook/roles.ts";
import { readNotebook } from "./run-notebook.ts";

/** How many claims each part of the article makes. */
const claimed = {
  ...{ I: 5, H: 5, T: 4, Q: 2, W: 4, B: 3, E: 5, G: 2, K: 4, V: 3, O: 2 },
  ...{ R: 3, A: 3, C: 2, D: 3, M: 3, F: 11, N: 1 },
};

const rows = readNotebook("COVERAGE.md")
  .split("\n")
  .flatMap((line) => {
    const [, claim, , cells = ""] = /^\| ([A-Z]\d+) +\| (.+?) +\| (.+?) +\|$/.exec(line) ?? [];
    return claim === undefined ? [] : [{ claim, cells }];
  });

/** The cells of the lesson with this number that run from top to bottom. */
function cellsOf(lesson: string): readonly string[] {
  const file = readdirSync(new URL("../../notebooks/", import.meta.url)).find((name) =>
    name.startsWith(`${lesson}-`),
  );
  if (file === undefined) return [];
  const { cells } = parsePercent(readNotebook(file)).notebook;
  return cells.filter(runsWithAll).map(({ id }) => id);
}

test("every claim of the article has a row, once and in its order", () => {
  const all = Object.entries(claimed).flatMap(([part, count]) =>
    Array.from({ length: count }, (_, i) => `${part}${i + 1}`),
  );
  expect(rows.map(({ claim }) => claim)).toEqual(all);
});

test("every cell that is named is there and runs with its lesson", () => {
  const named = rows.flatMap(({ cells }) =>
    [...cells.matchAll(/`(\d\d)\/([\w-]+)`/g)].map(([, lesson = "", cell = ""]) => [lesson, cell]),
  );
  expect(named.length).toBeGreaterThan(60);
  const absent = named.filter(([lesson = "", cell = ""]) => !cellsOf(lesson).includes(cell));
  expect(absent).toEqual([]);
});

test("a claim without cells names the lesson that will show it, which is not there yet", () => {
  const waiting = rows.filter(({ cells }) => !cells.includes("`"));
  for (const { claim, cells } of waiting) {
    const [, lesson = ""] = /^lesson (\d+)$/.exec(cells) ?? [];
    expect(lesson, claim).not.toBe("");
    expect(cellsOf(lesson.padStart(2, "0")), `${claim}: lesson ${lesson} is there`).toEqual([]);
  }
});

/** `notebooks/COVERAGE.md`: each claim of the article, and cells that show it which a reader can run. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { runsWithAll } from "../../app/notebook/roles.ts";
import { readNotebook } from "./run-notebook.ts";

/** The parts of the article, each with how many claims it makes. */
const claimed = "I5 H5 T4 Q2 W4 B3 E5 G2 K4 V3 O2 R3 A3 C2 D3 M3 F11 N1".split(" ");

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
  const all = claimed.flatMap((part) =>
    Array.from({ length: Number(part.slice(1)) }, (_, i) => `${part.charAt(0)}${i + 1}`),
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

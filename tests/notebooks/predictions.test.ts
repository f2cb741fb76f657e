/** Every prediction of a notebook is a question the page can ask, and a later cell shows it beside the result. */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { isPrediction, parsePrediction } from "../../app/notebook/predictions.ts";
import { readNotebook } from "./run-notebook.ts";

const files = readdirSync(new URL("../../notebooks/", import.meta.url)).filter((file) =>
  file.endsWith(".ts"),
);

test.each(files)(
  "%s: each prediction is open, can be asked, and is read by a cell below",
  (file) => {
    const { cells: all } = parsePercent(readNotebook(file)).notebook;
    const cells = all.filter(({ type }) => type === "code");
    const unread = cells.filter(isPrediction).filter((cell) => {
      const prediction = parsePrediction(cell.source);
      if (prediction === null) return true;
      const name = new RegExp(`\\b${prediction.name}\\b`);
      return !cells.slice(cells.indexOf(cell) + 1).some(({ source }) => name.test(source));
    });
    expect(unread.map(({ id }) => id)).toEqual([]);
    const made = cells.filter(isPrediction).filter(({ source }) => {
      return parsePrediction(source)?.guess !== null;
    });
    expect(
      made.map(({ id }) => id),
      "a guess before anybody has guessed",
    ).toEqual([]);
  },
);

test.each(files.filter((file) => /^\d\d-/.test(file)))(
  "%s: each prediction can be made without typing: it is a number or a choice",
  (file) => {
    const { cells } = parsePercent(readNotebook(file)).notebook;
    const typed = cells
      .filter((cell) => cell.type === "code" && isPrediction(cell))
      .filter(({ source }) => parsePrediction(source)?.kind === "text");
    expect(typed.map(({ id }) => id)).toEqual([]);
  },
);

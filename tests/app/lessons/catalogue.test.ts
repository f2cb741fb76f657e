import { describe, expect, test } from "vitest";
import { lessons } from "../../../app/lessons/catalogue.ts";
import { parsePercent, printPercent } from "../../../app/formats/percent.ts";

describe("the catalogue", () => {
  test("finds the lessons that ship with the page", () => {
    expect(lessons.map(({ slug }) => slug)).toContain("01-turn-the-knobs");
  });

  test("every lesson says its title, question and minutes", () => {
    for (const { slug, title, question, minutes } of lessons) {
      expect({ slug, title, question, minutes }).toEqual({
        slug,
        title: expect.stringMatching(/\w/),
        question: expect.stringMatching(/\w/),
        minutes: expect.any(Number),
      });
    }
  });

  test("every lesson is in our style: reading and writing it changes no byte", () => {
    for (const { text } of lessons) {
      expect(printPercent(parsePercent(text).notebook)).toBe(text);
    }
  });

  test("every cell of a lesson has an id of its own choice", () => {
    const unnamed = lessons.flatMap(({ slug, text }) =>
      parsePercent(text)
        .notebook.cells.filter(({ id }) => !text.includes(`id="${id}"`))
        .map(({ id }) => `${slug}: ${id}`),
    );
    expect(unnamed).toEqual([]);
  });
});

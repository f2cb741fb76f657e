import { describe, expect, test } from "vitest";
import { parsePercent, printPercent } from "../../../app/formats/percent.ts";
import { readCard } from "../../../app/lessons/card.ts";
import { lessons } from "../../../app/lessons/catalogue.ts";

const texts = await Promise.all(
  lessons.map(async (lesson) => ({ ...lesson, text: await lesson.readText() })),
);

describe("the catalogue", () => {
  test("finds the lessons that ship with the page, the first one first", () => {
    expect(lessons[0]?.slug).toBe("01-turn-the-knobs");
    expect(lessons.map(({ slug }) => slug)).toContain("digits");
  });

  test("every card is that of the text that comes with it", () => {
    for (const { readText, text, ...card } of texts) {
      expect(typeof readText).toBe("function");
      expect(card).toEqual(readCard(`${card.slug}.ts`, text));
    }
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
    for (const { text } of texts) {
      expect(printPercent(parsePercent(text).notebook)).toBe(text);
    }
  });

  test("every cell of a lesson has an id of its own choice", () => {
    const unnamed = texts.flatMap(({ slug, text }) =>
      parsePercent(text)
        .notebook.cells.filter(({ id }) => !text.includes(`id="${id}"`))
        .map(({ id }) => `${slug}: ${id}`),
    );
    expect(unnamed).toEqual([]);
  });
});

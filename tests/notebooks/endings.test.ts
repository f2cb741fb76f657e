/**
 * How lessons end: what to take along, questions, what the article simplifies. The page can ask each
 * question, one of its options is right, and every option has a reason.
 */
import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { quizOf } from "../../app/notebook/quiz.ts";
import { readNotebook } from "./run-notebook.ts";

const lessons = readdirSync(new URL("../../notebooks/", import.meta.url)).filter((file) =>
  /^\d\d-.*\.ts$/.test(file),
);

test.each(lessons)("%s ends with a recap, questions and what the article simplifies", (file) => {
  const { cells } = parsePercent(readNotebook(file)).notebook;
  const last = cells.slice(-4).map(({ id }) => id as string);
  const wanted = ["recap", "quiz", "simplified"];
  expect(last.filter((id) => wanted.includes(id))).toEqual(wanted);
});

test.each(lessons.slice(0, -1))("%s links to the lesson after it at its end", (file) => {
  const { cells } = parsePercent(readNotebook(file)).notebook;
  const next = lessons[lessons.indexOf(file) + 1]?.slice(0, 2);
  const end = cells.slice(-4).map(({ source }) => source);
  expect(end.join("\n")).toContain(`(?lesson=${next})`);
});

test.each(lessons)("%s asks two questions or more, each with one right option", (file) => {
  const { cells } = parsePercent(readNotebook(file)).notebook;
  const questions = cells.flatMap((cell) => quizOf(cell)?.questions ?? []);
  expect(questions.length).toBeGreaterThan(1);
  for (const { text, options } of questions) {
    expect(options.length, text).toBeGreaterThan(1);
    expect(options.filter(({ isRight }) => isRight).length, text).toBe(1);
    expect(
      options.filter(({ reason }) => reason === "").map((option) => option.text),
      text,
    ).toEqual([]);
  }
});

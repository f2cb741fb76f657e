import { expect, test } from "vitest";
import { isOfCourse, isReference, neighboursOf } from "../../../app/lessons/course.ts";

const lessons = [1, 2, 8, 101, 201, null].map((order) => ({ order }));
const [first, second, eighth, example, glossary, bare] = lessons as [
  { order: number },
  { order: number },
  { order: number },
  { order: number },
  { order: number },
  { order: null },
];

test("the course is what has a number below 101, and what is looked up begins at 201", () => {
  expect(lessons.filter(isOfCourse)).toEqual([first, second, eighth]);
  expect(lessons.filter(isReference)).toEqual([glossary]);
  expect([isOfCourse(bare), isReference(bare)]).toEqual([false, false]);
});

test("neighboursOf() passes over numbers that are not there, and ends with the course", () => {
  expect(neighboursOf(lessons, second)).toEqual({ before: first, next: eighth });
  expect(neighboursOf(lessons, first).before).toBeNull();
  expect(neighboursOf(lessons, eighth).next).toBeNull();
  expect(neighboursOf(lessons, example)).toEqual({ before: null, next: null });
});

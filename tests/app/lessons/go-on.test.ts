import { describe, expect, it } from "vitest";
import { lessonToGoOn } from "../../../app/lessons/go-on.ts";

const course = [1, 2, 3].map((order) => ({ slug: `0${order}`, order }));
const at = (savedMs: number, done: number) => ({ savedMs, progress: { done, total: 4 } });
const goOn = (taken: Record<string, ReturnType<typeof at>>) =>
  lessonToGoOn(course, new Map(Object.entries(taken)))?.slug;

describe("lessonToGoOn()", () => {
  it("is the first where none was opened", () => {
    expect(goOn({})).toBe("01");
    expect(lessonToGoOn([], new Map())).toBeNull();
  });

  it("is the one that was open last", () => {
    expect(goOn({ "01": at(1, 2), "03": at(3, 0), "02": at(2, 1) })).toBe("03");
  });

  it("is the next that is not done where that one is", () => {
    expect(goOn({ "01": at(5, 4), "02": at(2, 4) })).toBe("03");
    expect(goOn({ "03": at(5, 4), "01": at(1, 2) })).toBe("01");
  });

  it("is none when all are done", () => {
    expect(goOn({ "01": at(1, 4), "02": at(2, 4), "03": at(3, 4) })).toBeUndefined();
  });
});

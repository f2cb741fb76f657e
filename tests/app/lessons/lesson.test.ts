import { describe, expect, test } from "vitest";
import {
  findLesson,
  lessonOf,
  newerLesson,
  openLesson,
  readCatalogue,
} from "../../../app/lessons/lesson.ts";
import { printPercent } from "../../../app/formats/percent.ts";

const text = (title: string, more = ""): string =>
  `// ---\n// title: ${title}\n${more}// ---\n\n// %% id="a"\n1;\n`;
const files = {
  "../../notebooks/names.ts": text("Letters", "// order: 22\n"),
  "../../notebooks/01-knobs.ts": text(
    "Knobs",
    "// question: What is a parameter: a number?\n// minutes: 10\n// order: 1\n",
  ),
  "../../notebooks/bare.ts": "// %%\n1;\n",
  "../../notebooks/digits.ts": text("Digits", "// order: 3\n"),
};
const catalogue = readCatalogue(files);
const first = (): (typeof catalogue)[number] => {
  const [lesson] = catalogue;
  if (lesson === undefined) throw new Error("wanted a lesson");
  return lesson;
};

describe("readCatalogue()", () => {
  test("sorts by order, and files without one behind", () => {
    expect(catalogue.map(({ slug }) => slug)).toEqual(["01-knobs", "digits", "names", "bare"]);
  });

  test("reads title, question and minutes, and does without them", () => {
    expect(first()).toMatchObject({
      title: "Knobs",
      question: "What is a parameter: a number?",
      minutes: 10,
    });
    expect(catalogue.at(-1)).toMatchObject({ title: "bare", question: null, minutes: null });
  });
});

describe("findLesson()", () => {
  test.each([
    ["01-knobs", "01-knobs"],
    ["01", "01-knobs"],
    ["digits", "digits"],
    ["0", undefined],
    ["dig", undefined],
  ])("%s finds %s", (name, slug) => {
    expect(findLesson(catalogue, name)?.slug).toBe(slug);
  });
});

describe("openLesson()", () => {
  test("makes a copy that knows its lesson and prints as it", () => {
    const copy = openLesson(first());
    expect(lessonOf(copy)).toEqual({ slug: "01-knobs", version: first().version });
    expect(printPercent(copy)).toBe(files["../../notebooks/01-knobs.ts"]);
  });

  test("a copy is told of a newer text, and only then", () => {
    const copy = openLesson(first());
    expect(newerLesson(catalogue, copy)).toBeNull();
    const changed = { ...files, "../../notebooks/01-knobs.ts": text("Knobs, again") };
    expect(newerLesson(readCatalogue(changed), copy)?.title).toBe("Knobs, again");
  });

  test("a notebook of the reader's own is no lesson", () => {
    expect(lessonOf({ cells: [], metadata: { descent: { lesson: "x" } } })).toBeNull();
    expect(newerLesson(catalogue, { cells: [], metadata: {} })).toBeNull();
  });
});

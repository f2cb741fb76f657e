import { describe, expect, test } from "vitest";
import { printPercent } from "../../../app/formats/percent.ts";
import { readCard } from "../../../app/lessons/card.ts";
import {
  findLesson,
  inOrder,
  type Lesson,
  lessonOf,
  newerLesson,
  openLesson,
} from "../../../app/lessons/lesson.ts";

const text = (title: string, more = ""): string =>
  `// ---\n// title: ${title}\n${more}// ---\n\n// %% id="a"\n1;\n`;
const lesson = (slug: string, content: string): Lesson => ({
  ...readCard(`notebooks/${slug}.ts`, content),
  readText: () => Promise.resolve(content),
});
const knobs = lesson("01-knobs", text("Knobs", "// order: 1\n"));
const catalogue = [
  knobs,
  lesson("digits", text("Digits", "// order: 3\n")),
  lesson("names", text("Letters", "// order: 22\n")),
  lesson("bare", "// %%\n1;\n"),
];

test("inOrder() sorts by order, then by name, and lessons without an order behind", () => {
  const more = [lesson("also-bare", "// %%\n1;\n"), ...catalogue.toReversed()];
  expect(inOrder(more).map(({ slug }) => slug)).toEqual([
    "01-knobs",
    "digits",
    "names",
    "also-bare",
    "bare",
  ]);
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
  test("makes a copy that knows its lesson and prints as it", async () => {
    const copy = await openLesson(knobs);
    expect(lessonOf(copy)).toEqual({ slug: "01-knobs", version: knobs.version });
    expect(printPercent(copy)).toBe(await knobs.readText());
  });

  test("says what to do when the text cannot be fetched", async () => {
    const gone = new TypeError("Failed to fetch");
    const opening = openLesson({ ...knobs, readText: () => Promise.reject(gone) });
    await expect(opening).rejects.toThrow(
      expect.objectContaining({
        message:
          'The text of "Knobs" could not be loaded. Check the connection and open it again, or reload the page.',
        cause: gone,
      }),
    );
  });
});

describe("newerLesson()", () => {
  test("a copy is told of a newer text, and only then", async () => {
    const copy = await openLesson(knobs);
    expect(newerLesson(catalogue, copy)).toBeNull();
    const changed = lesson("01-knobs", text("Knobs, again"));
    expect(newerLesson([changed], copy)?.title).toBe("Knobs, again");
  });

  test("a notebook of the reader's own is no lesson", () => {
    expect(lessonOf({ cells: [], metadata: { descent: { lesson: "x" } } })).toBeNull();
    expect(newerLesson(catalogue, { cells: [], metadata: {} })).toBeNull();
  });
});

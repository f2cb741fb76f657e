import { describe, expect, test } from "vitest";
import { readCard } from "../../../app/lessons/card.ts";

const cell = '// %% id="a"\n1;\n';
const text = `// ---
// title: Knobs
// question: What is a parameter: a number?
// minutes: 10
// order: 1
// needs: [2, 13]
// ---

${cell}`;

describe("readCard()", () => {
  test("reads title, question, minutes, order and what to know before", () => {
    expect(readCard("/some/notebooks/01-knobs.ts", text)).toEqual({
      slug: "01-knobs",
      title: "Knobs",
      question: "What is a parameter: a number?",
      minutes: 10,
      order: 1,
      needs: [2, 13],
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test("does without them", () => {
    expect(readCard("bare.ts", cell)).toMatchObject({
      slug: "bare",
      title: "bare",
      question: null,
      minutes: null,
      order: null,
      needs: [],
    });
  });

  test("a number that is none is left out", () => {
    const card = readCard("a.ts", text.replace("minutes: 10", "minutes: ten"));
    expect(card.minutes).toBeNull();
  });

  test("gives every text a version of its own, and the same text the same", () => {
    const { version } = readCard("a.ts", text);
    expect(readCard("b.ts", text).version).toBe(version);
    expect(readCard("a.ts", text.replace("1;", "2;")).version).not.toBe(version);
  });

  test("refuses a file that is not in the percent format", () => {
    expect(() => readCard("a.ts", `${cell}\n${cell}`)).toThrow('id "a" is that of line 1 already');
  });
});

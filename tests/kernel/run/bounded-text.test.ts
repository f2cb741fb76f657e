import fc from "fast-check";
import { expect, test } from "vitest";
import { createBoundedText } from "../../../kernel/run/bounded-text.ts";
import { propertyRuns } from "../../counts.ts";

test("a text that fits is kept as it is", () => {
  const text = createBoundedText(10);
  text.append("one\n");
  text.append("two\nthree\n");
  expect(text.take()).toEqual({ text: "one\ntwo\nthree\n", omitted: null });
});

test("head, tail and the count of the rest come to the whole, however it was cut into pieces", () => {
  const piece = fc.string({ unit: fc.constantFrom("a", "b", "\n"), maxLength: 40 });
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const bounded = createBoundedText(20);
      for (const each of pieces) bounded.append(each);
      const { text, omitted } = bounded.take();
      const whole = pieces.join("");
      if (omitted === null) {
        expect(text).toBe(whole);
        return;
      }
      const [head, tail] = [text.slice(0, omitted.at), text.slice(omitted.at)];
      expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
      const middle = whole.slice(head.length, whole.length - tail.length);
      expect(omitted.characters).toBe(middle.length);
      expect(omitted.lines).toBe(middle.split("\n").length - 1);
      expect(text.length).toBeLessThanOrEqual(60);
    }),
    propertyRuns(10, 1_000),
  );
});

test("the tail alone is kept of a text whose beginning is not wanted", () => {
  const text = createBoundedText(10, true);
  for (const line of ["one\n", "two\n", "three\n", "four\n", "five\n", "six\n", "seven\n"])
    text.append(line);
  const { text: tail, omitted } = text.take();
  expect(tail).toBe("seven\n");
  expect(omitted).toEqual({ at: 0, lines: 6, characters: 28 });
  const short = createBoundedText(10, true);
  short.append("one\n");
  expect(short.take()).toEqual({ text: "one\n", omitted: null });
});

test("one line of 50 MB waits in bounded memory", () => {
  const text = createBoundedText();
  text.append("x".repeat(50_000_000));
  expect(text.length()).toBeLessThan(1_000_000);
  expect(text.take().omitted?.lines).toBe(0);
});

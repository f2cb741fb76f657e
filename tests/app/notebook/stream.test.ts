import { propertyRuns } from "../../counts.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lookAfter, SEQUENCE } from "../../../app/notebook/control-sequences.ts";
import { appendText, printStream, type StreamOutput } from "../../../app/notebook/stream.ts";

const empty: StreamOutput = { kind: "stream", name: "stdout", text: "" };
const typed = (...parts: string[]): StreamOutput =>
  parts.reduce((stream, part) => appendText(stream, part), empty);

/** Each piece of text with the codes of its colours. */
function looks(text: string): string {
  let look = "";
  const pieces: [text: string, look: string][] = [];
  let from = 0;
  const add = (piece: string) => {
    const last = pieces.at(-1);
    if (last?.[1] === look) last[0] += piece;
    else if (piece !== "") pieces.push([piece, look]);
  };
  for (const match of text.matchAll(SEQUENCE)) {
    add(text.slice(from, match.index));
    if (match[2] === "m") look = lookAfter(look, match[1] ?? "");
    from = match.index + match[0].length;
  }
  add(text.slice(from));
  return pieces.map(([piece, codes]) => (codes === "" ? piece : `${piece}:${codes}`)).join();
}

describe("appendText()", () => {
  test.each([
    [["10 %\r20 %"], "20 %"],
    [["100 %\r2"], "200 %"],
    [["first\nabc\rX"], "first\nXbc"],
    [["abc\r\ndef"], "abc\ndef"],
    [["abc\b\bX"], "aX"],
    [["a\b\b\b\n\bb"], "\nb"],
    [["ok 👍\b!"], "ok !"],
    [["epoch 1\r", "epoch 2\r", "epoch 3\n"], "epoch 3\n"],
  ])("%j reads %j", (parts, expected) => {
    expect(typed(...parts).text).toBe(expected);
  });

  test.each([
    ["\u001b[32mab\u001b[0m\rX", "X,b:32"],
    ["\u001b[31mabcdef\rXY", "XYcdef:31"],
    ["\u001b[31mred\u001b[39m plain\r\u001b[1mB", "B:1,ed:31, plain"],
    ["50 %\r\u001b[K1", "1"],
    ["50 %\u001b[2K\r1", "1"],
    ["abcdef\u001b[3D\u001b[K!", "abc!"],
    ["abcdef\u001b[2GX\u001b[1KY", "  Ydef"],
    ["a\u001b[5Cb", "a     b"],
    ["\u001b[34mone\ntwo\r\u001b[0mT", "one\n:34,T,wo:34"],
    ["bar\u001b]8;;https://example.org\u0007link\rB", "Barlink"],
    ["\u001b[38;5;200mpink\r\u001b[48;2;1;2;3mP", "P:38;5;200;48;2;1;2;3,ink:38;5;200"],
  ])("%j looks like %j", (text, expected) => {
    for (let cut = 0; cut <= text.length; cut++) {
      const stream = typed(text.slice(0, cut), text.slice(cut));
      expect(looks(stream.text), `cut at ${cut}`).toBe(expected);
    }
  });

  test("gives the same text however it was cut into pieces", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "\r", "\b", "\n", "é") });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (parts) => {
        expect(typed(...parts)).toEqual(typed(parts.join("")));
      }),
      propertyRuns(20260104, 500),
    );
  });

  test("keeps head and tail of an endless text, and the count of what is gone", () => {
    let stream = empty;
    let written = 0;
    for (let line = 0; line < 200_000; line += 100) {
      const text = Array.from({ length: 100 }, (_, i) => `line ${line + i}\n`).join("");
      written += text.length;
      stream = appendText(stream, text);
    }
    expect(stream.text.length).toBeLessThanOrEqual(500_000);
    expect(stream.text.startsWith("line 0\nline 1\n")).toBe(true);
    expect(stream.text.endsWith("line 199998\nline 199999\n")).toBe(true);
    const lines = stream.text.split("\n").length - 1;
    expect(lines + (stream.omitted?.lines ?? 0)).toBe(200_000);
    expect(stream.text.length + (stream.omitted?.characters ?? 0)).toBe(written);
  });

  test("counts what was left out before it came, whatever else is left out", () => {
    const line = (i: number) => `line ${i}\n`;
    let stream = empty;
    let written = 0;
    let lines = 0;
    const add = (count: number, keptHead: number, keptTail: number) => {
      const texts = Array.from({ length: count }, (_, i) => line(lines + i));
      lines += count;
      written += texts.join("").length;
      if (keptHead + keptTail >= count) {
        stream = appendText(stream, texts.join(""));
        return;
      }
      const head = texts.slice(0, keptHead).join("");
      const lost = texts.slice(keptHead, count - keptTail);
      stream = appendText(stream, head + texts.slice(count - keptTail).join(""), {
        at: head.length,
        lines: lost.length,
        characters: lost.join("").length,
      });
    };
    add(10, 10, 0);
    for (const size of [5_000, 50_000, 100, 80_000, 3]) add(size, size / 5, size / 5);
    expect(stream.text.startsWith("line 0\nline 1\n")).toBe(true);
    expect(stream.text.endsWith(line(lines - 1))).toBe(true);
    const kept = stream.text.split("\n").length - 1;
    expect(kept + (stream.omitted?.lines ?? 0)).toBe(lines);
    expect(stream.text.length + (stream.omitted?.characters ?? 0)).toBe(written);
  });

  test("printStream() says where and how much was left out", () => {
    const stream = { ...empty, text: "a\nz\n", omitted: { at: 2, lines: 1200, characters: 34000 } };
    expect(printStream(stream)).toBe("a\n[... 1,200 lines (34,000 characters) left out ...]\nz\n");
  });
});

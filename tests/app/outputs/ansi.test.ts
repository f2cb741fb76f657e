import { propertyRuns } from "../../counts.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AnsiParser, type Span, stripAnsi } from "../../../app/outputs/ansi.ts";

const parse = (text: string) => new AnsiParser().push(text);
const plain = (text: string): Span => ({ text, classes: "", css: "" });

describe("AnsiParser", () => {
  test("makes spans of bold, colours and reset", () => {
    expect(parse("a\x1b[1;31mb\x1b[0mc")).toEqual([
      plain("a"),
      { text: "b", classes: "ansi-bold ansi-fg-1", css: "" },
      plain("c"),
    ]);
  });

  test("knows bright, 256 and true colours, and backgrounds", () => {
    expect(parse("\x1b[92;44mx")[0]?.classes).toBe("ansi-fg-10 ansi-bg-4");
    expect(parse("\x1b[38;5;208mx")[0]?.css).toBe("color:rgb(255 135 0)");
    expect(parse("\x1b[38;5;9mx")[0]?.classes).toBe("ansi-fg-9");
    expect(parse("\x1b[31;48;2;1;2;300mx")[0]?.css).toBe("background:rgb(1 2 255)");
    expect(parse("\x1b[38;5;240mx")[0]?.css).toBe("color:rgb(88 88 88)");
  });

  test("writes in an ink that can be read on a colour of one's own", () => {
    expect(parse("\x1b[48;2;20;80;160mx")[0]?.css).toBe("color:#fff;background:rgb(20 80 160)");
    expect(parse("\x1b[48;5;226mx")[0]?.css).toBe("color:#000;background:rgb(255 255 0)");
  });

  test("turns inverse around", () => {
    expect(parse("\x1b[7mx")[0]?.classes).toBe("ansi-inverse");
    expect(parse("\x1b[31;7mx")[0]?.classes).toBe("ansi-bg-1");
  });

  test("takes other control sequences out", () => {
    expect(parse("a\x1b[2Kb\x1b]8;;https://x.example\x07link\x1b]8;;\x07c")).toEqual([
      plain("a"),
      plain("b"),
      plain("link"),
      plain("c"),
    ]);
    expect(stripAnsi("\x1b[31mred\x1b[0m")).toBe("red");
  });

  test("an unknown colour form changes nothing", () => {
    expect(parse("\x1b[38;9;1mx")[0]?.css).toBe("");
  });

  test("gives the same text in the same styles however the text is cut", () => {
    const text = "one \x1b[1;32mtwo\x1b[0m \x1b[38;5;208mthree\x1b[0m\x1b]0;title\x07 four\n";
    const styled = (spans: readonly Span[]) =>
      spans.flatMap((span) => [...span.text].map((char) => `${char}|${span.classes}|${span.css}`));
    const whole = styled(parse(text));
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 6 }), (cuts) => {
        const parser = new AnsiParser();
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const spans = at.slice(1).flatMap((end, i) => parser.push(text.slice(at[i], end)));
        expect(styled(spans)).toEqual(whole);
      }),
      propertyRuns(1, 300),
    );
  });
});

/**
 * Colours in text, as terminals write them: SGR sequences become spans. Other control sequences are
 * taken out. A sequence may be cut in two by the end of a chunk: the parser waits for its rest.
 */
import { SEQUENCE, UNFINISHED } from "../notebook/control-sequences.ts";

/** A run of text in one style. */
export interface Span {
  readonly text: string;
  /** Class names, as "ansi-bold ansi-fg-1"; empty for plain text. */
  readonly classes: string;
  /** Inline CSS of colours beyond the sixteen; empty if there are none. */
  readonly css: string;
}

interface Style {
  bold: boolean;
  faint: boolean;
  italic: boolean;
  underline: boolean;
  inverse: boolean;
  strike: boolean;
  /** 0 to 15: of the page's palette. */
  front: Colour;
  back: Colour;
}

type Colour = number | Rgb | null;
type Rgb = readonly [red: number, green: number, blue: number];

const plain = (): Style => ({
  bold: false,
  faint: false,
  italic: false,
  underline: false,
  inverse: false,
  strike: false,
  front: null,
  back: null,
});

/** Longest unfinished sequence that is waited for; beyond it the text is shown as it is. */
const PATIENCE = 256;

export class AnsiParser {
  #style = plain();
  #rest = "";

  /** The spans of the next chunk of a text. */
  push(chunk: string): Span[] {
    let text = this.#rest + chunk;
    this.#rest = "";
    const cut = UNFINISHED.exec(text);
    if (cut !== null && text.length - cut.index <= PATIENCE) {
      this.#rest = text.slice(cut.index);
      text = text.slice(0, cut.index);
    }
    const spans: Span[] = [];
    let from = 0;
    for (const match of text.matchAll(SEQUENCE)) {
      this.#add(spans, text.slice(from, match.index));
      if (match[2] === "m") apply(this.#style, match[1] ?? "");
      from = match.index + match[0].length;
    }
    this.#add(spans, text.slice(from));
    return spans;
  }

  #add(spans: Span[], text: string): void {
    if (text !== "") spans.push({ text, ...look(this.#style) });
  }
}

/** The text without any control sequence. */
export function stripAnsi(text: string): string {
  return text.replace(SEQUENCE, "");
}

function apply(style: Style, parameters: string): void {
  const codes = parameters.split(/[;:]/).map((code) => (code === "" ? 0 : Number(code)));
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!; // i is below the length
    if (code === 38 || code === 48) {
      const [color, used] = extended(codes.slice(i + 1));
      if (code === 38) style.front = color;
      else style.back = color;
      i += used;
    } else applyCode(style, code);
  }
}

function applyCode(style: Style, code: number): void {
  if (code === 0) Object.assign(style, plain());
  else if (code === 1) style.bold = true;
  else if (code === 2) style.faint = true;
  else if (code === 3) style.italic = true;
  else if (code === 4) style.underline = true;
  else if (code === 7) style.inverse = true;
  else if (code === 9) style.strike = true;
  else if (code === 22) style.bold = style.faint = false;
  else if (code === 23) style.italic = false;
  else if (code === 24) style.underline = false;
  else if (code === 27) style.inverse = false;
  else if (code === 29) style.strike = false;
  else if (code >= 30 && code <= 37) style.front = code - 30;
  else if (code === 39) style.front = null;
  else if (code >= 40 && code <= 47) style.back = code - 40;
  else if (code === 49) style.back = null;
  else if (code >= 90 && code <= 97) style.front = code - 82;
  else if (code >= 100 && code <= 107) style.back = code - 92;
}

/** What follows 38 or 48: `5;n` of the 256 colours, or `2;r;g;b`. With it, how many codes were used. */
function extended(codes: readonly number[]): readonly [Colour, number] {
  const [form, a = 0, g = 0, b = 0] = codes;
  if (form === 5) return [indexed(a), 2];
  if (form === 2) return [[byte(a), byte(g), byte(b)], 4];
  return [null, 0];
}

/** 0-15 the palette, 16-231 a 6 x 6 x 6 cube, 232-255 greys. */
function indexed(index: number): Colour {
  if (!(index >= 0 && index <= 255)) return null;
  if (index < 16) return index;
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return [grey, grey, grey];
  }
  const cube = index - 16;
  const [r, g, b] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6];
  return [level(r), level(g), level(b)];
}

/** One of the cube's six brightnesses. */
function level(step: number): number {
  return step === 0 ? 0 : 55 + step * 40;
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value) || 0));
}

function look(style: Style): { readonly classes: string; readonly css: string } {
  const front = style.inverse ? style.back : style.front;
  const back = style.inverse ? style.front : style.back;
  const classes: string[] = [];
  const css: string[] = [];
  for (const name of ["bold", "faint", "italic", "underline", "strike"] as const) {
    if (style[name]) classes.push(`ansi-${name}`);
  }
  if (style.inverse && style.front === null && style.back === null) classes.push("ansi-inverse");
  if (typeof front === "number") classes.push(`ansi-fg-${front}`);
  else if (front !== null) css.push(`color:${print(front)}`);
  else if (back !== null && typeof back !== "number") css.push(`color:${inkOn(back)}`);
  if (typeof back === "number") classes.push(`ansi-bg-${back}`);
  else if (back !== null) css.push(`background:${print(back)}`);
  return { classes: classes.join(" "), css: css.join(";") };
}

function print(colour: Rgb): string {
  return `rgb(${colour.join(" ")})`;
}

/** A terminal's own ink is light or dark, whatever lies under it: here it can be read. */
function inkOn([red, green, blue]: Rgb): string {
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#000" : "#fff";
}

/**
 * The line under a terminal's cursor: what is written lies over what was there, in the colours of the
 * moment. Between two pieces of text it is text again, with the sequences that colour it.
 */
import { type Look, lookAfter, SEQUENCE, turnTo, UNFINISHED } from "./control-sequences.ts";

/** Where the next character goes, and how it will look. */
export interface Cursor {
  readonly column: number;
  readonly look: Look;
  /** A sequence of which the rest has not come yet. */
  readonly begun: string;
}

interface Written {
  /** Lines that are over, and the one under the cursor. */
  readonly text: string;
  /** Left out where it is at the end of the text, and looks as that does there. */
  readonly cursor?: Cursor;
}

/* oxlint-disable no-control-regex -- control characters are what this file is about */
const PARTS = new RegExp(`[\\n\\r\\x08]|${SEQUENCE.source}|[^\\n\\r\\x08\\x1b]+|\\x1b`, "g");
const MOVES = /[\r\x08]|\x1b\[\d*[CDGK]/;
/* oxlint-enable no-control-regex */

/** Further right a sequence moves no cursor. */
const WIDEST = 1_000;

/** Whether a text does more than go on at the end of its line. */
export function movesCursor(text: string): boolean {
  return MOVES.test(text);
}

/** Writes `text` into `line`, which has no line break, below lines that end in `above`. */
export function writeOver(above: string, line: string, text: string, cursor?: Cursor): Written {
  const begun = cursor?.begun ?? UNFINISHED.exec(line)?.[0] ?? "";
  const terminal = new TerminalLine(lookBelow(above));
  terminal.write(cursor === undefined ? line.slice(0, line.length - begun.length) : line);
  if (cursor !== undefined) terminal.place(cursor);
  const whole = begun + text;
  const rest = UNFINISHED.exec(whole)?.[0] ?? "";
  terminal.write(whole.slice(0, whole.length - rest.length));
  return terminal.print(rest);
}

/** How text looks that follows. */
function lookBelow(above: string): Look {
  let look: Look = "";
  for (const [, parameters = "", end] of above.matchAll(SEQUENCE))
    if (end === "m") look = lookAfter(look, parameters);
  return look;
}

class TerminalLine {
  #done = "";
  #characters: string[] = [];
  /** One for each character. */
  #looks: Look[] = [];
  #column = 0;
  #look: Look;
  /** How the text that is printed already ends. */
  #printed: Look;

  constructor(look: Look) {
    this.#look = look;
    this.#printed = look;
  }

  place({ column, look }: Cursor): void {
    this.#column = column;
    this.#look = look;
  }

  /** `text` ends with no part of a sequence. */
  write(text: string): void {
    for (const [part, parameters, end] of text.matchAll(PARTS)) {
      if (part === "\n") this.#endLine();
      else if (part === "\r") this.#column = 0;
      else if (part === "\b") this.#backspace();
      else if (end !== undefined) this.#control(parameters ?? "", end);
      // Other sequences are for terminals alone.
      else if (part.length === 1 || !part.startsWith("\u001b")) this.#put(part);
    }
  }

  print(begun: string): Written {
    const text = this.#done + this.#printLine();
    const isAtEnd = this.#column === this.#characters.length;
    if (!isAtEnd || begun !== "")
      return { text, cursor: { column: this.#column, look: this.#look, begun } };
    return { text: this.#printed === this.#look ? text : text + turnTo(this.#look) };
  }

  #put(part: string): void {
    while (this.#characters.length < this.#column) {
      this.#characters.push(" ");
      this.#looks.push("");
    }
    // By UTF-16 units, as columns count.
    for (let at = 0; at < part.length; at++) {
      this.#characters[this.#column] = part.charAt(at);
      this.#looks[this.#column] = this.#look;
      this.#column += 1;
    }
  }

  #backspace(): void {
    const before = this.#characters.slice(Math.max(0, this.#column - 2), this.#column).join("");
    const count = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(before) ? 2 : Math.min(1, this.#column);
    this.#column -= count;
    this.#characters.splice(this.#column, count);
    this.#looks.splice(this.#column, count);
  }

  #control(parameters: string, end: string): void {
    const count = Number.parseInt(parameters, 10) || 0;
    const to = (column: number) => Math.min(WIDEST, Math.max(0, column));
    if (end === "m") this.#look = lookAfter(this.#look, parameters);
    else if (end === "C") this.#column = to(this.#column + (count || 1));
    else if (end === "D") this.#column = to(this.#column - (count || 1));
    else if (end === "G") this.#column = to(count - 1);
    else if (end === "K") this.#erase(count);
  }

  /** 0: from the cursor on, 1: up to it, 2: the whole line. */
  #erase(part: number): void {
    if (part === 1) {
      this.#characters.fill(" ", 0, this.#column + 1);
      this.#looks.fill("", 0, this.#column + 1);
      return;
    }
    const from = part === 0 ? this.#column : 0;
    this.#characters.splice(from);
    this.#looks.splice(from);
  }

  #endLine(): void {
    this.#done += `${this.#printLine()}\n`;
    this.#characters = [];
    this.#looks = [];
    this.#column = 0;
  }

  #printLine(): string {
    let text = "";
    for (const [at, character] of this.#characters.entries()) {
      const look = this.#looks[at] ?? "";
      if (look !== this.#printed) text += turnTo(look);
      this.#printed = look;
      text += character;
    }
    return text;
  }
}

/** Names as examples: three letters and the one that follows, "." standing before and after a name. */
import { tensor } from "../creation/create.ts";
import type { DataCard } from "./catalogue.ts";
import { Dataset, shuffledCut, type Split, type SplitOptions } from "./dataset.ts";

const context = 3;
const letters: readonly string[] = [".", ..."abcdefghijklmnopqrstuvwxyz"];

/**
 * `x [n, 3]` and `y [n]`, letters as numbers: "." is 0, "a" is 1. "emma" gives ... -> e, ..e -> m,
 * .em -> m, emm -> a and mma -> ".".
 */
export class Names extends Dataset {
  readonly words: readonly string[];

  constructor(words: readonly string[], card: DataCard | null = null) {
    const { x, y } = examplesOf(words);
    super(tensor(x).reshape([y.length, context]), tensor(y), { classes: letters, card });
    this.words = words;
  }

  /** The 27 symbols in the order of their numbers. */
  get letters(): readonly string[] {
    return letters;
  }

  /** Cuts between names, not between examples: no name is in both parts. */
  override split(fraction: number, options: SplitOptions = {}): Split<Names> {
    const { head, tail } = shuffledCut(this.words.length, fraction, options);
    const pick = (rows: typeof head) =>
      new Names(
        Array.from(rows.data, (row) => this.words[row] ?? ""),
        this.card,
      );
    return { train: pick(head), test: pick(tail) };
  }
}

function examplesOf(words: readonly string[]): { x: Int32Array; y: Int32Array } {
  const count = words.reduce((sum, word) => sum + word.length + 1, 0);
  const x = new Int32Array(count * context);
  const y = new Int32Array(count);
  let row = 0;
  for (const word of words) {
    for (let place = 0; place <= word.length; place++) {
      for (let back = 0; back < context; back++)
        x[row * context + back] = numberAt(word, place - context + back);
      y[row] = numberAt(word, place);
      row++;
    }
  }
  return { x, y };
}

/** 0 outside the word. */
function numberAt(word: string, place: number): number {
  return place < 0 || place >= word.length ? 0 : word.charCodeAt(place) - 96;
}

/** Lines `name|count` or `name`. @throws SyntaxError naming a line that holds no lower-case name. */
export function parseNames(name: string, text: string): Names {
  const words = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, i) => {
      const [word = ""] = line.split("|");
      if (!/^[a-z]+$/.test(word))
        throw new SyntaxError(
          `${name}: line ${i + 1} begins with "${word}" - wanted letters a to z`,
        );
      return word;
    });
  return new Names(words);
}

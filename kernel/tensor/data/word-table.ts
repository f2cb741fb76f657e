/** Words with what is known of each: a vector, or a rating. */
import { tensor } from "../creation/create.ts";
import { decodeTensors } from "../io/safetensors.ts";
import type { Tensor } from "../tensor.ts";
import type { DataCard } from "./catalogue.ts";

/** Row `i` belongs to word `i`. */
export class WordTable {
  readonly words: readonly string[];
  /** `[n, d]` vectors, or `[n]` ratings. */
  readonly values: Tensor;
  /** What the table is; null for one of one's own. */
  readonly card: DataCard | null = null;
  readonly #rows: ReadonlyMap<string, number>;

  /** For `data.load`; rows and words are equally many. */
  constructor(words: readonly string[], values: Tensor) {
    this.words = words;
    this.values = values;
    this.#rows = new Map(words.map((word, row) => [word, row]));
  }

  /** How many words. */
  get length(): number {
    return this.words.length;
  }

  has(word: string): boolean {
    return this.#rows.has(word);
  }

  /** The row of a word. @throws RangeError for a word that is not in the table. */
  row(word: string): number {
    const row = this.#rows.get(word);
    if (row === undefined)
      throw new RangeError(
        `row: "${word}" - it is none of the ${this.length} words, which are lower-case`,
      );
    return row;
  }

  /** What is known of a word: `[d]`, or one number. @throws RangeError as `row`. */
  of(word: string): Tensor {
    return this.values.at(this.row(word));
  }

  toString(): string {
    return `WordTable(${this.length} words, values [${this.values.shape.join(", ")}])`;
  }
}

/** `values [5004, 100]`. @throws SyntaxError for a broken file. */
export function parseGlove(bytes: Uint8Array): WordTable {
  const { tensors, metadata } = decodeTensors(bytes);
  const { vectors, scale } = tensors;
  if (vectors === undefined || scale === undefined || metadata.words === undefined)
    throw new SyntaxError("glove: the file lacks vectors, scale or words");
  return new WordTable(metadata.words.split(" "), vectors.to("f32").mul(scale.unsqueeze(1)));
}

/** Lines `word|rating`. @throws SyntaxError naming a line without a rating. */
export function parseValence(text: string): WordTable {
  const words: string[] = [];
  const ratings = text
    .trimEnd()
    .split("\n")
    .map((line, i) => {
      const [word = "", rating = ""] = line.split("|");
      if (rating === "" || Number.isNaN(Number(rating)))
        throw new SyntaxError(`valence: line ${i + 1} is "${line}" - wanted word|rating`);
      words.push(word);
      return Number(rating);
    });
  return new WordTable(words, tensor(ratings));
}

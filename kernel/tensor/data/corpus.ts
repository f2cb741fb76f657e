/** Texts to learn a language from: documents, the symbols they are written in, and windows of them. */
import { randint, tensor } from "../creation/create.ts";
import { watched } from "../loop.ts";
import { checkOptions } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import type { DataCard } from "./catalogue.ts";
import { shuffledCut, type Batch, type Split, type SplitOptions } from "./dataset.ts";

export type WindowOptions = SplitOptions & {
  /** How many batches. */
  readonly steps: number;
  /** How many symbols a window holds. */
  readonly length: number;
};

/**
 * Documents as one row of symbols, numbered in their sorted order, from which windows are drawn.
 * @example
 * const corpus = new data.Corpus(["abba", "cab"]);
 * corpus.symbols.length // 4
 * corpus.encode("cab") // tensor([3, 1, 2])
 */
export class Corpus {
  readonly documents: readonly string[];
  /** Every symbol of the documents, sorted; its place is its number. */
  readonly symbols: readonly string[];
  /** What the texts are, or those that these are some of; null for ones of one's own. */
  readonly card: DataCard | null;
  readonly #numbers: ReadonlyMap<string, number>;
  #encoded: Tensor | null = null;

  /**
   * `symbols` are those of the documents unless given: the two parts of a split share theirs.
   * @example new data.Corpus(["abba", "cab"]).symbols.length // 4
   */
  constructor(
    documents: readonly string[],
    symbols: readonly string[] = symbolsOf(documents),
    card: DataCard | null = null,
  ) {
    this.documents = documents;
    this.symbols = symbols;
    this.card = card;
    this.#numbers = new Map(symbols.map((symbol, number) => [symbol, number]));
  }

  /** All documents, an empty line between two. */
  get text(): string {
    return this.documents.join(gap);
  }

  /** How many symbols the text has. */
  get length(): number {
    return this.#all().numel();
  }

  /**
   * Symbols as numbers: `[n]`, i32.
   * @throws RangeError naming a symbol that is in no document.
   */
  encode(text: string): Tensor {
    return tensor(
      Int32Array.from([...text], (symbol) => {
        const number = this.#numbers.get(symbol);
        if (number === undefined)
          throw new RangeError(
            `encode: ${JSON.stringify(symbol)} - wanted one of the corpus' ${this.symbols.length} symbols`,
          );
        return number;
      }),
    );
  }

  /** Numbers as text again. @throws RangeError for a number without a symbol. */
  decode(numbers: Tensor | readonly number[]): string {
    const list: ArrayLike<number> = "data" in numbers ? numbers.data : numbers;
    return Array.from(list, (number) => {
      const symbol = this.symbols[number];
      if (symbol === undefined)
        throw new RangeError(`decode: ${number} - wanted 0 to ${this.symbols.length - 1}`);
      return symbol;
    }).join("");
  }

  /** Shuffles the documents and cuts between them; both parts keep all symbols. As `Dataset.split`. */
  split(fraction: number, options: SplitOptions = {}): Split<Corpus> {
    const { head, tail } = shuffledCut(this.documents.length, fraction, options);
    const pick = (rows: Tensor) =>
      new Corpus(
        Array.from(rows.data, (row) => this.documents[row] ?? ""),
        this.symbols,
        this.card,
      );
    return { train: pick(head), test: pick(tail) };
  }

  /**
   * Batches of windows from places drawn at random: `x [size, length]`, and `y` the same window one
   * symbol later. The loop shows its progress under the cell.
   * @throws RangeError for a size, count or length below 1, or a text shorter than a window.
   * @example
   * for (const { x, y } of new data.Corpus(["hello"]).batches(2, { length: 3, steps: 1 }))
   *   console.log(x.shape, y.shape);
   */
  batches(size: number, options: WindowOptions): Generator<Batch, void, undefined> {
    const { steps, length }: Partial<WindowOptions> = options ?? {};
    checkOptions("batches", options ?? {}, ["steps", "length", "generator"]);
    for (const [name, value] of Object.entries({ size, steps, length }))
      if (!Number.isInteger(value) || Number(value) < 1)
        throw new RangeError(`batches: ${name} ${value} - wanted a whole number, 1 or more`);
    if (this.length <= options.length)
      throw new RangeError(
        `batches: length ${options.length} in a text of ${this.length} symbols - wanted a shorter window`,
      );
    return watched(this.#windows(size, options), options.steps);
  }

  toString(): string {
    const { documents, symbols } = this;
    return `Corpus(${documents.length} documents, ${this.length} symbols, ${symbols.length} different)`;
  }

  *#windows(
    size: number,
    { steps, length, ...draw }: WindowOptions,
  ): Generator<Batch, void, undefined> {
    const all = this.#all();
    const perEpoch = Math.ceil(all.numel() / (size * length));
    for (let step = 0; step < steps; step++) {
      const starts = randint(0, all.numel() - length, [size, 1], draw);
      const places = starts.add(this.#offsets(length));
      yield {
        x: all.takeRows(places),
        y: all.takeRows(places.add(1)),
        step,
        epoch: Math.floor(step / perEpoch),
      };
    }
  }

  #offsets(length: number): Tensor {
    return tensor(Int32Array.from({ length }, (_, i) => i));
  }

  #all(): Tensor {
    return (this.#encoded ??= this.encode(this.text));
  }
}

const gap = "\n\n";

function symbolsOf(documents: readonly string[]): readonly string[] {
  return [...new Set(documents.join(gap))].toSorted();
}

/** Documents parted by lines that hold a percent sign. */
export function parseEntries(text: string): Corpus {
  return new Corpus(text.trimEnd().split("\n%\n"));
}

/** One document a line. */
export function parseLines(text: string): Corpus {
  return new Corpus(text.trimEnd().split("\n"));
}

/** Examples to learn from: inputs `x` and what is wanted for them, `y`, row by row. */
import { randperm } from "../creation/create.ts";
import { kindOf, ShapeError } from "../errors.ts";
import { watched } from "../loop.ts";
import { checkOptions } from "../options.ts";
import type { Generator as RandomGenerator } from "../random.ts";
import { printShape, sameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import type { DataCard } from "./catalogue.ts";

export interface Batch {
  readonly x: Tensor;
  readonly y: Tensor;
  /** Counts batches from 0. */
  readonly step: number;
  /** Counts passes through the data from 0. */
  readonly epoch: number;
}

export interface SplitOptions {
  /** Where the shuffle draws from; the default generator unless given. */
  readonly generator?: RandomGenerator;
}

export type BatchOptions = SplitOptions & {
  /** A new order for each pass; true unless given. */
  readonly shuffle?: boolean;
} & (
    | { readonly epochs?: number; readonly steps?: never }
    | { readonly steps: number; readonly epochs?: never }
  );

/** What the numbers of a data set stand for. */
export interface DatasetNames {
  /** Class number to word. */
  readonly classes?: readonly string[] | null;
  /** Column of `x` to word. */
  readonly features?: readonly string[] | null;
  /** What it is, who made it and under which licence. */
  readonly card?: DataCard | null;
}

export interface Split<D> {
  readonly train: D;
  readonly test: D;
}

/**
 * Rows to learn from, `x [n, ...]`, and what to predict from each, `y [n]`: split, standardised and
 * dealt out in batches.
 * @example
 * const pets = new data.Dataset(tensor([[1, 4], [2, 5], [3, 6]]), tensor([0, 1, 1]));
 * pets.subset([0, 2]).x // tensor([[1., 4.],
 * //         [3., 6.]])
 */
export class Dataset {
  /** `[n, ...]` */
  readonly x: Tensor;
  /** `[n]` class numbers (i32), or `[n, ...]` values to predict. */
  readonly y: Tensor;
  /** What the class numbers stand for, where they stand for something. */
  readonly classes: readonly string[] | null;
  /** What the columns of `x` measure, where they have names. */
  readonly features: readonly string[] | null;
  /** What the set is, or the one that these rows are of; null for one of one's own. */
  readonly card: DataCard | null;

  /**
   * @throws TypeError for something that is no tensor, ShapeError when `x` and `y` differ in rows.
   * @example
   * const pets = new data.Dataset(tensor([[1, 4], [2, 5]]), tensor([0, 1]), { classes: ["cat", "dog"] });
   * pets.length // 2
   */
  constructor(x: Tensor, y: Tensor, names: DatasetNames = {}) {
    const { classes = null, features = null, card = null } = names;
    for (const [name, value] of [
      ["x", x],
      ["y", y],
    ] as const)
      if (!(value instanceof Tensor))
        throw new TypeError(`Dataset: ${kindOf(value)} for ${name} - wanted a tensor`);
    if (x.ndim === 0 || x.shape[0] !== y.shape[0])
      throw new ShapeError(
        `Dataset: x ${printShape(x.shape)} and y ${printShape(y.shape)} - wanted one row of each for an example`,
      );
    this.x = x;
    this.y = y;
    this.classes = classes;
    this.features = features;
    this.card = card;
  }

  /** How many examples. */
  get length(): number {
    return this.y.shape[0] ?? 0;
  }

  /** These examples, in this order. */
  subset(rows: Tensor | readonly number[]): Dataset {
    return new Dataset(this.x.takeRows(rows), this.y.takeRows(rows), this);
  }

  /**
   * The same examples with every column of `x` at mean 0 and deviation 1, measured on `like`: a test
   * set is scaled by the numbers of its training set. A column that never changes becomes 0.
   * @throws ShapeError when `like` has other columns.
   * @example
   * const { train, test } = data.load("wine").split(0.8);
   * const [scaledTrain, scaledTest] = [train.standardize(), test.standardize(train)];
   * scaledTrain.x.mean().abs().item() < 1e-5 // true
   */
  standardize(like: Dataset = this): Dataset {
    const { mean, deviation } = like.#spread();
    if (!sameShape(like.x.shape.slice(1), this.x.shape.slice(1)))
      throw new ShapeError(
        `standardize: x ${printShape(this.x.shape)} by x ${printShape(like.x.shape)} - rows must have one shape`,
      );
    return new Dataset(this.x.sub(mean).div(deviation), this.y, this);
  }

  /** Mean and deviation of every column; 1 for the deviation of one that never changes. */
  #spread(): { readonly mean: Tensor; readonly deviation: Tensor } {
    const mean = this.x.mean(0);
    const deviation = this.x.std(0, { correction: 0 });
    return { mean, deviation: deviation.where(deviation.gt(0), 1) };
  }

  /**
   * Shuffles, then cuts into `k` parts as equal as can be; each part is the test set once and the
   * rest the training set.
   * @throws RangeError unless `k` is a whole number from 2 to the number of examples.
   * @example data.load("iris").kfold(5).map(({ test }) => test.length) // 30,30,30,30,30
   */
  kfold(k: number, options: SplitOptions = {}): Split<Dataset>[] {
    checkOptions("kfold", options, ["generator"]);
    if (!Number.isInteger(k) || k < 2 || k > this.length)
      throw new RangeError(`kfold: ${k} parts - wanted a whole number from 2 to ${this.length}`);
    const order = Array.from(randperm(this.length, options).data);
    const edge = (part: number) => Math.round((part * this.length) / k);
    return Array.from({ length: k }, (_, part) => ({
      train: this.subset([...order.slice(0, edge(part)), ...order.slice(edge(part + 1))]),
      test: this.subset(order.slice(edge(part), edge(part + 1))),
    }));
  }

  /**
   * Shuffles, then cuts: `split(0.8)` trains on four fifths (rounded up). Draws from the default
   * generator, so `manualSeed` before it makes the split the same each time, as PyTorch's
   * `random_split` does.
   * @throws RangeError unless `fraction` lies between 0 and 1.
   */
  split(fraction: number, options: SplitOptions = {}): Split<Dataset> {
    const { head, tail } = shuffledCut(this.length, fraction, options);
    return { train: this.subset(head), test: this.subset(tail) };
  }

  /**
   * Batches of `size` rows for a number of passes (`epochs`) or of batches (`steps`); one pass unless
   * told, as over PyTorch's DataLoader. Each pass has
   * an order of its own, drawn from the default generator; its last batch may be smaller. The loop
   * shows its progress under the cell.
   * @throws RangeError for a size or count below 1, and for both epochs and steps.
   * @example
   * const { train } = data.load("digits").split(0.8);
   * for (const { x, y } of train.batches(500, { epochs: 1 })) console.assert(x.shape[0] === y.numel());
   */
  batches(size: number, options: BatchOptions = {}): Generator<Batch, void, undefined> {
    checkOptions("batches", options, ["epochs", "steps", "shuffle", "generator"]);
    const { epochs, steps }: Partial<Record<"epochs" | "steps", number>> = options;
    if (!Number.isInteger(size) || size < 1)
      throw new RangeError(`batches: size ${size} - wanted a whole number, 1 or more`);
    if (epochs !== undefined && steps !== undefined)
      throw new RangeError(
        `batches: ${epochs} epochs and ${steps} steps - ` +
          `wanted one of them, as in batches(${size}, { epochs: 20 })`,
      );
    const count = epochs ?? steps ?? 1;
    if (!Number.isInteger(count) || count < 0)
      throw new RangeError(`batches: ${count} epochs or steps - wanted a whole number, 0 or more`);
    if (this.length === 0) throw new RangeError("batches: no examples - wanted at least one");
    const perEpoch = Math.ceil(this.length / size);
    const total = steps === undefined ? count * perEpoch : count;
    return watched(this.#cut(size, perEpoch, total, options), total);
  }

  toString(): string {
    return `Dataset(${this.length} examples, x ${printShape(this.x.shape)}, y ${printShape(this.y.shape)})`;
  }

  *#cut(
    size: number,
    perEpoch: number,
    total: number,
    { shuffle = true, generator }: BatchOptions,
  ): Generator<Batch, void, undefined> {
    let order: Tensor | null = null;
    for (let step = 0; step < total; step++) {
      const place = step % perEpoch;
      if (place === 0 && shuffle)
        order = randperm(this.length, generator === undefined ? {} : { generator });
      const range = [place * size, (place + 1) * size] as const;
      const rows = order?.at(range) ?? null;
      yield {
        x: rows === null ? this.x.at(range) : this.x.takeRows(rows),
        y: rows === null ? this.y.at(range) : this.y.takeRows(rows),
        step,
        epoch: Math.floor(step / perEpoch),
      };
    }
  }
}

/** The numbers 0 to n - 1 shuffled and cut in two. */
export function shuffledCut(
  n: number,
  fraction: number,
  options: SplitOptions,
): { readonly head: Tensor; readonly tail: Tensor } {
  checkOptions("split", options, ["generator"]);
  if (!(fraction > 0 && fraction < 1))
    throw new RangeError(`split: ${fraction} - wanted a fraction between 0 and 1`);
  const order = randperm(n, options);
  // The rest is rounded down and training gets what is over, as in PyTorch's `random_split`.
  // 1 - 0.8 is a little less than 0.2, which must not cost a whole row.
  const cut = n - Math.floor(n * (1 - fraction) + 1e-6);
  return { head: order.at([0, cut]), tail: order.at([cut, null]) };
}

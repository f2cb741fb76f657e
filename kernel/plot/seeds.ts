/** One named curve of a live figure, with all the runs it was drawn in: one series a seed. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { type Band, type BandKind, bandOf } from "./bands.ts";
import {
  type Column,
  isColumn,
  isNumber,
  isTensor,
  readColumn,
  type Scalar,
  scalar,
} from "./columns.ts";
import { type Gap, type Polyline, Series } from "./series.ts";

/** What is drawn of a curve. */
export interface DrawnCurve {
  /** The line that stands for the curve: smoothed, and the mean of runs that are over. */
  readonly front: Polyline;
  /** The values themselves behind a smoothed line. */
  readonly raw: Polyline | null;
  readonly band: Band | null;
  /** The run under way, while earlier ones have come further. */
  readonly tip: Polyline | null;
}

/** A value for each curve: a number, a 0-d tensor, or a row of numbers with one for each seed. */
export type LiveValue = Scalar | Column;

export class SeededCurve {
  readonly #logX: boolean;
  #over: Series[] = [];
  #now: Series[] = [];

  constructor(logX: boolean) {
    this.#logX = logX;
  }

  /** One value for each seed that runs side by side. */
  push(x: number, values: readonly number[]): void {
    for (let i = 0; i < values.length; i++) {
      const series = (this.#now[i] ??= new Series(this.#logX));
      series.push(x, values[i]!); // i is below the length
    }
  }

  /** What comes is another run. */
  again(): void {
    this.#over.push(...this.#now);
    this.#now = [];
  }

  /** As it is now, whatever is pushed later. */
  copy(): SeededCurve {
    const copy = new SeededCurve(this.#logX);
    copy.#over = this.#over.map((series) => series.copy());
    copy.#now = this.#now.map((series) => series.copy());
    return copy;
  }

  /** How many points the longest run has. */
  get count(): number {
    return this.all.reduce((most, { count }) => Math.max(most, count), 0);
  }

  get all(): readonly Series[] {
    return [...this.#over, ...this.#now];
  }

  /** The newest point: of several runs side by side the first one's. */
  get last(): { readonly x: number; readonly y: number } {
    return (this.#now[0] ?? this.#over[0] ?? new Series()).last;
  }

  /** Where the first run that broke off did so. */
  get gap(): Gap | null {
    return this.all.find(({ gap }) => gap !== null)?.gap ?? null;
  }

  /** `weight`: of the running mean, 0 for none. `most`: buckets of a line. */
  draw(weight: number, most: number, kind?: BandKind): DrawnCurve {
    const { all } = this;
    const [only] = all;
    if (only !== undefined && all.length === 1) {
      const line = only.line(most);
      const front = weight === 0 ? line : only.smoothed(weight);
      return { front, raw: weight === 0 ? null : line, band: null, tip: null };
    }
    const reached = Math.max(...this.#over.map(({ last }) => last.x));
    const isBehind = this.#over.length > 0 && this.#now.some(({ last }) => last.x < reached);
    const whole = isBehind ? this.#over : all;
    const means = whole.map((series) => series.smoothed(weight));
    const band = bandOf(means, kind);
    const tip = isBehind ? (this.#now[0]?.smoothed(weight) ?? null) : null;
    return { front: band.mean, raw: null, band: means.length > 1 ? band : null, tip };
  }
}

/** More curves side by side than this were meant as something else. */
const MOST_SEEDS = 1000;

/**
 * The numbers of each name, one for each seed; all are read before any is drawn.
 * @throws DTypeError, TypeError, RangeError for what are no values by name, such as a loss alone.
 */
export function numbersPushed(
  values: Readonly<Record<string, LiveValue>>,
): readonly (readonly [name: string, numbers: readonly number[]])[] {
  if (typeof values !== "object" || values === null || isColumn(values))
    throw new DTypeError(
      `plot.live: ${kindOf(values)} to push - wanted values by name, such as { loss }`,
    );
  const pushed: (readonly [string, readonly number[]])[] = [];
  for (const name in values) pushed.push([name, numbersOf(values[name]!, name)]); // a key of values
  return pushed;
}

/** One number for each seed. @throws DTypeError, TypeError, RangeError for what are none. */
function numbersOf(value: LiveValue, name: string): readonly number[] {
  const who = `plot.live: "${name}"`;
  // What is no list is a number, or asked for one.
  if (!isColumn(value) || isNumber(value)) return [scalar(value as Scalar, who)];
  const length = isTensor(value) ? value.data.length : value.length;
  if (length === 0) throw new DTypeError(`${who} is an empty list - wanted a number for each seed`);
  if (length > MOST_SEEDS)
    throw new RangeError(
      `${who} is a list of ${length} numbers - wanted one number, or one for each of at most ${MOST_SEEDS} seeds; plot.line draws a list`,
    );
  return readColumn(value, who);
}

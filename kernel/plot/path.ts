/** The way of a walker over a plane, as an optimiser takes it: pushed step by step, in bounded memory. */
import { type Column, isColumn, readColumn, type Scalar, scalar } from "./columns.ts";
import { Thinned } from "./thinned.ts";

/** More places than these would not be told apart. */
const MOST = 1000;

export type Place = readonly [x: number, y: number];

export class Path {
  readonly name: string;
  readonly #who: string;
  readonly #changed: () => void;
  readonly #places = new Thinned<Place>(MOST);

  constructor(name: string, who: string, changed: () => void) {
    this.name = name;
    this.#who = who;
    this.#changed = changed;
  }

  /**
   * Adds a place, as two numbers or as a list or tensor of two. Cheap: call it at every step.
   * @throws RangeError when a list has not two.
   */
  push(x: Scalar, y: Scalar): void;
  push(place: Column): void;
  push(first: Scalar | Column, second?: Scalar): void {
    this.#places.push(this.#placeOf(first, second));
    this.#changed();
  }

  /** Forgets the way so far, as when a walker begins anew. */
  clear(): void {
    this.#places.clear();
    this.#changed();
  }

  /** How many places were pushed. */
  get length(): number {
    return this.#places.length;
  }

  /** The places that are drawn: all, or evenly chosen ones and the last. */
  get places(): readonly Place[] {
    return this.#places.entries;
  }

  #placeOf(first: Scalar | Column, second: Scalar | undefined): Place {
    if (second === undefined && isColumn(first)) {
      const numbers = readColumn(first, `${this.#who}: a place`);
      const [x, y] = numbers;
      if (x !== undefined && y !== undefined && numbers.length === 2) return [x, y];
      throw new RangeError(`${this.#who}: a place of ${numbers.length} numbers - wanted 2`);
    }
    const what = `${this.#who}: the place of a path`;
    return [scalar(first as Scalar, what), scalar(second as Scalar, what)];
  }
}

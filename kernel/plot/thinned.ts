/** A growing row of which evenly chosen entries are kept, the newest always: bounded however long it gets. */
export class Thinned<T> {
  readonly #most: number;
  #kept: T[] = [];
  #newest: { readonly entry: T } | null = null;
  #pushed = 0;
  /** Of so many entries one is kept. */
  #every = 1;

  constructor(most: number) {
    this.#most = most;
  }

  push(entry: T): void {
    this.#newest = { entry };
    if (this.#pushed % this.#every === 0) this.#kept.push(entry);
    this.#pushed += 1;
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }

  clear(): void {
    this.#kept = [];
    this.#newest = null;
    this.#pushed = 0;
    this.#every = 1;
  }

  /** How many were pushed. */
  get length(): number {
    return this.#pushed;
  }

  get entries(): readonly T[] {
    const isIn = (this.#pushed - 1) % this.#every === 0;
    return this.#newest === null || isIn ? this.#kept : [...this.#kept, this.#newest.entry];
  }
}

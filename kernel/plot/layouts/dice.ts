/**
 * Whole numbers by chance, fast and the same for the same seed: xorshift128 (Marsaglia 2003). For the
 * many draws of a layout, where the engine's generator and its statistics would be wasted.
 */
export class Dice {
  #a: number;
  #b = 0x9e3779b9 | 0;
  #c = 0x243f6a88;
  #d = 0x1f123bb5;

  constructor(seed: number) {
    this.#a = seed | 0 || 1;
    // Seeds that differ little begin alike: their first numbers are thrown away.
    for (let i = 0; i < 24; i++) this.below(1);
  }

  /** From 0 to `end - 1`, `end` up to 2³². */
  below(end: number): number {
    const t = this.#a ^ (this.#a << 11);
    this.#a = this.#b;
    this.#b = this.#c;
    this.#c = this.#d;
    this.#d = this.#d ^ (this.#d >>> 19) ^ (t ^ (t >>> 8));
    return Math.floor(((this.#d >>> 0) / 0x100000000) * end);
  }
}

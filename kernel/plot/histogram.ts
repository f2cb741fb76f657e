/**
 * Histograms that are taken again and again: every value counts, and bins that were too narrow are
 * joined two by two, in all that was counted before too, so that counts stay exact.
 */

/** Bins of a histogram around zero; half of them on each side. */
const BINS = 64;
/** Bins for a factor of ten, of a histogram of sizes. */
const PER_DECADE = 4;
/** Sizes from here on have a bin of their own; what is smaller shares the first. */
const SMALLEST = -12;
const DECADES = 20;

/** One look: so many values in each bin. */
export interface Counts {
  readonly step: number;
  readonly bins: Uint32Array;
  readonly total: number;
}

/** What is drawn: edges have one entry more than bins. */
export interface Histograms {
  readonly looks: readonly Counts[];
  readonly edges: readonly number[];
}

/** Values of both signs in equal bins from `-reach` up to `reach`, which doubles when it has to. */
export class SignedHistograms implements Histograms {
  #looks: Counts[] = [];
  #reach = 0;

  get looks(): readonly Counts[] {
    return this.#looks;
  }

  get edges(): readonly number[] {
    // Before anything but zeros was seen, any reach will do.
    const reach = this.#reach || 1;
    return Array.from({ length: BINS + 1 }, (_, i) => (i / (BINS / 2) - 1) * reach);
  }

  /** Counts all finite values. A value on an edge belongs to the bin above it. */
  look(step: number, values: ArrayLike<number>): void {
    let most = 0;
    for (let i = 0; i < values.length; i++) {
      const size = Math.abs(values[i]!); // i is below the length
      if (size > most && size < Infinity) most = size;
    }
    if (this.#reach === 0 && most > 0) this.#reach = 2 ** Math.floor(Math.log2(most)) * 2;
    while (most >= this.#reach && most > 0) this.#double();
    const bins = new Uint32Array(BINS);
    let total = 0;
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) continue;
      total++;
      const place = this.#reach === 0 ? 0 : Math.floor((value / this.#reach) * (BINS / 2));
      bins[place + BINS / 2]!++; // below the reach, so inside
    }
    this.#looks.push({ step, bins, total });
  }

  /** The `place`-th look, counted from the middle, goes to half of its place: two bins become one. */
  #double(): void {
    this.#reach *= 2;
    this.#looks = this.#looks.map((look) => {
      const bins = new Uint32Array(BINS);
      look.bins.forEach((count, i) => {
        bins[Math.floor((i - BINS / 2) / 2) + BINS / 2]! += count; // nearer to the middle
      });
      return { ...look, bins };
    });
  }

  thin(): void {
    this.#looks = this.#looks.filter((_, i) => i % 2 === 0);
  }
}

/** Sizes, whatever the sign, in bins of equal factors; zeros are counted apart. */
export class SizeHistograms implements Histograms {
  #looks: (Counts & { readonly zeros: number })[] = [];

  get looks(): readonly (Counts & { readonly zeros: number })[] {
    return this.#looks;
  }

  /** As powers of ten. */
  get edges(): readonly number[] {
    return Array.from({ length: DECADES * PER_DECADE + 1 }, (_, i) => SMALLEST + i / PER_DECADE);
  }

  look(step: number, values: ArrayLike<number>): void {
    const bins = new Uint32Array(DECADES * PER_DECADE);
    let total = 0;
    let zeros = 0;
    for (let i = 0; i < values.length; i++) {
      const size = Math.abs(values[i]!); // i is below the length
      if (!(size < Infinity)) continue;
      total++;
      if (size === 0) {
        zeros++;
        continue;
      }
      const place = Math.floor((Math.log10(size) - SMALLEST) * PER_DECADE);
      bins[Math.min(bins.length - 1, Math.max(0, place))]!++; // held inside
    }
    this.#looks.push({ step, bins, total, zeros });
  }

  thin(): void {
    this.#looks = this.#looks.filter((_, i) => i % 2 === 0);
  }
}

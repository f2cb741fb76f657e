/**
 * PyTorch's CPU generator: the Mersenne Twister (Matsumoto and Nishimura, 1998) and the ways PyTorch
 * turns its numbers into samples. Integers, `rand`, `randint`, `randperm` and `bernoulli` equal
 * PyTorch's in every bit (as built without Intel's MKL, which draws the last differently); normal
 * samples to 2e-6, the last bits of log and cos being the platform's.
 */
import { cos, log, log1p, sin } from "./elementary/index.ts";
import { activity } from "./activity.ts";
import type { TypedArray } from "./dtype.ts";
import { DTypeError, kindOf } from "./errors.ts";

const stateSize = 624;
const middle = 397;

/** What `getState` gives and `setState` takes: plain data. */
export interface GeneratorState {
  readonly words: readonly number[];
  readonly position: number;
  readonly spare: number | null;
}

/**
 * A seeded source of random numbers. The same seed gives the same numbers on every machine.
 * @example
 * const generator = new Generator(42);
 * generator.uniform() // 0.8822692632675171
 * rand([2], { generator }) // tensor([0.9150, 0.3829])
 */
export class Generator {
  readonly #words = new Uint32Array(stateSize);
  /** The same bits as small integers, and the numbers that come of them. */
  readonly #state = new Int32Array(this.#words.buffer);
  readonly #numbers = new Int32Array(stateSize);
  #position = stateSize;
  /** The second of a pair of normal samples, kept for the next call. */
  #spare: number | null = null;
  readonly #counted: boolean;

  constructor(seed = 5489, options: { readonly counted?: boolean } = {}) {
    this.#counted = options.counted ?? false;
    this.manualSeed(seed);
  }

  /** Starts over from `seed`, of which the lower 32 bits count. @throws RangeError for a fraction. */
  manualSeed(seed: number): this {
    if (!Number.isSafeInteger(seed))
      throw new RangeError(`manualSeed: ${seed} - wanted a whole number`);
    const words = this.#words;
    let word = Number(BigInt.asUintN(32, BigInt(seed)));
    words[0] = word;
    for (let i = 1; i < stateSize; i++) {
      word = (Math.imul(word ^ (word >>> 30), 1812433253) + i) >>> 0;
      words[i] = word;
    }
    this.#position = stateSize;
    this.#spare = null;
    return this;
  }

  /** Where the generator stands, as plain data: the samples that follow are the same after `setState`. */
  getState(): GeneratorState {
    return { words: [...this.#words], position: this.#position, spare: this.#spare };
  }

  /** Goes on from where `getState` was. @throws TypeError, RangeError for any other state. */
  setState(state: GeneratorState): void {
    refuseOtherState(state);
    this.#words.set(state.words);
    this.#temper();
    this.#position = state.position;
    this.#spare = state.spare;
  }

  /** 32 random bits, as a number from 0 to 2³² - 1. */
  bits(): number {
    if (this.#counted) activity.draws++;
    return this.#next() >>> 0;
  }

  /** As `bits`, with a sign and not counted. */
  #next(): number {
    if (this.#position === stateSize) this.#twist();
    // The position is below stateSize here, so the number exists.
    return this.#numbers[this.#position++]!;
  }

  #twist(): void {
    const state = this.#state;
    // All indices are below stateSize: the last word is joined with the first.
    const twisted = (i: number, next: number, far: number): number => {
      const joined = (state[i]! & 0x80000000) | (state[next]! & 0x7fffffff);
      return state[far]! ^ (joined >>> 1) ^ (-(joined & 1) & 0x9908b0df);
    };
    const rest = stateSize - middle;
    for (let i = 0; i < rest; i++) state[i] = twisted(i, i + 1, i + middle);
    for (let i = rest; i < stateSize - 1; i++) state[i] = twisted(i, i + 1, i - rest);
    state[stateSize - 1] = twisted(stateSize - 1, 0, middle - 1);
    this.#temper();
    this.#position = 0;
  }

  #temper(): void {
    for (let i = 0; i < stateSize; i++) {
      let word = this.#state[i]!;
      word ^= word >>> 11;
      word ^= (word << 7) & 0x9d2c5680;
      word ^= (word << 15) & 0xefc60000;
      this.#numbers[i] = word ^ (word >>> 18);
    }
  }

  /** Uniform in [0, 1), a multiple of 2⁻²⁴: an f32 sample. */
  uniform(): number {
    return (this.bits() & 0xffffff) / 0x1000000;
  }

  /** Uniform in [0, 1), a multiple of 2⁻⁵³: an f64 sample. */
  uniform53(): number {
    const high = this.bits();
    const low = this.bits();
    return ((high & 0x1fffff) * 0x100000000 + low) / 0x20000000000000;
  }

  /** A whole number from 0 to `range - 1`. */
  below(range: number): number {
    if (range <= 0x100000000) return this.bits() % range;
    const bits = (BigInt(this.bits()) << 32n) | BigInt(this.bits());
    return Number(bits % BigInt(range));
  }

  /** One sample of the standard normal distribution (Box and Muller, 1958); every second is spare. */
  normal(): number {
    if (this.#spare !== null) {
      const sample = this.#spare;
      this.#spare = null;
      return sample;
    }
    const angle = 2 * Math.PI * this.uniform53();
    const radius = Math.sqrt(-2 * log1p(-this.uniform53()));
    this.#spare = radius * sin(angle);
    return radius * cos(angle);
  }

  /** Fills `out` with uniform samples of `[low, high)`, rounded as the array stores them. */
  fillUniform(out: Float32Array | Float64Array, low: number, high: number): void {
    if (out instanceof Float64Array) {
      const span = high - low;
      for (let i = 0; i < out.length; i++) out[i] = this.uniform53() * span + low;
      return;
    }
    if (this.#counted) activity.draws += out.length;
    const span = Math.fround(Math.fround(high) - Math.fround(low));
    for (let i = 0; i < out.length; i++) {
      const sample = (this.#next() & 0xffffff) / 0x1000000;
      out[i] = Math.fround(sample * span) + low;
    }
  }

  /**
   * Fills `out` with normal samples. From 16 on, PyTorch draws blocks of 16 uniform numbers and
   * pairs number i with i + 8; a rest is covered by drawing the last 16 anew.
   */
  fillNormal(out: Float32Array | Float64Array, mean: number, std: number): void {
    if (out.length < 16) {
      for (let i = 0; i < out.length; i++) out[i] = this.normal() * std + mean;
      return;
    }
    const draw = () => (out instanceof Float64Array ? this.uniform53() : this.uniform());
    for (let i = 0; i < out.length; i++) out[i] = draw();
    const whole = out.length - (out.length % 16);
    for (let start = 0; start < whole; start += 16) normalBlock(out, start, mean, std);
    if (whole === out.length) return;
    const last = out.length - 16;
    for (let i = last; i < out.length; i++) out[i] = draw();
    normalBlock(out, last, mean, std);
  }

  /**
   * Fills `out` with 1 where a uniform sample is below the probability, else 0. One probability
   * for all is compared in double precision; each with its own in the precision of `p`.
   */
  fillBernoulli(out: TypedArray, p: number | Float32Array | Float64Array): void {
    if (typeof p === "number") {
      if (this.#counted) activity.draws += 2 * out.length;
      // In whole numbers: as `uniform53` without its division.
      const threshold = p * 0x20000000000000;
      for (let i = 0; i < out.length; i++) {
        const high = this.#next() & 0x1fffff;
        out[i] = high * 0x100000000 + (this.#next() >>> 0) < threshold ? 1 : 0;
      }
      return;
    }
    const single = p instanceof Float32Array;
    // Both arrays have one length.
    for (let i = 0; i < out.length; i++)
      out[i] = (single ? this.uniform() : this.uniform53()) < p[i]! ? 1 : 0;
  }

  /** Fills `out` with samples of the exponential distribution e⁻ˣ. */
  fillExponential(out: Float32Array | Float64Array): void {
    for (let i = 0; i < out.length; i++) out[i] = -log1p(-this.uniform53());
  }

  /** The numbers 0 to n - 1 in random order. */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n - 1; i++) {
      const other = i + this.below(n - i);
      // Both are below n.
      const kept = order[i]!;
      order[i] = order[other]!;
      order[other] = kept;
    }
    return order;
  }
}

/** A state may come from a file, so nothing about it is taken for granted. */
function refuseOtherState(state: GeneratorState): void {
  const given: Partial<GeneratorState> | null | undefined = state;
  const { words, position, spare } = given ?? {};
  if (!Array.isArray(words))
    throw new TypeError(`setState: ${kindOf(state)} - wanted what getState() gave`);
  if (words.length !== stateSize)
    throw new RangeError(`setState: ${words.length} words - wanted ${stateSize}`);
  const wrong = words.find((word: unknown) => typeof word !== "number" || word !== word >>> 0);
  if (wrong !== undefined)
    throw new RangeError(`setState: the word ${String(wrong)} - wanted whole numbers of 32 bits`);
  if (!Number.isInteger(position) || position === undefined || position < 0 || position > stateSize)
    throw new RangeError(
      `setState: position ${String(position)} - wanted a whole number from 0 to ${stateSize}`,
    );
  if (spare !== null && typeof spare !== "number")
    throw new TypeError(
      `setState: ${kindOf(spare)} for the spare sample - wanted a number or null`,
    );
}

/** Turns the 16 uniform numbers at `start` into normal ones; the block lies inside the array. */
function normalBlock(
  out: Float32Array | Float64Array,
  start: number,
  mean: number,
  std: number,
): void {
  for (let i = start; i < start + 8; i++) {
    const radius = Math.sqrt(-2 * log(1 - out[i]!));
    const angle = 2 * Math.PI * out[i + 8]!;
    out[i] = radius * cos(angle) * std + mean;
    out[i + 8] = radius * sin(angle) * std + mean;
  }
}

/**
 * The generator that every random function uses unless given another.
 * @example
 * const state = defaultGenerator.getState();
 * const first = rand([3]);
 * defaultGenerator.setState(state);
 * first.sub(rand([3])).abs().sum().item() // 0
 */
export const defaultGenerator = new Generator(randomSeed(), { counted: true });

function randomSeed(): number {
  return Math.floor(Math.random() * 0x100000000);
}

/** The generator that options name, or the default one. @throws DTypeError for what is none. */
export function generatorOf(
  op: string,
  { generator = defaultGenerator }: { readonly generator?: Generator },
): Generator {
  if (!(generator instanceof Generator))
    throw new DTypeError(`${op}: ${kindOf(generator)} for the generator - wanted a Generator`);
  return generator;
}

/** The seeds that cells set, for a kernel that records them or has a cell run with others. */
export const seeds = {
  /** What is added to each: other numbers from the same text. */
  shift: 0,
  /** The last that was set, the shift in it; null: none since a kernel has cleared this. */
  last: null as number | null,
};

/**
 * Starts the default generator from `seed`: whatever follows gives the same numbers each time.
 * @throws RangeError for a fraction.
 * @example
 * manualSeed(42);
 * rand([3]) // tensor([0.8823, 0.9150, 0.3829])
 */
export function manualSeed(seed: number): Generator {
  const shifted = Number.isSafeInteger(seed) ? seed + seeds.shift : seed;
  defaultGenerator.manualSeed(shifted);
  seeds.last = shifted;
  return defaultGenerator;
}

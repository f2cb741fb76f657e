/**
 * One call of a kernel, shared between threads. It stands in a block of the memory that all of them
 * see, as numbers that grow with the item: whoever has time claims the next items, so that a thread
 * that is late costs nothing but its help.
 */
import { SCRATCH, THREADS_BLOCK } from "../memory.ts";

/** A kernel: addresses and counts are i32, other numbers f32 or f64. */
export type Kernel = (...numbers: number[]) => number;

/** How the arguments of a call on a part of the items, rows or elements, follow from those of the whole. */
export interface Division {
  /** What is added to each argument for each item before the first; 0 where left out. */
  readonly steps: readonly number[];
  /** The argument that is how many items there are, if any. */
  readonly size?: number;
  /** The argument that is the item after the last, if any. */
  readonly end?: number;
  /** The arguments that lie in the room of the thread that runs the part. */
  readonly scratch?: readonly number[];
  /** Parts begin at multiples of so many items; 1 unless given. */
  readonly grain?: number;
  /** Parts for each thread, for the quicker ones to take more; 4 unless given. */
  readonly parts?: number;
}

/** Words of the block. */
const UNCLAIMED = 0;
const UNFINISHED = 1;
const ASLEEP = 2;
const READY = 3;
const FAILED = 4;
const KERNEL = 5;
const LENGTH = 6;
const PARTS = 7;
const COUNT = 8;
const PART = 9;
const SIZE = 10;
const END = 11;
const WORDS = 16;
/** The most arguments of a kernel. */
const MOST = 40;

/** Looks at a word before a thread sleeps: some tens of microseconds, within which the next call often comes. */
const SPINS = 20_000;

export class SharedJob {
  readonly #words: Int32Array;
  readonly #arguments: Float64Array;
  readonly #steps: Float64Array;
  readonly #rooms: Float64Array;
  readonly #kernels: readonly Kernel[];
  /** What failed in this thread. */
  #failure: unknown;

  /** `kernels` are the same in all threads. */
  constructor({ buffer }: WebAssembly.Memory, kernels: readonly Kernel[]) {
    this.#words = new Int32Array(buffer, THREADS_BLOCK, WORDS);
    const numbers = THREADS_BLOCK + 4 * WORDS;
    this.#arguments = new Float64Array(buffer, numbers, MOST);
    this.#steps = new Float64Array(buffer, numbers + 8 * MOST, MOST);
    this.#rooms = new Float64Array(buffer, numbers + 16 * MOST, MOST);
    this.#kernels = kernels;
  }

  /** How many threads are there to help. */
  get helpers(): number {
    return Atomics.load(this.#words, READY);
  }

  /**
   * Calls `kernel` for all of `count` items, and returns when the last of them is done.
   * @throws Error when a kernel failed in any thread.
   */
  run(kernel: Kernel, values: readonly number[], count: number, division: Division): void {
    const words = this.#words;
    const { grain = 1, parts = 4 } = division;
    const wanted = Math.ceil(count / (parts * (1 + this.helpers)) / grain) * grain;
    const part = Math.max(grain, wanted);
    const partCount = Math.ceil(count / part);
    // Nobody reads them before there is something to claim.
    words[KERNEL] = this.#kernels.indexOf(kernel);
    words[LENGTH] = values.length;
    words[PARTS] = partCount;
    words[COUNT] = count;
    words[PART] = part;
    words[SIZE] = division.size ?? -1;
    words[END] = division.end ?? -1;
    for (let i = 0; i < values.length; i++) {
      this.#arguments[i] = values[i] ?? 0;
      this.#steps[i] = division.steps[i] ?? 0;
      this.#rooms[i] = division.scratch?.includes(i) ? SCRATCH : 0;
    }
    Atomics.store(words, UNFINISHED, partCount);
    Atomics.store(words, UNCLAIMED, partCount);
    if (Atomics.load(words, ASLEEP) > 0) Atomics.notify(words, UNCLAIMED);
    this.#claim(0);
    this.#finish();
    if (Atomics.exchange(words, FAILED, 0) !== 0)
      throw new Error("internal: a kernel failed in a thread", { cause: this.#failure });
  }

  /** Helps with what comes, for ever. `index` is the thread's number, from 1. */
  serve(index: number): never {
    const words = this.#words;
    Atomics.add(words, READY, 1);
    for (;;) {
      this.#claim(index);
      let left = SPINS;
      while (left > 0 && Atomics.load(words, UNCLAIMED) === 0) left -= 1;
      if (left > 0) continue;
      Atomics.add(words, ASLEEP, 1);
      Atomics.wait(words, UNCLAIMED, 0);
      Atomics.sub(words, ASLEEP, 1);
    }
  }

  /** Does parts until all are claimed. */
  #claim(thread: number): void {
    const words = this.#words;
    for (;;) {
      const unclaimed = Atomics.load(words, UNCLAIMED);
      if (unclaimed === 0) return;
      if (Atomics.compareExchange(words, UNCLAIMED, unclaimed, unclaimed - 1) !== unclaimed)
        continue;
      // The call stays what it is until this part is finished.
      try {
        this.#do((words[PARTS] ?? 0) - unclaimed, thread);
      } catch (error) {
        // The caller throws for all threads: it has to wait for them first.
        Atomics.store(words, FAILED, 1);
        this.#failure = error;
      }
      if (Atomics.sub(words, UNFINISHED, 1) === 1) Atomics.notify(words, UNFINISHED);
    }
  }

  #do(part: number, thread: number): void {
    const words = this.#words;
    const kernel = this.#kernels[words[KERNEL] ?? -1];
    if (kernel === undefined) throw new Error("internal: a call of no kernel");
    const from = part * (words[PART] ?? 0);
    const to = Math.min(from + (words[PART] ?? 0), words[COUNT] ?? 0);
    const values: number[] = [];
    for (let i = 0; i < (words[LENGTH] ?? 0); i++)
      values.push(
        (this.#arguments[i] ?? 0) + from * (this.#steps[i] ?? 0) + thread * (this.#rooms[i] ?? 0),
      );
    if (words[SIZE] !== -1) values[words[SIZE] ?? 0] = to - from;
    if (words[END] !== -1) values[words[END] ?? 0] = to;
    kernel(...values);
  }

  /** Waits for the parts that others claimed. */
  #finish(): void {
    const words = this.#words;
    let left = SPINS;
    while (Atomics.load(words, UNFINISHED) !== 0) {
      if (left > 0) left -= 1;
      else {
        const unfinished = Atomics.load(words, UNFINISHED);
        // Told only of the last: others lower the number on the way.
        if (unfinished !== 0) Atomics.wait(words, UNFINISHED, unfinished, 1);
      }
    }
  }
}

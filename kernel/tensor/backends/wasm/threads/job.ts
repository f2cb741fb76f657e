/**
 * One call of a kernel, divided into parts that threads share. It stands in a block of the memory that
 * all of them see, as numbers that grow with the item: whoever has time claims the next part, so that
 * a thread that is late costs nothing but its help.
 */
import { isShared, scratchOf, THREADS_BLOCK } from "../memory.ts";
import { type Division, partOf } from "./division.ts";
import { Patience } from "./patience.ts";

/** A kernel: addresses and counts are i32, other numbers f32 or f64. */
export type Kernel = (...numbers: number[]) => number;

/** Words of the block. */
const UNCLAIMED = 0;
const UNFINISHED = 1;
const FAILED = 2;
const TOLD = 3;
/** A bit for each thread: it is there, it sleeps, it may have a part, it ended while it had one. */
const READY = 4;
const ASLEEP = 5;
const BUSY = 6;
const LOST = 7;
/** The call. */
const KERNEL = 8;
const LENGTH = 9;
const PARTS = 10;
const COUNT = 11;
const PART = 12;
const SIZE = 13;
const END = 14;
const WORDS = 16;
/** The most arguments of a kernel. */
const MOST = 40;

/** Looks at a word before the caller sleeps: some 80 microseconds, which is what waking it takes. */
const SPINS = 10_000;
/** Looks of a thread from one look at the clock to the next. */
const LOOKS = 200;

/** What is told where no kernel tells anything: those that do tell a number from 0. */
const NOTHING = -1;

export interface RunOptions {
  /** Other threads help. */
  readonly isShared: boolean;
  /** Parts at least, if there are items enough. */
  readonly parts: number;
  /** Called before each part that this thread takes; what it throws ends the call. */
  readonly attend: () => void;
}

export class SharedJob {
  readonly #words: Int32Array;
  readonly #arguments: Float64Array;
  readonly #steps: Float64Array;
  readonly #partSteps: Float64Array;
  readonly #rooms: Float64Array;
  readonly #kernels: readonly Kernel[];
  /** What failed in this thread. */
  #failure: unknown;

  /** `kernels` are the same in all threads. */
  constructor(memory: WebAssembly.Memory, kernels: readonly Kernel[]) {
    // What grows and is not shared has another buffer then; nobody else would look into it.
    const buffer = isShared(memory) ? memory.buffer : new ArrayBuffer(scratchOf(0));
    this.#words = wordsOf(buffer);
    const table = (index: number) =>
      new Float64Array(buffer, THREADS_BLOCK + 4 * WORDS + 8 * MOST * index, MOST);
    this.#arguments = table(0);
    this.#steps = table(1);
    this.#partSteps = table(2);
    this.#rooms = table(3);
    this.#kernels = kernels;
  }

  /** How many threads are there to help. */
  get helpers(): number {
    let count = 0;
    for (let bits = Atomics.load(this.#words, READY); bits !== 0; bits &= bits - 1) count++;
    return count;
  }

  /** Whether all of them look for work at this moment: to wake one takes longer than many a call. */
  get areAwake(): boolean {
    return Atomics.load(this.#words, ASLEEP) === 0;
  }

  /**
   * Calls `kernel` for all of `count` items, and returns when the last of them is done: what it told of
   * a part, if it told anything, else -1.
   * @throws Error when a kernel failed in any thread, or a thread ended with a part of the call.
   */
  run(
    kernel: Kernel,
    values: readonly number[],
    count: number,
    division: Division,
    { isShared, parts, attend }: RunOptions,
  ): number {
    const words = this.#words;
    const part = partOf(count, division, parts);
    const partCount = Math.max(1, Math.ceil(count / part));
    // Nobody reads them before there is something to claim.
    words[KERNEL] = this.#kernels.indexOf(kernel);
    words[LENGTH] = values.length;
    words[PARTS] = partCount;
    words[COUNT] = count;
    words[PART] = part;
    words[SIZE] = division.size ?? -1;
    words[END] = division.end ?? -1;
    words[TOLD] = NOTHING;
    words[FAILED] = 0;
    for (let i = 0; i < values.length; i++) {
      this.#arguments[i] = values[i] ?? 0;
      this.#steps[i] = division.steps[i] ?? 0;
      this.#partSteps[i] = division.partSteps?.[i] ?? 0;
      this.#rooms[i] = division.rooms?.[i] ?? 0;
    }
    if (!isShared) {
      for (let i = 0; i < partCount; i++) {
        attend();
        this.#do(i, 0);
      }
      return words[TOLD];
    }
    // A thread that ended since the last call had no part of this one.
    Atomics.store(words, LOST, 0);
    Atomics.store(words, UNFINISHED, partCount);
    Atomics.store(words, UNCLAIMED, partCount);
    if (!this.areAwake) Atomics.notify(words, UNCLAIMED);
    try {
      this.#claim(0, attend);
    } finally {
      // Not before nobody writes any more: the next call may be given the same places.
      this.#drop();
      this.#finish();
    }
    if (Atomics.load(words, FAILED) !== 0)
      throw new Error("internal: a kernel failed in a thread", { cause: this.#failure });
    return Atomics.load(words, TOLD);
  }

  /** Helps with what comes, for ever. `index` is the thread's number, from 1. */
  serve(index: number): never {
    const words = this.#words;
    const bit = 1 << index;
    const ignore = () => {};
    const patience = new Patience();
    Atomics.or(words, READY, bit);
    for (;;) {
      const from = performance.now();
      Atomics.or(words, BUSY, bit);
      this.#claim(index, ignore);
      Atomics.and(words, BUSY, ~bit);
      const idle = performance.now();
      patience.worked(idle - from);
      const isFound = this.#look(idle + patience.limit);
      patience.looked(performance.now() - idle);
      if (isFound) continue;
      Atomics.or(words, ASLEEP, bit);
      Atomics.wait(words, UNCLAIMED, 0);
      Atomics.and(words, ASLEEP, ~bit);
    }
  }

  /** Looks for parts `until` that time; whether there are some. */
  #look(until: number): boolean {
    while (performance.now() < until)
      for (let left = LOOKS; left > 0; left--)
        if (Atomics.load(this.#words, UNCLAIMED) !== 0) return true;
    return false;
  }

  /** Does parts until all are claimed. */
  #claim(thread: number, attend: () => void): void {
    const words = this.#words;
    for (;;) {
      const unclaimed = Atomics.load(words, UNCLAIMED);
      if (unclaimed === 0) return;
      attend();
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
        (this.#arguments[i] ?? 0) +
          from * (this.#steps[i] ?? 0) +
          part * (this.#partSteps[i] ?? 0) +
          thread * (this.#rooms[i] ?? 0),
      );
    if (words[SIZE] !== -1) values[words[SIZE] ?? 0] = to - from;
    if (words[END] !== -1) values[words[END] ?? 0] = to;
    const told = kernel(...values);
    if (told > NOTHING) Atomics.store(words, TOLD, told);
  }

  /** Nobody shall claim the parts that are left, if any. */
  #drop(): void {
    const left = Atomics.exchange(this.#words, UNCLAIMED, 0);
    Atomics.sub(this.#words, UNFINISHED, left);
  }

  /** Waits for the parts that others claimed. @throws Error when one of them never comes. */
  #finish(): void {
    const words = this.#words;
    let left = SPINS;
    for (;;) {
      const unfinished = Atomics.load(words, UNFINISHED);
      if (unfinished === 0) return;
      if (left > 0) left -= 1;
      else if (Atomics.load(words, LOST) !== 0) break;
      // Told only of the last: others lower the number on the way.
      else Atomics.wait(words, UNFINISHED, unfinished, 1);
    }
    // The others still write.
    let busy = Atomics.load(words, BUSY);
    while (busy !== 0) {
      Atomics.wait(words, BUSY, busy, 1);
      busy = Atomics.load(words, BUSY);
    }
    throw new Error("internal: a thread ended while it computed");
  }
}

/** To be called by who started thread `index`, when it is over: nobody shall wait for it. */
export function threadEnded({ buffer }: WebAssembly.Memory, index: number): void {
  const words = wordsOf(buffer);
  const bit = 1 << index;
  for (const word of [READY, ASLEEP]) Atomics.and(words, word, ~bit);
  if ((Atomics.and(words, BUSY, ~bit) & bit) !== 0) Atomics.or(words, LOST, bit);
}

function wordsOf(buffer: ArrayBufferLike): Int32Array {
  return new Int32Array(buffer, THREADS_BLOCK, WORDS);
}

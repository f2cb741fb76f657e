/** The module of all kernels, instantiated over an arena, and the threads that help with large calls. */
import { OutOfMemoryError } from "../../errors.ts";
import { Arena } from "./arena.ts";
import { CAPACITY, createMemory, isShared, scratchOf } from "./memory.ts";
import { kernelModule } from "./module.ts";
import { attend } from "./threads/attend.ts";
import type { Division } from "./threads/division.ts";
import { type Kernel, SharedJob } from "./threads/job.ts";
import { kernelsOf } from "./threads/serve.ts";
import { type Variant, type VariantName, variants } from "./variant.ts";

export type { Kernel };

/** Nanoseconds of work above which a call is shared with threads that look for work at the moment. */
const WORTH_SHARING = 15_000;
/** And with threads that sleep: to wake one takes some 80 microseconds, in which the caller has done its half. */
const WORTH_WAKING = 60_000;
/** Nanoseconds after which a call in parts looks whether it is to end. */
const PATIENCE = 20_000_000;
/** Parts for each thread, for the quicker ones to take more. */
const PARTS = 4;
/**
 * Nanoseconds of a part, where parts cost nothing: a kernel's first call runs in code that is made in a
 * hurry, five times as slow, and only the next one, in the next part, in the better code that is ready by then.
 */
const STRETCH = 250_000;

/** Who helps, if the memory is shared. */
export interface Helpers {
  /** With the caller. */
  readonly threads: number;
  /** Starts them, with the module as bytes. They count as soon as they are there. */
  readonly start: (module: Uint8Array<ArrayBuffer>) => void;
}

export interface MachineOptions {
  readonly variant: VariantName;
  /** Another machine's, to compute there in turns with it and without its threads; a new one unless given. */
  readonly arena?: Arena;
  /** Bytes for storages; 128 MiB unless given. */
  readonly capacity?: number;
  /** One of its own unless given. */
  readonly memory?: WebAssembly.Memory;
  /** Nobody unless given. */
  readonly helpers?: Helpers | undefined;
  /** Every call that can be divided is, however small. */
  readonly dividesAll?: boolean;
}

export class Machine {
  readonly variant: Variant;
  readonly arena: Arena;
  /** Where kernels may write what they need no longer than they run: 4 MiB. */
  readonly scratch = scratchOf(0);
  readonly #kernels: Readonly<Record<string, unknown>>;
  readonly #job: SharedJob;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #dividesAll: boolean;
  /** The threads that help in this memory have another machine's kernels. */
  readonly #isAlone: boolean;
  /** That may compute at once: each has a room of its own. */
  readonly threads: number;
  #helpers: Helpers | null;

  constructor(options: MachineOptions) {
    const { variant, capacity = CAPACITY, memory, helpers, dividesAll = false } = options;
    this.variant = variants[variant];
    this.#dividesAll = dividesAll;
    this.threads = helpers?.threads ?? 1;
    const own = options.arena?.memory ?? memory ?? createMemory(false, 1);
    if (own === null) throw new OutOfMemoryError(CAPACITY, null, null);
    const before = scratchOf(this.threads);
    this.arena = options.arena ?? new Arena({ capacity, before, memory: own });
    this.#isAlone = options.arena !== undefined;
    const { bytes, module } = kernelModule(variant, isShared(own));
    this.#bytes = bytes;
    const instance = new WebAssembly.Instance(module, { host: { memory: own } });
    this.#kernels = instance.exports;
    this.#job = new SharedJob(own, kernelsOf(instance));
    this.#helpers = helpers ?? null;
  }

  kernel(name: string): Kernel {
    const found = this.#kernels[name];
    if (typeof found !== "function") throw new Error(`internal: no kernel ${name}`);
    // Every export of the module is a function of numbers.
    return found as Kernel;
  }

  /**
   * Whether a call that takes one thread `work` nanoseconds, roughly, is for `share()`: other threads are
   * to help, or it is long. Threads are started at the first that is worth it, which does not wait for them.
   */
  isShared(work: number): boolean {
    return this.#isHelped(work) || work > STRETCH;
  }

  /** Calls `kernel` with `values`, which are for `count` items, in parts by all threads. As `call`. */
  share(
    kernel: Kernel,
    values: readonly number[],
    count: number,
    division: Division,
    work = 0,
  ): number {
    return this.#run(kernel, values, count, division, work, this.#help > 0);
  }

  /**
   * Calls `kernel` with `values`, in parts if that pays or its division asks for it. Gives what it told,
   * see `SharedJob`.
   * @throws what was set by `attendInCalls`.
   */
  call(
    kernel: Kernel,
    values: readonly number[],
    count: number,
    division: Division,
    work: number,
  ): number {
    const isHelped = count > (division.grain ?? 1) && this.#isHelped(work);
    return isHelped || division.part !== undefined || work > STRETCH
      ? this.#run(kernel, values, count, division, work, isHelped)
      : kernel(...values);
  }

  #run(
    kernel: Kernel,
    values: readonly number[],
    count: number,
    division: Division,
    work: number,
    isShared: boolean,
  ): number {
    const threads = isShared ? 1 + this.#help : 1;
    const stretch = division.parts === undefined ? STRETCH : PATIENCE;
    const perThread = Math.ceil(work / stretch / threads);
    return this.#job.run(kernel, values, count, division, {
      isShared,
      parts: threads * Math.max(perThread, isShared ? (division.parts ?? PARTS) : 1),
      attend: division.isInPlace === true ? ignore : attend,
    });
  }

  /** How many other threads are there to help. */
  get #help(): number {
    return this.#isAlone ? 0 : this.#job.helpers;
  }

  #isHelped(work: number): boolean {
    if (work < WORTH_SHARING && !this.#dividesAll) return false;
    const isLarge = work >= WORTH_WAKING || this.#dividesAll;
    if (isLarge && this.#helpers !== null) {
      this.#helpers.start(this.#bytes);
      this.#helpers = null;
    }
    return this.#help > 0 && (isLarge || this.#job.areAwake);
  }
}

function ignore(): void {}

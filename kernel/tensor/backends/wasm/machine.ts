/** The module of all kernels, instantiated over an arena, and the threads that help with large calls. */
import { OutOfMemoryError } from "../../errors.ts";
import { ModuleWriter } from "./assembler/index.ts";
import { Arena } from "./arena.ts";
import { writeKernels } from "./kernels/index.ts";
import { CAPACITY, createMemory, isShared, scratchOf } from "./memory.ts";
import { type Division, type Kernel, SharedJob } from "./threads/job.ts";
import { kernelsOf } from "./threads/serve.ts";
import { type Variant, type VariantName, variants } from "./variant.ts";

export type { Kernel };

/**
 * Nanoseconds of work above which a call is shared: waking a thread takes some 80 microseconds, in
 * which the caller has done its half.
 */
const WORTH_SHARING = 60_000;

/** Who helps, if the memory is shared. */
export interface Helpers {
  /** With the caller. */
  readonly threads: number;
  /** Starts them, with the module as bytes. They count as soon as they are there. */
  readonly start: (module: Uint8Array<ArrayBuffer>) => void;
}

export interface MachineOptions {
  readonly variant: VariantName;
  /** Bytes for storages; 128 MiB unless given. */
  readonly capacity?: number;
  /** One of its own unless given. */
  readonly memory?: WebAssembly.Memory;
  /** Nobody unless given. */
  readonly helpers?: Helpers | undefined;
}

export class Machine {
  readonly variant: Variant;
  readonly arena: Arena;
  /** Where kernels may write what they need no longer than they run: 4 MiB. */
  readonly scratch = scratchOf(0);
  readonly #kernels: Readonly<Record<string, unknown>>;
  readonly #job: SharedJob;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #helpers: Helpers | null;

  constructor({ variant, capacity = CAPACITY, memory, helpers }: MachineOptions) {
    this.variant = variants[variant];
    const writer = new ModuleWriter();
    writeKernels(writer, this.variant);
    const own = memory ?? createMemory(false, 1);
    if (own === null) throw new OutOfMemoryError(CAPACITY, 0, null);
    const before = scratchOf(helpers?.threads ?? 1);
    this.arena = new Arena({ capacity, before, memory: own });
    this.#bytes = writer.encode(isShared(own));
    const module = new WebAssembly.Module(this.#bytes);
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
   * Whether a call that takes one thread `work` nanoseconds, roughly, is to be shared. Threads are
   * started at the first that is, which does not wait for them.
   */
  isShared(work: number): boolean {
    if (work < WORTH_SHARING) return false;
    this.#helpers?.start(this.#bytes);
    this.#helpers = null;
    return this.#job.helpers > 0;
  }

  /** Calls `kernel` with `values`, which are for `count` items, in parts by all threads. */
  share(kernel: Kernel, values: readonly number[], count: number, division: Division): void {
    this.#job.run(kernel, values, count, division);
  }
}

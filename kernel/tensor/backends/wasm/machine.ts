/** The module of all kernels, instantiated over an arena. */
import { OutOfMemoryError } from "../../errors.ts";
import { ModuleWriter } from "./assembler/index.ts";
import { Arena } from "./arena.ts";
import { writeKernels } from "./kernels/index.ts";
import { CAPACITY, createMemory, isShared, scratchOf } from "./memory.ts";
import { type Variant, type VariantName, variants } from "./variant.ts";

/** A kernel: addresses and counts are i32, other numbers f32. */
export type Kernel = (...numbers: number[]) => number;

export interface MachineOptions {
  readonly variant: VariantName;
  /** Bytes for storages; 128 MiB unless given. */
  readonly capacity?: number;
  /** One of its own unless given. */
  readonly memory?: WebAssembly.Memory;
}

export class Machine {
  readonly variant: Variant;
  readonly arena: Arena;
  /** Where kernels may write what they need no longer than they run: 4 MiB. */
  readonly scratch = scratchOf(0);
  readonly module: WebAssembly.Module;
  readonly #kernels: Readonly<Record<string, unknown>>;

  constructor({ variant, capacity = CAPACITY, memory }: MachineOptions) {
    this.variant = variants[variant];
    const writer = new ModuleWriter();
    writeKernels(writer, this.variant);
    const own = memory ?? createMemory(false, 1);
    if (own === null) throw new OutOfMemoryError(CAPACITY, 0, null);
    this.arena = new Arena({ capacity, before: scratchOf(1), memory: own });
    this.module = new WebAssembly.Module(writer.encode(isShared(own)));
    const host = { memory: this.arena.memory };
    this.#kernels = new WebAssembly.Instance(this.module, { host }).exports;
  }

  kernel(name: string): Kernel {
    const found = this.#kernels[name];
    if (typeof found !== "function") throw new Error(`internal: no kernel ${name}`);
    // Every export of the module is a function of numbers.
    return found as Kernel;
  }
}

/** The module of all kernels, instantiated over an arena. */
import { MOST_PAGES, ModuleWriter } from "./assembler/index.ts";
import { Arena } from "./arena.ts";
import { writeKernels } from "./kernels/index.ts";
import { type Variant, type VariantName, variants } from "./variant.ts";

/** A kernel: addresses and counts are i32, other numbers f32. */
export type Kernel = (...numbers: number[]) => number;

/** In which storages lie until they are evicted: more is faster only until all of a step fits. */
const CAPACITY = 128 * 2 ** 20;
/** What kernels work in: packed panels of factors and the like. */
const SCRATCH = 4 * 2 ** 20;

export interface MachineOptions {
  readonly variant: VariantName;
  /** Bytes for storages; 128 MiB unless given. */
  readonly capacity?: number;
  /** Whether the memory can be given to other workers. */
  readonly shared?: boolean;
}

export class Machine {
  readonly variant: Variant;
  readonly arena: Arena;
  /** Where kernels may write what they need no longer than they run: `SCRATCH` bytes. */
  readonly scratch = 64;
  readonly module: WebAssembly.Module;
  readonly #kernels: Readonly<Record<string, unknown>>;

  constructor({ variant, capacity = CAPACITY, shared = false }: MachineOptions) {
    this.variant = variants[variant];
    const writer = new ModuleWriter();
    writeKernels(writer, this.variant);
    this.module = new WebAssembly.Module(writer.encode(shared));
    this.arena = new Arena({ capacity, scratch: SCRATCH, shared, mostPages: MOST_PAGES });
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

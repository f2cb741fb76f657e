/** A thread that helps: the same kernels over the same memory, and nothing else of the engine. */
import { type Kernel, SharedJob } from "./job.ts";

/** What a thread starts with. */
export interface ThreadStart {
  /** The module of all kernels, as bytes. */
  readonly module: Uint8Array<ArrayBuffer>;
  readonly memory: WebAssembly.Memory;
  /** From 1: the caller of kernels is thread 0. */
  readonly index: number;
}

/** Never returns: the thread ends with its worker. */
export function serveThread({ module, memory, index }: ThreadStart): never {
  const compiled = new WebAssembly.Module(module);
  const instance = new WebAssembly.Instance(compiled, { host: { memory } });
  return new SharedJob(memory, kernelsOf(instance)).serve(index);
}

/** The kernels in the order of the module. */
export function kernelsOf({ exports }: WebAssembly.Instance): readonly Kernel[] {
  // Every export of the module is a function of numbers.
  return Object.values(exports) as Kernel[];
}

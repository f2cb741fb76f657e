/** The linear memory: a block for messages between threads, room for each to work in, storages. */
import { MOST_PAGES } from "./assembler/index.ts";

export const PAGE = 65_536;

/** Where storages lie until they are evicted: more is faster only until all of a step fits. */
export const CAPACITY = 128 * 2 ** 20;

/** What kernels of one thread work in: packed panels of factors and the like. */
export const SCRATCH = 4 * 2 ** 20;

/** Address 0 means "nowhere", and nobody writes beside it by mistake. */
export const THREADS_BLOCK = 64;
const FIRST_SCRATCH = 2048;

/** The fewest pages a memory may grow to. */
const FEW_PAGES = 4096;

/** The room of thread `index`, the caller's being 0. */
export function scratchOf(index: number): number {
  return FIRST_SCRATCH + index * SCRATCH;
}

/**
 * A memory with room for `threads` threads and the storages of a step, as large as the machine lets it
 * grow; null where there is no such room, or none that can be `shared`.
 */
export function createMemory(shared: boolean, threads: number): WebAssembly.Memory | null {
  const initial = Math.ceil((scratchOf(threads) + CAPACITY) / PAGE);
  for (let maximum = MOST_PAGES; maximum >= FEW_PAGES; maximum /= 2) {
    try {
      return new WebAssembly.Memory({ initial, maximum, shared });
    } catch (error) {
      // A phone refuses to reserve 2 GiB and gives half of it.
      if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
    }
  }
  return null;
}

/** Whether other workers may compute in it. */
export function isShared({ buffer }: WebAssembly.Memory): boolean {
  // The class has no global name where a page is not isolated, though such memory may come from one that is.
  return !(buffer instanceof ArrayBuffer);
}

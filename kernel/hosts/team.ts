/** How many threads compute, and the memory they share. Whoever owns a kernel owns its threads too. */
import { createMemory } from "../tensor/backends/wasm/memory.ts";

/** The kernel's own thread and those that help it. */
export interface Team {
  readonly memory: WebAssembly.Memory;
  readonly threads: number;
}

/** More gain little where memory is the limit, and the page wants a processor too. */
const MOST_THREADS = 4;

/** Null where one thread has to do. */
export function createTeam(processors: number): Team | null {
  const threads = Math.min(processors, MOST_THREADS);
  const memory = threads > 1 ? createMemory(true, threads) : null;
  return memory === null ? null : { memory, threads };
}

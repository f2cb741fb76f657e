/**
 * What the first ops would wait for, done while nobody waits. A system gives memory page by page when it is
 * first written: two results of 16 MB are eight thousand pages, which take longer than most ops.
 */
import type { Arena } from "./arena.ts";

/** Half of the arena: the operands, results and slopes of a large op. */
const AHEAD = 64 * 2 ** 20;
/** So much at once, which takes less than a millisecond. */
const SLICE = 2 ** 20;
/** The smallest page of any machine. */
const PAGE = 4096;

/** Has the system give some of the arena's memory at each call; whether there is more to be done. */
export function pagesAhead(arena: Arena): () => boolean {
  let next = arena.top;
  const end = next + AHEAD;
  return () => {
    const { buffer } = arena.memory;
    const words = new Int32Array(buffer);
    const last = Math.min(end, buffer.byteLength);
    let page = Math.max(next, arena.top);
    next = Math.min(page + SLICE, last);
    for (; page < next; page += PAGE) words[page >> 2] = 0;
    return next < last;
  };
}

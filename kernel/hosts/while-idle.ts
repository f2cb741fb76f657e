/** Work for a kernel that nobody has asked for anything yet. */

/** Those of cells, which the kernel puts in their place, count as background work of a run. */
const { setTimeout, clearTimeout } = globalThis;

/** Milliseconds between two turns: page and compiler start at the same time. */
const PAUSE = 4;

/** Calls `work` turn by turn as long as it says that there is more; gives what ends that. */
export function whileIdle(work: () => boolean): () => void {
  const turn = (): void => {
    if (work()) timer = setTimeout(turn, PAUSE);
  };
  let timer = setTimeout(turn, PAUSE);
  return () => clearTimeout(timer);
}

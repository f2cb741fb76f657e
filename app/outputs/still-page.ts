/**
 * Work that takes longer than a frame of scrolling waits for a page that stands still: making a scene, drawing
 * what is not in sight. One after another, so that a reader who begins to scroll waits for one at most.
 */

/** A page that has not been scrolled for so long stands still, in ms. */
const STILL_MS = 150;

const waiting: (() => unknown)[] = [];
let isAtWork = false;
let scrolls = 0;
let scrolledAt: number | null = null;

/** Has {@link whenStill} know of scrolling from now on. */
export function followScrolling(): void {
  if (scrolledAt !== null) return;
  scrolledAt = -Infinity;
  const note = () => {
    scrolls += 1;
    scrolledAt = performance.now();
  };
  addEventListener("scroll", note, { capture: true, passive: true });
}

/** Does `work`, and waits for what it promises, when the page stands still. It must not throw. */
export function whenStill(work: () => unknown): void {
  waiting.push(work);
  if (!isAtWork) void workThrough();
}

async function workThrough(): Promise<void> {
  isAtWork = true;
  while (waiting.length > 0) {
    await still();
    await waiting.shift()?.();
  }
  isAtWork = false;
}

/** Time alone does not tell: what was scrolled during long work is heard of with the frames after it. */
async function still(): Promise<void> {
  for (;;) {
    const before = scrolls;
    await frame();
    await frame();
    if (scrolls === before && performance.now() - (scrolledAt ?? -Infinity) >= STILL_MS) return;
  }
}

function frame(): Promise<unknown> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

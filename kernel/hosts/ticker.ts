/**
 * What the owner of a control block does while a kernel computes: it ticks. Code that goes on when no run
 * is under way is ticked as well, and, if it lasts, told to who started the kernel.
 */

import { TICK_MS } from "./control.ts";

/** Longer than a kernel waits to say that such code has come to its end: a callback alone is no news. */
const NEWS_MS = 600;

export interface Ticker {
  /** A run has begun, or ended. */
  busy(running: boolean): void;
  /** Code of runs that are over goes on, or does no more. */
  background(running: boolean): void;
  /** The kernel is gone. */
  stop(): void;
}

/** `tick` null: memory is not shared, and nobody would see it. */
export function createTicker(
  tick: (() => void) | null,
  tellBackground: (running: boolean) => void,
): Ticker {
  let isBusy = false;
  let isBackground = false;
  let isTold = false;
  let ticking: ReturnType<typeof setInterval> | undefined;
  let news: ReturnType<typeof setTimeout> | undefined;

  function arrange(): void {
    const wanted = tick !== null && (isBusy || isBackground);
    if (wanted && ticking === undefined) ticking = setInterval(tick, TICK_MS);
    if (wanted || ticking === undefined) return;
    clearInterval(ticking);
    ticking = undefined;
  }

  function tell(running: boolean): void {
    if (isTold === running) return;
    isTold = running;
    tellBackground(running);
  }

  return {
    busy(running) {
      isBusy = running;
      arrange();
    },
    background(running) {
      isBackground = running;
      arrange();
      clearTimeout(news);
      if (running) news = setTimeout(() => tell(true), NEWS_MS);
      else tell(false);
    },
    stop() {
      clearInterval(ticking);
      clearTimeout(news);
    },
  };
}

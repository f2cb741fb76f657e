/**
 * How long a thread looks for work before it sleeps. To wake it takes some 80 microseconds: who looks as long
 * wastes no more than twice what the best guess would. Between the ops of a training step lie longer
 * waits, so a thread may look longer by the time for which it has worked: it wastes no more than half.
 */

/** Milliseconds that cost as much as to be woken. */
const WAKING = 0.08;
/** The most that is saved up: then the step is over. */
const MOST = 1;

export class Patience {
  #saved = 0;

  worked(ms: number): void {
    this.#saved = Math.min(this.#saved + ms, MOST);
  }

  /** Milliseconds to look for work. */
  get limit(): number {
    return WAKING + this.#saved;
  }

  looked(ms: number): void {
    this.#saved -= Math.min(Math.max(ms - WAKING, 0), this.#saved);
  }
}

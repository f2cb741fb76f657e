/** Stop, softly first: by force after a grace time, or at a second wish. */

export interface Stops {
  /** The reader wants `target` to end; `softly` asks it to. */
  stop(target: object, softly: () => void): void;
  /** It has ended by itself. */
  ended(target: object): void;
}

export function createStops(graceMs: number, force: () => void): Stops {
  let stopping: { readonly target: object; readonly timer: unknown } | null = null;

  function forget(): void {
    clearTimeout(stopping?.timer as Parameters<typeof clearTimeout>[0]);
    stopping = null;
  }

  return {
    stop(target, softly) {
      if (stopping?.target === target) return force();
      forget();
      stopping = { target, timer: setTimeout(force, graceMs) };
      softly();
    },
    ended(target) {
      if (stopping?.target === target) forget();
    },
  };
}

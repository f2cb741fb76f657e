/** The event loop's own primitives, taken before cells can replace or we wrap them. */

const nativeSetTimeout = globalThis.setTimeout;
const nativeClearTimeout = globalThis.clearTimeout;

/**
 * Calls back in a later turn of the event loop, after other waiting messages. Timers would cost
 * 4 ms each, and `scheduler.yield` starves messages in Chromium.
 */
export const nextTurn: (callback: () => void) => void = createNextTurn();

function createNextTurn(): (callback: () => void) => void {
  const native = globalThis.setImmediate as typeof setImmediate | undefined;
  if (native !== undefined) return (callback) => void native(callback);
  const waiting: (() => void)[] = [];
  const channel = new MessageChannel();
  channel.port1.onmessage = () => waiting.shift()?.();
  return (callback) => {
    waiting.push(callback);
    channel.port2.postMessage(null);
  };
}

/** A timer that a cell's `clearTimeout` or wrapped globals cannot touch. Returns its canceller. */
export function after(delayMs: number, callback: () => void): () => void {
  const timer = nativeSetTimeout(callback, delayMs);
  return () => nativeClearTimeout(timer);
}

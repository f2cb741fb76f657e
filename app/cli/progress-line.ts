/**
 * A loop's bar where there is only text: one line that is written over on a terminal, and a line now
 * and then in a log.
 */
import { progressWords } from "../notebook/progress-words.ts";
import type { Progress } from "../notebook/runtime.ts";

/** Where it is written: a stream that may be a terminal. */
export interface ProgressSink {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  /** Of a terminal. */
  readonly columns?: number;
}

export interface ProgressLine {
  /** `name` says whose bar it is. */
  tell(name: string, progress: Omit<Progress, "loop">): void;
  /** Makes room for other text. */
  clear(): void;
}

const REDRAWN_MS = 100;
const LOGGED_MS = 10_000;

export function createProgressLine(
  sink: ProgressSink,
  now: () => number = () => performance.now(),
): ProgressLine {
  let toldAt = now();
  let isDrawn = false;

  return {
    tell(name, progress) {
      const isTerminal = sink.isTTY === true;
      const isDue = now() - toldAt >= (isTerminal ? REDRAWN_MS : LOGGED_MS);
      if (!isDue) return;
      toldAt = now();
      const text = `${name}: ${progressWords(progress)}`;
      if (!isTerminal) {
        sink.write(`${text}\n`);
        return;
      }
      // A line that wraps could not be written over.
      sink.write(`\r${text.slice(0, (sink.columns ?? 80) - 1)}\u001b[K`);
      isDrawn = true;
    },
    clear() {
      if (isDrawn) sink.write("\r\u001b[K");
      isDrawn = false;
    },
  };
}

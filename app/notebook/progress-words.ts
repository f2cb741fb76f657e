/** A loop's progress in words. */
import type { Reached } from "../../kernel/protocol.ts";
import type { Progress } from "./runtime.ts";
import { printDuration } from "./duration.ts";

/** `137 of 460 · 211 per second · 1.5 s left`; what is not known is not said. */
export function progressWords(progress: Omit<Progress, "loop">): string {
  const { done, total, perSecond, inner } = progress;
  const words = [printReached(progress)];
  if (perSecond > 0) words.push(`${printRate(perSecond)} per second`);
  if (perSecond > 0 && total !== null && total > done) {
    words.push(`${printDuration(((total - done) / perSecond) * 1000)} left`);
  }
  if (inner !== undefined) words.push(`inside, ${printReached(inner)}`);
  return words.join(" · ");
}

function printReached({ done, total }: Reached): string {
  const count = (value: number) => value.toLocaleString("en-US");
  return total === null ? count(done) : `${count(done)} of ${count(total)}`;
}

/** `1,204`, `34`, `0.25`: as many digits as a glance can use. */
function printRate(perSecond: number): string {
  if (perSecond >= 10) return Math.round(perSecond).toLocaleString("en-US");
  return String(Number(perSecond.toPrecision(2)));
}

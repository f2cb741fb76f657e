/** A running loop's bar: how far. Its words stand beside it, see `run-controls.tsx`. */
import type { Progress } from "../notebook/runtime.ts";
import { progressWords } from "../notebook/progress-words.ts";

export function ProgressLine({ progress }: { readonly progress: Progress }) {
  const { done, total } = progress;
  const share = total === null || total === 0 ? 1 : Math.min(1, done / total);
  return (
    <div
      className="progress"
      role="progressbar"
      aria-label="Progress of the loop"
      aria-valuetext={progressWords(progress)}
      {...(total === null
        ? {}
        : { "aria-valuemin": 0, "aria-valuemax": total, "aria-valuenow": done })}
      data-endless={total === null || undefined}
    >
      <div className="progress-done" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}

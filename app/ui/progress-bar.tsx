/** A running loop's bar: how far. Its words stand beside it, see `run-controls.tsx`. */
import type { Progress } from "../notebook/runtime.ts";
import { progressWords } from "../notebook/progress-words.ts";

interface Props {
  readonly progress: Progress;
  readonly isPaused: boolean;
}

export function ProgressLine({ progress, isPaused }: Props) {
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
      data-endless={(total === null && !isPaused) || undefined}
    >
      <div className="progress-done" style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}

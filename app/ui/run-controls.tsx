/**
 * What a reader can do to a running cell besides stopping it, beside how far its loop is: pause, go
 * on, step, finish; and what the names hold while it is paused.
 */
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { CellId, Pause } from "../../kernel/protocol.ts";
import type { CellRuntime } from "../notebook/runtime.ts";
import { titleForCell } from "./cell-names.ts";
import { Icon } from "./icons.tsx";
import { ProgressLine } from "./progress-bar.tsx";
import { progressWords } from "../notebook/progress-words.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { Variables } from "./variables.tsx";

/** A cell that is done sooner needs no controls, and none shall flash up. */
const SHORT_MS = 500;
/** A pause that is not answered by then will hardly be, where memory is not shared. */
const UNANSWERED_MS = 1_500;

interface Props {
  readonly id: CellId;
  /** It is running. */
  readonly run: CellRuntime;
}

export function RunControls({ id, run }: Props) {
  const session = useSession();
  const element = useRef<HTMLDivElement>(null);
  const { progress, pause, wish } = run;
  const isLong = useLater(SHORT_MS, run.run);
  const isShown = progress !== null || pause !== null || wish !== null || isLong;
  const isEnding = wish === "finish";

  // The buttons go with the run: a focus on one of them stays in its cell.
  useLayoutEffect(() => {
    const here = element.current;
    return () => {
      if (here?.contains(document.activeElement))
        here.closest<HTMLElement>("[data-cell-id]")?.focus({ preventScroll: true });
    };
  }, [isShown]);

  if (!isShown) return null;
  return (
    <div ref={element} className="bar-slot">
      {progress && <ProgressLine progress={progress} isPaused={pause !== null} />}
      <div className="run-row">
        <p className="progress-words">
          {progress && <span className="run-progress">{progressWords(progress)}</span>}
          <span role="status">
            <RunState id={id} pause={pause} wish={wish} />
          </span>
        </p>
        <div className="run-acts" role="group" aria-label="The running cell">
          <button type="button" className="quiet" onClick={() => session.pauseOrResume()}>
            <Icon name={pause ? "run" : "pause"} />
            {pause ? "Go on" : "Pause"}
          </button>
          <button
            type="button"
            className="quiet"
            disabled={pause === null}
            onClick={() => session.step()}
          >
            <Icon name="step" />
            Step
          </button>
          {progress && (
            <button
              type="button"
              className="quiet"
              disabled={isEnding}
              onClick={() => session.finish()}
            >
              <Icon name="finish" />
              Finish
            </button>
          )}
        </div>
      </div>
      {pause && <Variables names={run.record?.names ?? null} variables={pause.variables} />}
    </div>
  );
}

function RunState({
  id,
  pause,
  wish,
}: { readonly id: CellId } & Pick<CellRuntime, "pause" | "wish">) {
  const shared = useNotebook((state) => state.runtime.kernel.shared);
  const unread = useNotebook((state) => state.unread);
  const isUnanswered = useLater(UNANSWERED_MS, wish);
  if (wish === "finish") return "Finishing …";
  if (pause) {
    return (
      <>
        <PausedAt id={id} pause={pause} />
        {unread && ". The loop sees the change when it goes on."}
      </>
    );
  }
  if (wish !== "pause") return null;
  if (!isUnanswered || shared) return "Pausing …";
  return "Pausing … Here only loops of a cell’s own lines can pause, and only those that call something.";
}

function PausedAt({ id, pause: { frame } }: { readonly id: CellId; readonly pause: Pause }) {
  const session = useSession();
  if (frame === null) return "Paused";
  const other = frame.cell === id ? null : titleForCell(session.store.getState(), frame.cell);
  const at = other === null ? "Paused at " : `Paused in ${other}, `;
  return (
    <>
      {at}
      <button
        type="button"
        className="mistake-act"
        onClick={() => session.goTo(frame.cell, frame.line, frame.column)}
      >
        line {frame.line}
      </button>
    </>
  );
}

/** Whether `key` has been the same, and not null, for so long. */
function useLater(delayMs: number, key: unknown): boolean {
  const [reached, setReached] = useState<unknown>(null);
  useEffect(() => {
    if (key === null) return;
    const timer = setTimeout(() => setReached(key), delayMs);
    return () => {
      clearTimeout(timer);
      setReached(null);
    };
  }, [delayMs, key]);
  return key !== null && reached === key;
}

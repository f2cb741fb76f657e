/** A code cell's margin: the execution mark, run or stop, and how long it took. Quiet until needed. */
import { useEffect, useState } from "react";
import type { CellId } from "../../kernel/protocol.ts";
import { printDuration } from "../notebook/duration.ts";
import { Icon } from "./icons.tsx";
import { useNotebook, useSession } from "./session-context.ts";
import { runOf, statusOf } from "./store.ts";

export function Gutter({ id, position }: { readonly id: CellId; readonly position: number }) {
  const session = useSession();
  const status = useNotebook((state) => statusOf(state, id));
  const count = useNotebook((state) => runOf(state, id).executionCount);
  const stale = useNotebook((state) => state.stale.get(id));
  // Tab goes from cell to cell and to what outputs offer; a cell's own buttons come when it is selected.
  const tabIndex = useNotebook((state) => (state.selected === id ? 0 : -1));
  const active = status === "running" || status === "queued";
  const mark = active ? "*" : (count ?? " ");

  return (
    <div className="gutter">
      {status === "running" ? (
        <button
          type="button"
          className="round stop"
          tabIndex={tabIndex}
          aria-label={`Stop cell ${position}`}
          onClick={() => session.interrupt()}
        >
          <Icon name="stop" />
        </button>
      ) : (
        <button
          type="button"
          className="round run"
          tabIndex={tabIndex}
          aria-label={`Run cell ${position}`}
          disabled={status === "queued"}
          onClick={() => session.runCell(id)}
        >
          <Icon name="run" />
        </button>
      )}
      <span className="mark" title={stale && staleWords[stale]}>
        {`[${mark}]`}
      </span>
      {stale && <span className="visually-hidden">{staleWords[stale]}</span>}
      <Elapsed id={id} />
    </div>
  );
}

const staleWords = {
  edited: "Its text has changed since it ran",
  inputs: "Something it uses has changed since it ran",
  order: "It used a name as another cell than the one above it had left it",
  gone: "No cell above it makes a name that it uses",
} as const;

/** Seconds of the run so far or of the last one; nothing below a tenth of a second. */
function Elapsed({ id }: { readonly id: CellId }) {
  const running = useNotebook((state) => statusOf(state, id) === "running");
  const startedAt = useNotebook((state) => runOf(state, id).startedMs);
  const finishedAt = useNotebook((state) => runOf(state, id).endedMs);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [running]);

  if (startedAt === null) return null;
  const elapsedMs = (running ? now : (finishedAt ?? startedAt)) - startedAt;
  if (elapsedMs < (running ? 500 : 100)) return null;
  return <span className="elapsed">{printDuration(elapsedMs)}</span>;
}

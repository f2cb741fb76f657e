/** The runs of the open notebook: a table to sort, compare, note and restore from. Comes when it is opened. */
import "./runs.css";
import { useEffect, useRef, useState } from "react";
import { columnsOf, printCsv, printJson, sorted } from "../../notebook/run-table.ts";
import type { TrainingRun } from "../../notebook/training-runs.ts";
import { NoticeLine } from "../notices.tsx";
import { useNotebook, useSession } from "../session-context.ts";
import { RunComparison } from "./run-comparison.tsx";
import { RunRow } from "./run-row.tsx";

interface Order {
  readonly column: string;
  readonly direction: "up" | "down";
}

export function RunsPanel() {
  const session = useSession();
  const runs = useNotebook((state) => state.runs.runs);
  const deleted = useNotebook((state) => state.runs.deleted.at(-1));
  const readOnly = useNotebook((state) => state.readOnly);
  const [order, setOrder] = useState<Order>({ column: "run", direction: "down" });
  const [compared, setCompared] = useState<ReadonlySet<number>>(new Set());
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const columns = columnsOf(runs);
  const by = columns.find(({ id }) => id === order.column) ?? columns[0];
  const shown = by === undefined ? runs : sorted(runs, by, order.direction);
  const chosen = runs.filter(({ number }) => compared.has(number));
  const toggle = (number: number) => {
    const next = new Set(compared);
    if (!next.delete(number)) next.add(number);
    setCompared(next);
  };
  const remove = (numbers: ReadonlySet<number>) => {
    session.deleteRuns(numbers);
    setCompared(new Set([...compared].filter((number) => !numbers.has(number))));
    // Its button goes with the row.
    element.current?.focus();
  };

  return (
    <aside
      ref={element}
      className="runs-panel"
      aria-label="Runs"
      tabIndex={-1}
      data-panel=""
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) session.toggleRuns();
      }}
    >
      <header>
        <h2>Runs</h2>
        <div className="runs-acts">
          {chosen.length > 0 && (
            <button
              type="button"
              className="quiet"
              disabled={readOnly}
              onClick={() => remove(compared)}
            >
              {`Delete ${runsWords(chosen)}`}
            </button>
          )}
          <button
            type="button"
            className="quiet"
            disabled={runs.length === 0}
            onClick={() => session.saveRuns(printCsv(runs), "csv")}
          >
            Save CSV
          </button>
          <button
            type="button"
            className="quiet"
            disabled={runs.length === 0}
            onClick={() => session.saveRuns(printJson(runs), "json")}
          >
            Save JSON
          </button>
          <button type="button" className="quiet" onClick={() => session.toggleRuns()}>
            Close
          </button>
        </div>
      </header>
      {deleted !== undefined && (
        <NoticeLine kind="info" action={{ label: "Undo", run: () => session.undeleteRuns() }}>
          {`Deleted ${runsWords(deleted)}.`}
        </NoticeLine>
      )}
      {runs.length === 0 ? (
        <p className="hint">
          No cell has trained yet. Each run that does leaves its settings, seed and curves here.
        </p>
      ) : (
        <div className="runs-scroll">
          <table>
            <thead>
              <tr>
                {columns.map(({ id, title, kind }) => (
                  <th key={id} scope="col" data-kind={kind} aria-sort={sortOf(order, id)}>
                    <button
                      type="button"
                      onClick={() => setOrder({ column: id, direction: nextDirection(order, id) })}
                    >
                      {title}
                      <span aria-hidden="true">{signOf(order, id)}</span>
                    </button>
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">What can be done</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.map((run) => (
                <RunRow
                  key={run.number}
                  run={run}
                  columns={columns}
                  isCompared={compared.has(run.number)}
                  onCompare={() => toggle(run.number)}
                  onDelete={() => remove(new Set([run.number]))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {chosen.length > 0 && <RunComparison runs={chosen} />}
    </aside>
  );
}

function sortOf({ column, direction }: Order, id: string) {
  if (column !== id) return "none";
  return direction === "up" ? "ascending" : "descending";
}

function signOf({ column, direction }: Order, id: string): string {
  if (column !== id) return "";
  return direction === "up" ? " ↑" : " ↓";
}

function nextDirection({ column, direction }: Order, id: string): Order["direction"] {
  return column === id && direction === "up" ? "down" : "up";
}

/** `run 3`, `runs 3 and 5`, `7 runs` */
function runsWords(runs: readonly TrainingRun[]): string {
  const numbers = runs.map(({ number }) => number);
  if (numbers.length === 1) return `run ${numbers[0]}`;
  return numbers.length === 2 ? `runs ${numbers.join(" and ")}` : `${numbers.length} runs`;
}

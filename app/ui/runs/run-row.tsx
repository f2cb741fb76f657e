/** One run in the table: its values, its note, and what can be done with it. */
import { useState } from "react";
import { formatKnob } from "../../../kernel/plot/numbers.ts";
import { printAgo, printDuration } from "../../notebook/duration.ts";
import type { Column, Value } from "../../notebook/run-table.ts";
import type { TrainingRun } from "../../notebook/training-runs.ts";
import { useNotebook, useSession } from "../session-context.ts";
import { cellOf } from "../store.ts";

interface Props {
  readonly run: TrainingRun;
  readonly columns: readonly Column[];
  readonly isCompared: boolean;
  readonly onCompare: () => void;
  readonly onDelete: () => void;
}

export function RunRow({ run, columns, isCompared, onCompare, onDelete }: Props) {
  const session = useSession();
  const readOnly = useNotebook((state) => state.readOnly);
  const hasCell = useNotebook((state) => cellOf(state, run.cell) !== undefined);
  const { number, training } = run;
  return (
    <tr data-compared={isCompared || undefined}>
      {columns.map((column) => {
        if (column.id === "run") {
          return (
            <th key={column.id} scope="row">
              <label>
                <input
                  type="checkbox"
                  checked={isCompared}
                  aria-label={`Compare run ${number}`}
                  onChange={onCompare}
                />
                {number}
              </label>
            </th>
          );
        }
        if (column.id === "note") {
          return (
            <td key={column.id}>
              <Note key={run.note} run={run} readOnly={readOnly} />
            </td>
          );
        }
        const value = column.of(run);
        return (
          <td key={column.id} data-kind={column.kind} title={exact(column, value)}>
            {shown(column, value)}
          </td>
        );
      })}
      <td className="run-does">
        <button
          type="button"
          className="quiet"
          disabled={training.knobs.length === 0}
          aria-label={`Restore the settings of run ${number}`}
          onClick={() => session.restoreSettings(number)}
        >
          Restore
        </button>
        <button
          type="button"
          className="quiet"
          disabled={!hasCell}
          aria-label={`Go to the cell of run ${number}`}
          onClick={() => session.select(run.cell)}
        >
          Cell
        </button>
        <button
          type="button"
          className="quiet"
          disabled={readOnly}
          aria-label={`Delete run ${number}`}
          onClick={onDelete}
        >
          Delete
        </button>
      </td>
    </tr>
  );
}

/** Taken when the field is left. */
function Note({ run, readOnly }: { readonly run: TrainingRun; readonly readOnly: boolean }) {
  const session = useSession();
  const [text, setText] = useState(run.note);
  const keep = () => {
    if (text !== run.note) session.noteRun(run.number, text);
  };
  return (
    <input
      aria-label={`Note on run ${run.number}`}
      value={text}
      readOnly={readOnly}
      maxLength={2_000}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape") return;
        // The panel stays.
        event.preventDefault();
        setText(run.note);
      }}
    />
  );
}

function shown({ kind, id }: Column, value: Value): string {
  if (value === null) return "";
  if (typeof value !== "number") return formatKnob(value);
  if (kind === "time") return printAgo(Date.now() - value);
  if (kind === "duration") return printDuration(value);
  return id === "seed" || id === "steps" ? String(value) : formatKnob(value);
}

/** What is shown shortened. */
function exact({ kind }: Column, value: Value): string {
  if (kind === "time" && typeof value === "number") return new Date(value).toLocaleString();
  return value === null ? "" : String(value);
}

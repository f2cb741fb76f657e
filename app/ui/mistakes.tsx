/** Mistakes that ran, quietly under the cell: what was seen, where, what to do. */
import type { CellId, Mistake } from "../../kernel/protocol.ts";
import { isSilenced } from "../notebook/silenced.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { titleForCell } from "./cell-names.ts";
import { runOf } from "./store.ts";

/** Always there, so that screen readers hear what comes into it. */
export function Mistakes({ id }: { readonly id: CellId }) {
  const mistakes = useNotebook((state) => runOf(state, id).mistakes);
  const notebook = useNotebook((state) => state.notebook);
  const shown = mistakes.filter(({ rule }) => !isSilenced(notebook, rule));
  return (
    <div className="mistakes" role="status">
      {shown.map((mistake) => (
        <MistakeLine key={mistake.rule} cell={id} mistake={mistake} />
      ))}
    </div>
  );
}

function MistakeLine({ cell, mistake }: { readonly cell: CellId; readonly mistake: Mistake }) {
  const session = useSession();
  const readOnly = useNotebook((state) => state.readOnly);
  const { rule, text, fix, frame } = mistake;
  const name = useNotebook((state) =>
    frame === null || frame.cell === cell ? null : titleForCell(state, frame.cell),
  );
  return (
    <p className="mistake" data-rule={rule}>
      {text} {fix}{" "}
      <span className="mistake-acts">
        {frame !== null && (
          <button
            type="button"
            className="mistake-act"
            onClick={() => session.goTo(frame.cell, frame.line, frame.column)}
          >
            {name === null ? "" : `${name}, `}line {frame.line}
          </button>
        )}
        {!readOnly && (
          <button
            type="button"
            className="mistake-act"
            onClick={(event) => {
              // The button goes with its line: the focus stays in the cell.
              event.currentTarget.closest<HTMLElement>("[data-cell-id]")?.focus();
              session.silence(rule);
            }}
          >
            Don’t show again
          </button>
        )}
      </span>
    </p>
  );
}

/**
 * What an exercise offers under its answer: the check and what it says, hints one after the other,
 * solutions, and the beginning again. A button that waits keeps the focus: it is not `disabled`.
 */
import { useState } from "react";
import { useShallow } from "zustand/react/shallow";
import type { Cell } from "../../notebook/document.ts";
import { partsOf } from "../../notebook/exercises.ts";
import { cellTitle } from "../../notebook/roles.ts";
import { CodeStill } from "../code-still.tsx";
import { Icon } from "../icons.tsx";
import { OutputArea } from "../output-area.tsx";
import { useNotebook, useSession } from "../session-context.ts";
import { isUnderWay } from "../store.ts";
import { MarkedText } from "./marked-text.tsx";

export function ExercisePanel({ cell }: { readonly cell: Cell }) {
  const { id } = cell;
  const session = useSession();
  const checks = useNotebook(useShallow((state) => partsOf(state.notebook, id).checks));
  const hints = useNotebook(useShallow((state) => partsOf(state.notebook, id).hints));
  const solutions = useNotebook(useShallow((state) => partsOf(state.notebook, id).solutions));
  const asked = useNotebook((state) => Math.min(state.learning.hints[id] ?? 0, hints.length));
  const isSolved = useNotebook((state) => state.learning.solved.includes(id));
  const checking = useNotebook((state) => isUnderWay(state, checks));
  const readOnly = useNotebook((state) => state.readOnly);
  const [shown, setShown] = useState<number | null>(null);
  const solution = shown === null ? undefined : solutions[shown];
  const trying = useNotebook((state) => solution !== undefined && isUnderWay(state, [solution]));
  /** The button of the last hint goes: who stands on it goes on to the next one. */
  const askHint = () => {
    const button = document.activeElement;
    if (asked + 1 === hints.length && button?.nextElementSibling instanceof HTMLElement)
      button.nextElementSibling.focus();
    session.askHint(id);
  };

  return (
    <div className="exercise" data-solved={isSolved || undefined}>
      <div className="exercise-acts" role="group" aria-label="Exercise">
        {checks.length > 0 && (
          <button
            type="button"
            className="button"
            aria-disabled={checking || undefined}
            onClick={() => session.check(id)}
          >
            Check
          </button>
        )}
        {asked < hints.length && (
          <button type="button" className="quiet" onClick={askHint}>
            {asked === 0 ? "Hint" : "Next hint"}
          </button>
        )}
        {solutions.length > 0 && (
          <button
            type="button"
            className="quiet"
            aria-expanded={shown !== null}
            onClick={() => setShown(shown === null ? 0 : null)}
          >
            {shown === null ? "Show a solution" : "Hide the solution"}
          </button>
        )}
        <button
          type="button"
          className="quiet"
          disabled={readOnly}
          onClick={() => session.resetCell(id)}
        >
          Begin again
        </button>
        {isSolved && (
          <span className="solved">
            <Icon name="tick" /> Solved
          </span>
        )}
      </div>
      {checks.map((check) => (
        <OutputArea key={check.id} id={check.id} />
      ))}
      <div aria-live="polite">
        {hints.slice(0, asked).map((hint, index) => (
          <section key={hint.id} className="hint-card" aria-label={`Hint ${index + 1}`}>
            <h3>
              Hint {index + 1} of {hints.length}
              {cellTitle(hint) !== null && `: ${cellTitle(hint)}`}
            </h3>
            {hint.type === "code" ? (
              <CodeStill source={hint.source} />
            ) : (
              <MarkedText text={hint.source} className="prose" />
            )}
          </section>
        ))}
      </div>
      {solution && (
        <section className="solution-card" aria-label="Solution">
          <h3>
            {solutions.length === 1
              ? "A solution"
              : `Solution ${(shown ?? 0) + 1} of ${solutions.length}`}
            {cellTitle(solution) !== null && `: ${cellTitle(solution)}`}
          </h3>
          <div className="code">
            <CodeStill source={solution.source} />
          </div>
          <div className="exercise-acts">
            <button
              type="button"
              className="quiet"
              aria-disabled={trying || undefined}
              onClick={() => session.trySolution(solution.id)}
            >
              Run it
            </button>
            <button
              type="button"
              className="quiet"
              disabled={readOnly}
              onClick={() => session.takeSolution(id, solution.id)}
            >
              Put it in my cell
            </button>
            {solutions.length > 1 && (
              <button
                type="button"
                className="quiet"
                onClick={() => setShown(((shown ?? 0) + 1) % solutions.length)}
              >
                Another solution
              </button>
            )}
          </div>
          <OutputArea id={solution.id} />
        </section>
      )}
    </div>
  );
}

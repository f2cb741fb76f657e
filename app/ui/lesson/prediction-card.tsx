/**
 * A prediction as a question: options to choose from, or a number to set with two buttons or by hand. The
 * guess goes into the cell's text, where the cells that show the result find it.
 */
import { useId } from "react";
import type { Cell } from "../../notebook/document.ts";
import type { Prediction } from "../../notebook/predictions.ts";
import { useNotebook, useSession } from "../session-context.ts";
import { GuessField } from "./guess-field.tsx";
import { stepOf } from "./guess-steps.ts";

interface Props {
  readonly cell: Cell;
  readonly prediction: Prediction;
}

export function PredictionCard({ cell, prediction }: Props) {
  const readOnly = useNotebook((state) => state.readOnly);
  const { kind, guess } = prediction;
  const isOpen = guess === null;
  return (
    <fieldset className="guess" data-open={isOpen || undefined} disabled={readOnly}>
      <legend>{isOpen ? "What do you think?" : "You said"}</legend>
      {kind === "choice" && <Choice cell={cell} prediction={prediction} />}
      {kind === "number" && <Amount cell={cell} prediction={prediction} />}
      {kind === "text" && <Words cell={cell} prediction={prediction} />}
    </fieldset>
  );
}

function Choice({ cell, prediction: { options, guess } }: Props) {
  const session = useSession();
  const name = useId();
  return (
    <div className="guess-options">
      {options.map((option) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={guess === option}
            onChange={() => session.guess(cell.id, option)}
          />
          <span>{option}</span>
        </label>
      ))}
    </div>
  );
}

/** Taken when the field is left, at Enter, and at each press of a button. */
function Amount({ cell, prediction: { guess, unit, start } }: Props) {
  const session = useSession();
  const id = useId();
  const stands = guess === null ? "" : String(guess);
  const take = (text: string) => {
    const value = numberIn(text);
    if (value !== null) session.guess(cell.id, value);
    return value !== null;
  };
  const step = (direction: 1 | -1, from = stands) => {
    const value = numberIn(from);
    session.guess(cell.id, value === null ? start : stepOf(value, direction));
  };
  return (
    <div className="guess-amount">
      <button type="button" className="round" aria-label="Less" onClick={() => step(-1)}>
        −
      </button>
      <GuessField
        id={id}
        label={unit === "" ? "Your guess" : `Your guess, ${unit}`}
        stands={stands}
        take={take}
        step={step}
      />
      <button type="button" className="round" aria-label="More" onClick={() => step(1)}>
        +
      </button>
      {unit !== "" && <label htmlFor={id}>{unit}</label>}
    </div>
  );
}

/** Null for a text that is no number. */
function numberIn(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text.replaceAll(",", ""));
  return Number.isFinite(value) ? value : null;
}

function Words({ cell, prediction: { guess, unit } }: Props) {
  const session = useSession();
  const take = (text: string) => {
    session.guess(cell.id, text);
    return true;
  };
  return (
    <div className="guess-amount">
      <GuessField
        label={unit === "" ? "Your guess" : unit}
        stands={guess === null ? "" : String(guess)}
        take={take}
      />
      {unit !== "" && <span>{unit}</span>}
    </div>
  );
}

/**
 * A prediction as a question: options to choose from, or a number to set with two buttons or by hand. The
 * guess goes into the cell's text, where the cells that show the result find it.
 */
import { useId, useState } from "react";
import type { Cell } from "../../notebook/document.ts";
import type { Prediction } from "../../notebook/predictions.ts";
import { useNotebook, useSession } from "../session-context.ts";
import { stepOf } from "./guess-steps.ts";

interface Props {
  readonly cell: Cell;
  readonly prediction: Prediction;
}

export function PredictionCard({ cell, prediction }: Props) {
  const isMade = useNotebook((state) => state.learning.guessed.includes(cell.id));
  const readOnly = useNotebook((state) => state.readOnly);
  const { kind, guess } = prediction;
  const isOpen = kind === "number" ? !isMade : guess === null;
  return (
    <fieldset className="guess" data-open={isOpen || undefined} disabled={readOnly}>
      <legend>{isOpen ? "What do you think?" : "You said"}</legend>
      {kind === "choice" && <Choice cell={cell} prediction={prediction} />}
      {kind === "number" && (
        <Amount key={String(guess)} cell={cell} prediction={prediction} isOpen={isOpen} />
      )}
      {kind === "text" && <Words key={guess} cell={cell} prediction={prediction} />}
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
function Amount({ cell, prediction, isOpen }: Props & { readonly isOpen: boolean }) {
  const session = useSession();
  const id = useId();
  const stands = Number(prediction.guess);
  const [text, setText] = useState(isOpen ? "" : String(stands));
  const take = (value: number) => {
    if (Number.isFinite(value)) session.guess(cell.id, value);
  };
  const keep = () => {
    const wanted = Number(text.replaceAll(",", ""));
    if (text.trim() === "" || Number.isNaN(wanted)) setText(isOpen ? "" : String(stands));
    else if (isOpen || wanted !== stands) take(wanted);
  };
  const step = (direction: 1 | -1) => take(stepOf(stands, direction));
  return (
    <div className="guess-amount">
      <button type="button" className="round" aria-label="Less" onClick={() => step(-1)}>
        −
      </button>
      <input
        id={id}
        type="text"
        inputMode="decimal"
        aria-label="Your guess"
        placeholder="?"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep();
          const up = event.key === "ArrowUp";
          if (!up && event.key !== "ArrowDown") return;
          event.preventDefault();
          step(up ? 1 : -1);
        }}
      />
      <button type="button" className="round" aria-label="More" onClick={() => step(1)}>
        +
      </button>
      {prediction.unit !== "" && <label htmlFor={id}>{prediction.unit}</label>}
    </div>
  );
}

function Words({ cell, prediction: { guess, unit } }: Props) {
  const session = useSession();
  const [text, setText] = useState(guess === null ? "" : String(guess));
  const keep = () => {
    const wanted = text.trim();
    if (wanted !== "" && wanted !== guess) session.guess(cell.id, wanted);
  };
  return (
    <div className="guess-amount">
      <input
        type="text"
        className="guess-words"
        aria-label={unit === "" ? "Your guess" : unit}
        placeholder="?"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Enter") keep();
        }}
      />
      {unit !== "" && <span>{unit}</span>}
    </div>
  );
}

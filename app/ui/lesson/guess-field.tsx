/** A line to write a guess in: taken when it is left and at Enter. What is no guess gives way to the one that stands. */
import { useState } from "react";

interface Props {
  readonly id?: string;
  readonly label: string;
  /** The guess as it stands; "" while it is open. */
  readonly stands: string;
  /** False for a text that is no guess. */
  readonly take: (text: string) => boolean;
  /** The next number up or down from what is written, by the arrow keys; without it the field is for words. */
  readonly step?: (direction: 1 | -1, from: string) => void;
}

export function GuessField({ id, label, stands, take, step }: Props) {
  const [text, setText] = useState(stands);
  const [stood, setStood] = useState(stands);
  // A guess made elsewhere, by a button or by undo, is written here too.
  if (stands !== stood) {
    setStood(stands);
    setText(stands);
  }
  const keep = () => {
    const wanted = text.trim();
    if (wanted === "" || (wanted !== stands && !take(wanted))) setText(stands);
  };
  return (
    <input
      id={id}
      type="text"
      className={step ? undefined : "guess-words"}
      inputMode={step ? "decimal" : "text"}
      aria-label={label}
      placeholder="?"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") keep();
        const up = event.key === "ArrowUp";
        if (!step || (!up && event.key !== "ArrowDown")) return;
        event.preventDefault();
        step(up ? 1 : -1, text);
      }}
    />
  );
}

/** Says how runs end, and how many cells are selected, to who hears the page. Where a hand is on a knob, cells that follow it are not told. */
import { useEffect, useState } from "react";
import { endWords } from "../notebook/run-words.ts";
import { selectedCells } from "./selection.ts";
import { useNotebook, useSession } from "./session-context.ts";
import type { NotebookState } from "./store.ts";

export function Announcer() {
  const session = useSession();
  const [words, setWords] = useState("");
  const selected = useNotebook((state) => selectedCells(state).length);
  useEffect(
    () =>
      session.store.subscribe((state, before) => {
        const ended = lastEnded(state, before);
        if (ended !== null && document.activeElement?.closest(".outputs") == null) setWords(ended);
      }),
    [session],
  );
  return (
    <>
      <p className="visually-hidden" role="status" aria-label="The last run">
        {words}
      </p>
      <p className="visually-hidden" role="status" aria-label="The selection">
        {selected > 1 && `${selected} cells selected`}
      </p>
    </>
  );
}

/** Of the cells whose runs ended between two states, how the last one did; null if there is none. */
function lastEnded({ runtime }: NotebookState, before: NotebookState): string | null {
  if (runtime === before.runtime) return null;
  let words: string | null = null;
  for (const [id, cell] of runtime.cells) {
    const was = before.runtime.cells.get(id);
    if (was !== cell && cell.ended !== null && was?.ended === null) words = endWords(cell);
  }
  return words;
}

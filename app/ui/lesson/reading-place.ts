/** Where on the page the learner reads: told to the session when the page stands still. */
import type { CellId } from "../../../kernel/protocol.ts";
import { sectionsOf } from "../../notebook/sections.ts";
import type { NotebookSession } from "../notebook-session.ts";

/** How long the page stands still before its place counts. */
const STILL_MS = 300;
/** In CSS pixels below the bar: who jumps to a cell has it there. */
const LINE = 56;
/** What stands above this much of the screen has been come to. */
const READ = 0.75;

/** Returns the way to stop. */
export function watchReading(session: NotebookSession): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(): void {
    const cells = Array.from(document.querySelectorAll<HTMLElement>("[data-cell-id]"));
    const bar = document.querySelector(".bar")?.getBoundingClientRect().bottom ?? 0;
    const top = cells.find((cell) => cell.getBoundingClientRect().bottom > bar + LINE);
    const sections = new Set(sectionsOf(session.store.getState().notebook).map(({ id }) => id));
    for (const cell of cells) {
      if (cell.getBoundingClientRect().top > innerHeight * READ) break;
      const id = idOf(cell);
      if (sections.has(id)) session.see(id);
    }
    if (top) session.leaveAt(idOf(top));
  }

  const moved = () => {
    clearTimeout(timer);
    timer = setTimeout(look, STILL_MS);
  };
  addEventListener("scroll", moved, { passive: true });
  moved();
  return () => {
    clearTimeout(timer);
    removeEventListener("scroll", moved);
  };
}

function idOf(cell: HTMLElement): CellId {
  return (cell.dataset["cellId"] ?? "") as CellId;
}

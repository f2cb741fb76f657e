/** The sections of a lesson with a tick at each that is done: beside the column, or where there is no room, on request. */
import { useEffect } from "react";
import { useShallow } from "zustand/react/shallow";
import type { CellId } from "../../../kernel/protocol.ts";
import { isDone, type Section, sectionsOf } from "../../notebook/sections.ts";
import { QuestionDialog } from "../dialog.tsx";
import { Icon } from "../icons.tsx";
import { useNotebook, useSession } from "../session-context.ts";
import { type NotebookState, runOf } from "../store.ts";
import { watchReading } from "./reading-place.ts";

interface Entry {
  readonly id: CellId;
  readonly title: string;
  readonly done: boolean;
}

/** Watches where the learner is, and shows the way in the margin. */
export function Contents() {
  const session = useSession();
  const entries = useEntries();
  const here = useNotebook((state) => sectionAt(state));
  useEffect(() => {
    // A link to a place: its heading is there only now.
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    return watchReading(session);
  }, [session]);
  const done = entries.filter((entry) => entry.done).length;
  return (
    <>
      <nav className="contents" aria-label="Contents">
        <EntryList entries={entries} here={here} />
      </nav>
      <button type="button" className="contents-open quiet" onClick={() => session.ask("contents")}>
        Contents · {done} of {entries.length}
      </button>
    </>
  );
}

export function ContentsDialog({ onClose }: { readonly onClose: () => void }) {
  const entries = useEntries();
  const here = useNotebook((state) => sectionAt(state));
  return (
    <QuestionDialog title="Contents" onClose={onClose}>
      <EntryList entries={entries} here={here} onGo={onClose} />
    </QuestionDialog>
  );
}

interface ListProps {
  readonly entries: readonly Entry[];
  readonly here: CellId | null;
  readonly onGo?: () => void;
}

function EntryList({ entries, here, onGo }: ListProps) {
  const session = useSession();
  return (
    <ol className="contents-list">
      {entries.map(({ id, title, done }) => (
        <li key={id} data-done={done || undefined}>
          <button
            type="button"
            aria-current={here === id ? "location" : undefined}
            onClick={() => {
              onGo?.();
              // Once the dialog has given the focus back.
              requestAnimationFrame(() => {
                session.focused(id, "command");
                document.querySelector(`[data-cell-id="${id}"]`)?.scrollIntoView();
              });
            }}
          >
            <span className="contents-tick">{done && <Icon name="tick" />}</span>
            <span>
              {title}
              {done && <span className="visually-hidden"> (done)</span>}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

/** As texts, so that a state that changes nothing of them draws nothing. */
function useEntries(): readonly Entry[] {
  const sections = useNotebook(useShallow((state) => sectionsIn(state)));
  const done = useNotebook(
    useShallow((state) => sectionsIn(state).map((section) => isSectionDone(state, section))),
  );
  return sections.map(({ id, title }, index) => ({ id, title, done: done[index] ?? false }));
}

const found = new WeakMap<NotebookState["notebook"], readonly Section[]>();

function sectionsIn({ notebook }: NotebookState): readonly Section[] {
  const known = found.get(notebook) ?? sectionsOf(notebook);
  found.set(notebook, known);
  return known;
}

function isSectionDone(state: NotebookState, section: Section): boolean {
  const { learning, notebook } = state;
  const hasRun = (cell: CellId) => runOf(state, cell).executionCount !== null;
  return isDone(section, notebook, { learning, hasRun });
}

/** The section that holds the place where the learner reads. */
function sectionAt(state: NotebookState): CellId | null {
  const { place } = state.learning;
  const sections = new Set(sectionsIn(state).map(({ id }) => id));
  let here: CellId | null = null;
  for (const { id } of state.notebook.cells) {
    if (sections.has(id)) here = id;
    if (id === place) return here;
  }
  return sectionsIn(state)[0]?.id ?? null;
}

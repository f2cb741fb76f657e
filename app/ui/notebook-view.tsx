/** The open notebook: bar, notices, cells in order. Owns the keys of the page while it is shown. */
import { Fragment, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import type { CellId } from "../../kernel/protocol.ts";
import { titleOf } from "../notebook/document.ts";
import { cellsInColumn } from "../notebook/exercises.ts";
import { Announcer } from "./announcer.tsx";
import { CellView } from "./cell.tsx";
import { commands } from "./commands/index.ts";
import { FileDrop } from "./file-drop.tsx";
import { InsertLine } from "./insert-line.tsx";
import { listenToKeys } from "./key-events.ts";
import { late } from "./late.tsx";
import { NotebookNotices } from "./notices.tsx";
import type { NotebookSession } from "./notebook-session.ts";
import { usePlayer } from "./player-module.ts";
import { SessionContext, useNotebook } from "./session-context.ts";
import { type Files, NotebookBar } from "./toolbar.tsx";

const RunsPanel = late(() => import("./runs/runs-panel.tsx").then((code) => code.RunsPanel));
const Questions = late(() => import("./questions.tsx").then((code) => code.Questions));

interface Props {
  readonly session: NotebookSession;
  readonly files: Files;
}

export function NotebookView({ session, files }: Props) {
  useEffect(() => listenToKeys(document, commands, session), [session]);
  const ids = useStore(
    session.store,
    useShallow((state) => cellsInColumn(state.notebook, state.viewpoint).map((cell) => cell.id)),
  );
  /** A notebook opens; anything else, or many files, is for this one. */
  const dropped = (all: readonly File[]) => {
    const [first] = all;
    if (all.length === 1 && first && /\.(ipynb|ts)$/i.test(first.name)) files.openDropped(first);
    else session.attach(all);
  };
  const notebook = useRef<HTMLElement>(null);
  const hasQuestion = useStore(session.store, (state) => state.question !== null);
  const hasRuns = useStore(session.store, (state) => state.runsPanel);
  const title = useStore(session.store, (state) => titleOf(state.notebook));
  return (
    <SessionContext value={session}>
      <FileDrop onFiles={dropped}>
        <button type="button" className="skip button" onClick={() => focusCell(notebook.current)}>
          Skip to the cells
        </button>
        <NotebookBar files={files} />
        <main ref={notebook} className="notebook">
          <h1 className="visually-hidden">{title}</h1>
          <NotebookNotices />
          <Column ids={ids} />
        </main>
        <Announcer />
        {hasQuestion && <Questions />}
        {hasRuns && <RunsPanel />}
      </FileDrop>
    </SessionContext>
  );
}

/** The cells in order, and what a lesson has around them. */
function Column({ ids }: { readonly ids: readonly CellId[] }) {
  const player = usePlayer();
  const resume = useNotebook((state) => state.resume);
  return (
    <>
      {player && <player.Contents />}
      <InsertLine after={null} />
      {ids.map((id, index) => (
        <Fragment key={id}>
          {player && resume === id && <player.ResumeLine />}
          <CellView id={id} position={index + 1} />
        </Fragment>
      ))}
      {ids.length === 0 && <p className="empty">This notebook has no cells.</p>}
      {player && <player.LessonEnd />}
      {player && <player.TermPopover />}
    </>
  );
}

/** The cell that Tab would reach. */
function focusCell(notebook: HTMLElement | null): void {
  notebook?.querySelector<HTMLElement>('[data-cell-id][tabindex="0"]')?.focus();
}

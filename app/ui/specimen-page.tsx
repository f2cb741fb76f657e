/** `?specimen`: every element of the page on one page, to be looked at in light and dark. */
import { Fragment, useState } from "react";
import type { KernelClient } from "../../kernel/hosts/notices.ts";
import type { CellId } from "../../kernel/protocol.ts";
import { browserClipboard } from "./cell-clipboard.ts";
import type { Cell } from "../notebook/document.ts";
import { cellsInColumn } from "../notebook/exercises.ts";
import { CellView } from "./cell.tsx";
import { createNotebookSession, type NotebookSession } from "./notebook-session.ts";
import { NotebookView } from "./notebook-view.tsx";
import { NoticeLine } from "./notices.tsx";
import { usePlayer } from "./player-module.ts";
import { SessionContext } from "./session-context.ts";
import { specimenLesson } from "./specimen-lesson.ts";
import { specimenState } from "./specimen-notebook.ts";
import type { NotebookState } from "./store.ts";
import type { Files } from "./toolbar.tsx";

/** The specimen shows fixed states, so its kernel does nothing on purpose. */
const still: KernelClient = {
  run: () => Promise.resolve(),
  interrupt: () => undefined,
  steer: () => undefined,
  restore: () => Promise.resolve(),
  restart: () => Promise.resolve(),
  setKnob: () => undefined,
  pressKnob: () => "counted",
  analyze: () => Promise.resolve(null),
  close: () => undefined,
};

const colours = [
  ["--train", "train, positive"],
  ["--validation", "validation, negative"],
  ["--accent", "accent"],
  ["--error", "error"],
  ["--class-1", "class 1"],
  ["--class-2", "class 2"],
  ["--class-3", "class 3"],
  ["--class-4", "class 4"],
  ["--class-5", "class 5"],
  ["--class-6", "class 6"],
  ["--class-7", "class 7"],
] as const;

function stillSession(state: NotebookState): NotebookSession {
  return createNotebookSession({
    state,
    openKernel: () => still,
    saveFile: () => undefined,
    saveText: () => undefined,
    saveStudentCopy: () => undefined,
    original: () => Promise.resolve(null),
    keepAside: () => Promise.resolve(),
    takeOver: () => undefined,
    files: {
      list: () => Promise.resolve([{ name: "iris.csv", sizeBytes: 2_734 }]),
      write: () => Promise.resolve(),
      remove: () => Promise.resolve(),
    },
    clipboard: browserClipboard,
    downloadFile: () => Promise.resolve(),
    usualPackages: "https://cdn.example/{name}@{version}{path}",
  });
}

export function SpecimenPage({ files }: { readonly files: Files }) {
  const [session] = useState(() => stillSession(specimenState()));
  return (
    <>
      <NotebookView session={session} files={files} />
      <LessonCards />
      <aside className="specimen" aria-label="Notices, buttons and colours">
        <NoticeLine kind="info" action={{ label: "Take over", run: () => undefined }}>
          This notebook is open in another tab, so it is read-only here.
        </NoticeLine>
        <NoticeLine kind="warning">
          This site is served without isolation headers: Stop may take up to two seconds.
        </NoticeLine>
        <NoticeLine kind="error" action={{ label: "Download .ipynb", run: () => undefined }}>
          Not saved: the disk is full (needs 1.2 MB, 0.4 MB are free).
        </NoticeLine>
        <p className="specimen-row">
          <button type="button" className="button" onClick={() => session.ask("restart")}>
            A question
          </button>
          <button type="button" className="button primary" onClick={() => session.ask("commands")}>
            A list
          </button>
          <button type="button" className="button" disabled>
            Disabled
          </button>
        </p>
        <ul className="specimen-row">
          {colours.map(([name, meaning]) => (
            <li key={name}>
              <span className="swatch" style={{ background: `var(${name})` }} />
              {meaning}
            </li>
          ))}
        </ul>
      </aside>
    </>
  );
}

/** In a session of their own, as a student sees them. */
function LessonCards() {
  const [session] = useState(() => stillSession(specimenLesson()));
  const { notebook, viewpoint, resume } = session.store.getState();
  return (
    <SessionContext value={session}>
      <section className="notebook" aria-label="What a lesson adds">
        <Cards cells={cellsInColumn(notebook, viewpoint)} resume={resume} />
      </section>
    </SessionContext>
  );
}

interface CardsProps {
  readonly cells: readonly Cell[];
  readonly resume: CellId | null;
}

function Cards({ cells, resume }: CardsProps) {
  const player = usePlayer();
  return cells.map(({ id }, index) => (
    <Fragment key={id}>
      {player && resume === id && <player.ResumeLine />}
      <CellView id={id} position={index + 1} />
    </Fragment>
  ));
}

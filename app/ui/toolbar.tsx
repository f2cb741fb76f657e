/** The one bar: where the reader is, the files, the kernel. Folds into a menu on a narrow screen. */
import { useEffect, useRef, useState } from "react";
import { titleOf } from "../notebook/document.ts";
import { Icon } from "./icons.tsx";
import { KernelMark } from "./kernel-mark.tsx";
import { MenuButton } from "./menu-button.tsx";
import { printRoute } from "./route.ts";
import { RunMenu } from "./run-menu.tsx";
import { useNotebook, useSession } from "./session-context.ts";
import { canStop } from "./store.ts";
import { ThemeButton } from "./theme-button.tsx";

/** What the bar does that concerns more than the open notebook. */
export interface Files {
  readonly openStart: () => void;
  readonly newNotebook: () => void;
  readonly openFile: () => void;
  readonly openDropped: (file: File) => void;
}

export function NotebookBar({ files }: { readonly files: Files }) {
  const session = useSession();
  const stoppable = useNotebook(canStop);
  const isStudent = useNotebook((state) => state.viewpoint === "student");
  const isLesson = useNotebook((state) => state.lesson !== null);
  const readOnly = useNotebook((state) => state.readOnly);
  const shown = [
    { id: "lessons", title: "Lessons", run: files.openStart },
    { id: "new", title: "New notebook", run: files.newNotebook },
    { id: "open", title: "Open file", run: files.openFile },
    { id: "save", title: "Save .ipynb", run: () => session.saveFile() },
    { id: "runs", title: "Runs", run: () => session.toggleRuns() },
    { id: "files", title: "Files", run: () => session.ask("files") },
    { id: "network", title: "Network", run: () => session.ask("network") },
  ];
  const entries = [
    ...shown,
    ...(isStudent
      ? [{ id: "contents", title: "Contents", run: () => session.ask("contents") }]
      : []),
    ...(isLesson && !readOnly
      ? [{ id: "anew", title: "Begin the lesson anew", run: () => session.ask("reset lesson") }]
      : []),
    {
      id: "viewpoint",
      title: isStudent ? "View as author" : "View as student",
      run: () => session.changeViewpoint(),
    },
    { id: "student-copy", title: "Make student copy", run: () => session.saveStudentCopy() },
  ];
  return (
    <header className="bar">
      <a
        className="wordmark"
        href={printRoute({ page: "start" })}
        onClick={(event) => {
          event.preventDefault();
          files.openStart();
        }}
      >
        Descent
      </a>
      <Title />
      <nav className="bar-files" aria-label="Files">
        {shown.map((entry) => (
          <button key={entry.id} type="button" className="quiet" onClick={entry.run}>
            {entry.title}
          </button>
        ))}
      </nav>
      <div className="bar-kernel" role="group" aria-label="Kernel">
        <button
          type="button"
          className="quiet"
          aria-label="Run all"
          onClick={() => session.runAll()}
        >
          <Icon name="run" />
          <span>Run all</span>
        </button>
        <RunMenu />
        <button
          type="button"
          className="quiet"
          disabled={!stoppable}
          aria-label="Stop"
          onClick={() => session.interrupt()}
        >
          <Icon name="stop" />
          <span>Stop</span>
        </button>
        <button
          type="button"
          className="quiet"
          aria-label="Restart"
          onClick={() => session.ask("restart")}
        >
          <Icon name="restart" />
          <span>Restart</span>
        </button>
        <KernelMark />
      </div>
      <ThemeButton />
      <div className="bar-menu">
        <MenuButton className="quiet" label="Menu" entries={entries}>
          <Icon name="menu" />
        </MenuButton>
      </div>
    </header>
  );
}

function Title() {
  const title = useNotebook((state) => titleOf(state.notebook));
  const save = useNotebook((state) => state.save.kind);
  useEffect(() => {
    document.title = `${title} · Descent`;
  }, [title]);
  return (
    <div className="title">
      <TitleField key={title} title={title} />
      <span className="save-state" data-save={save}>
        {saveWords[save]}
      </span>
    </div>
  );
}

/** The notebook's name, edited in place; taken when the field is left. */
function TitleField({ title }: { readonly title: string }) {
  const session = useSession();
  const readOnly = useNotebook((state) => state.readOnly);
  const [text, setText] = useState(title);
  const givenUp = useRef(false);
  const keep = () => {
    const wanted = text.trim();
    if (givenUp.current || wanted === "") setText(title);
    else session.setTitle(wanted);
    givenUp.current = false;
  };
  return (
    <input
      aria-label="Name of the notebook"
      value={text}
      readOnly={readOnly}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        givenUp.current = event.key === "Escape";
        if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
      }}
    />
  );
}

const saveWords = { saved: "Saved", saving: "Saving …", failed: "Not saved" } as const;

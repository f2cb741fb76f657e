/** The one bar: where the reader is, the files, the kernel. Folds into a menu on a narrow screen. */
import { type RefObject, useEffect, useRef, useState } from "react";
import { Button, Menu, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { titleOf } from "../notebook/document.ts";
import { Icon } from "./icons.tsx";
import { KernelMark } from "./kernel-mark.tsx";
import { useNotebook, useSession } from "./session-context.ts";
import { isBusy } from "./store.ts";
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
  const busy = useNotebook(isBusy);
  const entries = [
    { id: "lessons", title: "Lessons", run: files.openStart },
    { id: "new", title: "New notebook", run: files.newNotebook },
    { id: "open", title: "Open file", run: files.openFile },
    { id: "save", title: "Save .ipynb", run: () => session.saveFile() },
  ];
  return (
    <header className="bar">
      <a
        className="wordmark"
        href="."
        onClick={(event) => {
          event.preventDefault();
          files.openStart();
        }}
      >
        Descent
      </a>
      <Title />
      <nav className="bar-files" aria-label="Files">
        {entries.map((entry) => (
          <button key={entry.id} type="button" className="quiet" onClick={entry.run}>
            {entry.title}
          </button>
        ))}
      </nav>
      <div className="bar-kernel" role="group" aria-label="Kernel">
        <button type="button" className="quiet" onClick={() => session.runAll()}>
          <Icon name="run" />
          <span>Run all</span>
        </button>
        <button
          type="button"
          className="quiet"
          disabled={!busy}
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
        <MenuTrigger>
          <Button className="quiet" aria-label="Menu">
            <Icon name="menu" />
          </Button>
          <Popover className="popover" placement="bottom end">
            <Menu
              className="menu"
              aria-label="Menu"
              onAction={(key) => entries.find((entry) => entry.id === key)?.run()}
            >
              {entries.map((entry) => (
                <MenuItem key={entry.id} id={entry.id}>
                  {entry.title}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      </div>
    </header>
  );
}

/** The notebook's name, edited in place. */
function Title() {
  const session = useSession();
  const title = useNotebook((state) => titleOf(state.notebook));
  const readOnly = useNotebook((state) => state.readOnly);
  const save = useNotebook((state) => state.save.kind);
  const [text, setText] = useState(title);
  const field: RefObject<HTMLInputElement | null> = useRef(null);
  useEffect(() => {
    setText(title);
    document.title = `${title} · Descent`;
  }, [title]);

  const keep = () => {
    const wanted = text.trim();
    if (wanted === "") setText(title);
    else session.setTitle(wanted);
  };
  return (
    <div className="title">
      <input
        ref={field}
        aria-label="Name of the notebook"
        value={text}
        readOnly={readOnly}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={keep}
        onKeyDown={(event) => {
          if (event.key === "Escape") setText(title);
          if (event.key === "Enter" || event.key === "Escape") field.current?.blur();
        }}
      />
      <span className="save-state" data-save={save}>
        {saveWords[save]}
      </span>
    </div>
  );
}

const saveWords = { saved: "Saved", saving: "Saving …", failed: "Not saved" } as const;

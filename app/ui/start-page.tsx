/** The first page: lessons in order, the reader's own notebooks, and the ways to begin one. */
import { useEffect, useState } from "react";
import { isReference } from "../lessons/course.ts";
import type { Taken } from "../lessons/go-on.ts";
import { FileDrop } from "./file-drop.tsx";
import { printAgo } from "../notebook/duration.ts";
import { Icon } from "./icons.tsx";
import { LessonLists } from "./lesson-list.tsx";
import { NoticeLine } from "./notices.tsx";
import { Link } from "./link.tsx";
import type { Route } from "./route.ts";
import { ThemeButton } from "./theme-button.tsx";
import type { Files } from "./toolbar.tsx";
import type { SavedEntry, Workplace } from "./workplace.ts";

interface Props {
  readonly workplace: Workplace;
  readonly go: (route: Route) => void;
  readonly files: Files;
}

export function StartPage({ workplace, go, files }: Props) {
  const { lessons } = workplace;
  const [taken, setTaken] = useState<ReadonlyMap<string, Taken>>(new Map());
  useEffect(() => {
    document.title = "Descent";
    let current = true;
    workplace.listTaken().then(
      (found) => {
        if (current) setTaken(found);
      },
      () => {
        // A browser that keeps nothing: the notebooks below say so.
      },
    );
    return () => {
      current = false;
    };
  }, [workplace]);
  return (
    <FileDrop onFiles={([file]) => file && files.openDropped(file)}>
      <header className="bar">
        <span className="wordmark">Descent</span>
        <div className="title" />
        <button type="button" className="quiet" onClick={files.newNotebook}>
          New notebook
        </button>
        <button type="button" className="quiet" onClick={files.openFile}>
          Open file
        </button>
        <ThemeButton />
      </header>
      <main className="start">
        <h1>How does a model learn its parameters?</h1>
        <p className="lede">
          Turn the knobs yourself, then watch a network turn its own. Every cell is TypeScript; it
          compiles, trains and draws in this page, and nothing leaves it.
        </p>
        <LessonLists lessons={lessons} taken={taken} go={go} />
        <Saved workplace={workplace} go={go} files={files} />
        <p className="start-foot">
          {lessons.filter(isReference).map(({ slug, title }) => (
            <Link key={slug} route={{ page: "lesson", lesson: slug }} go={go}>
              {title}
            </Link>
          ))}
          <Link route={{ page: "data" }} go={go}>
            Data sets, their authors and licences
          </Link>
        </p>
      </main>
    </FileDrop>
  );
}

interface Listed {
  readonly entries: readonly SavedEntry[];
  /** When they were listed: what "5 min ago" is counted from. */
  readonly nowMs: number;
}

function Saved({ workplace, go, files }: Props) {
  const [saved, setSaved] = useState<Listed>({ entries: [], nowMs: 0 });
  const [problem, setProblem] = useState<string | null>(null);
  const [version, setVersion] = useState(0);
  useEffect(() => {
    let current = true;
    workplace.listSaved().then(
      (entries) => {
        if (current) setSaved({ entries, nowMs: Date.now() });
      },
      (error: unknown) => {
        if (current) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      current = false;
    };
  }, [workplace, version]);

  const removed = (entry: SavedEntry) => {
    workplace.remove(entry.id).then(
      () => setVersion((count) => count + 1),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <section aria-labelledby="saved">
      <h2 id="saved">Your notebooks</h2>
      {problem !== null && <NoticeLine kind="error">{problem}</NoticeLine>}
      {saved.entries.length > 0 && (
        <ul className="saved">
          {saved.entries.map((entry) => (
            <li key={entry.id}>
              <Link route={{ page: "notebook", id: entry.id }} go={go}>
                <span className="saved-title">{entry.title}</span>
                <span className="saved-when">{printAgo(saved.nowMs - entry.savedMs)}</span>
              </Link>
              <RemoveButton entry={entry} onRemove={removed} />
            </li>
          ))}
        </ul>
      )}
      <p className="begin">
        <button type="button" className="button" onClick={files.newNotebook}>
          New notebook
        </button>
        <button type="button" className="button" onClick={files.openFile}>
          Open file
        </button>
        <span>or drop an .ipynb or .ts file anywhere on this page</span>
      </p>
    </section>
  );
}

/** Deleting a notebook cannot be undone, so the second press does it. */
function RemoveButton({
  entry,
  onRemove,
}: {
  readonly entry: SavedEntry;
  readonly onRemove: (entry: SavedEntry) => void;
}) {
  const [asked, setAsked] = useState(false);
  if (!asked) {
    return (
      <button
        type="button"
        className="round"
        aria-label={`Delete ${entry.title}`}
        onClick={() => setAsked(true)}
      >
        <Icon name="remove" />
      </button>
    );
  }
  return (
    <button
      type="button"
      className="button danger"
      autoFocus
      onBlur={() => setAsked(false)}
      onClick={() => onRemove(entry)}
    >
      Delete for good
    </button>
  );
}

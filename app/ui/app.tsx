/** Which page is shown, by the address: the start page, an open notebook, the specimen. */
import { useCallback, useEffect, useState } from "react";
import { DataPage } from "./data-page.tsx";
import { download } from "./download.ts";
import { NotebookView } from "./notebook-view.tsx";
import { NoticeLine } from "./notices.tsx";
import { pickFiles } from "./pick-files.ts";
import { parseRoute, printRoute, type Route } from "./route.ts";
import { SpecimenPage } from "./specimen-page.tsx";
import { StartPage } from "./start-page.tsx";
import type { Files } from "./toolbar.tsx";
import type { OpeningFailure, OpenNotebook, Workplace } from "./workplace.ts";

type Opened =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly notebook: OpenNotebook }
  | { readonly kind: "failed"; readonly failure: OpeningFailure };

export function App({ workplace }: { readonly workplace: Workplace }) {
  const [route, setRoute] = useState<Route>(() => parseRoute(location.search));
  const [problem, setProblem] = useState<string | null>(null);
  const go = useCallback((next: Route) => {
    history.pushState(null, "", printRoute(next));
    setProblem(null);
    setRoute(next);
    scrollTo(0, 0);
  }, []);
  useEffect(() => {
    const follow = () => setRoute(parseRoute(location.search));
    addEventListener("popstate", follow);
    return () => removeEventListener("popstate", follow);
  }, []);

  /** Goes to the notebook that comes of this, or says why there is none. */
  const begin = (made: Promise<string>) => {
    made.then(
      (id) => go({ page: "notebook", id }),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  };
  const openDropped = (file: File) => begin(workplace.importFile(file));
  const files: Files = {
    openStart: () => go({ page: "start" }),
    newNotebook: () => begin(workplace.create()),
    openFile: () => pickFiles(".ipynb,.ts", ([file]) => file && openDropped(file)),
    openDropped,
  };

  return (
    <>
      {problem !== null && (
        <div className="problem">
          <NoticeLine kind="error" action={{ label: "Dismiss", run: () => setProblem(null) }}>
            {problem}
          </NoticeLine>
        </div>
      )}
      {route.page === "specimen" ? (
        <SpecimenPage files={files} />
      ) : route.page === "data" ? (
        <DataPage go={go} />
      ) : route.page === "start" ? (
        <StartPage workplace={workplace} go={go} files={files} />
      ) : (
        <OpenPage key={printRoute(route)} route={route} workplace={workplace} files={files} />
      )}
    </>
  );
}

interface OpenProps {
  readonly route: Route & { readonly page: "lesson" | "notebook" };
  readonly workplace: Workplace;
  readonly files: Files;
}

function OpenPage({ route, workplace, files }: OpenProps) {
  const [opened, setOpened] = useState<Opened>({ kind: "opening" });
  useEffect(() => {
    let notebook: OpenNotebook | null = null;
    let left = false;
    workplace.open(route).then(
      (made) => {
        if (left) return made.close();
        notebook = made;
        setOpened({ kind: "open", notebook: made });
      },
      (error: unknown) => {
        if (!left) setOpened({ kind: "failed", failure: workplace.explain(error) });
      },
    );
    return () => {
      left = true;
      notebook?.close();
    };
  }, [route, workplace]);

  if (opened.kind === "open") {
    return <NotebookView session={opened.notebook.session} files={files} />;
  }
  if (opened.kind === "opening") return <main className="opening" aria-busy="true" />;
  const { reason, salvage } = opened.failure;
  return (
    <main className="problem">
      <h1>This notebook did not open</h1>
      <NoticeLine kind="error" action={{ label: "All notebooks", run: files.openStart }}>
        {reason}
      </NoticeLine>
      {salvage !== undefined && (
        <button
          type="button"
          className="button"
          onClick={() => download("notebook-record.json", salvage, "application/json")}
        >
          Download what is left of it
        </button>
      )}
    </main>
  );
}

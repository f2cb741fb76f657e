/** A lesson or a notebook of this browser: blank until it is there, then itself, or why it is not. */
import { type ReactNode, useEffect, useState } from "react";
import { download } from "./download.ts";
import { NotebookView } from "./notebook-view.tsx";
import { NoticeLine } from "./notices.tsx";
import { loadPlayer } from "./player-module.ts";
import type { Route } from "./route.ts";
import type { Files } from "./toolbar.tsx";
import type { OpeningFailure, OpenNotebook, Workplace } from "./workplace.ts";

type Opened =
  | { readonly kind: "opening" }
  | { readonly kind: "open"; readonly notebook: OpenNotebook }
  | { readonly kind: "failed"; readonly failure: OpeningFailure };

interface Props {
  readonly route: Route & { readonly page: "lesson" | "notebook" };
  readonly workplace: Workplace;
  readonly files: Files;
}

export function OpenPage({ route, workplace, files }: Props) {
  const [opened, setOpened] = useState<Opened>({ kind: "opening" });
  useEffect(() => {
    let notebook: OpenNotebook | null = null;
    let left = false;
    const show = async () => {
      // Side by side: both come over the network.
      if (route.page === "lesson") void loadPlayer();
      const made = await workplace.open(route);
      if (left) return made.close();
      notebook = made;
      if (made.session.store.getState().viewpoint === "student") await loadPlayer();
      if (!left) setOpened({ kind: "open", notebook: made });
    };
    show().catch((error: unknown) => {
      if (!left) setOpened({ kind: "failed", failure: workplace.explain(error) });
    });
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
    <Unopened reason={reason} files={files}>
      {salvage !== undefined && (
        <button
          type="button"
          className="button"
          onClick={() => download("notebook-record.json", salvage, "application/json")}
        >
          Download what is left of it
        </button>
      )}
    </Unopened>
  );
}

interface UnopenedProps {
  readonly reason: string;
  readonly files: Files;
  readonly children?: ReactNode;
}

export function Unopened({ reason, files, children }: UnopenedProps) {
  return (
    <main className="problem">
      <h1>This notebook did not open</h1>
      <NoticeLine kind="error" action={{ label: "All notebooks", run: files.openStart }}>
        {reason}
      </NoticeLine>
      {children}
    </main>
  );
}

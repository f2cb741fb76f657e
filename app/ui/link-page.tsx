/** `?open=<address>`: a notebook from the web is fetched, kept as the reader's, and shown. Nothing in it runs. */
import { useEffect, useState } from "react";
import { Unopened } from "./open-page.tsx";
import type { Route } from "./route.ts";
import type { Files } from "./toolbar.tsx";
import type { Workplace } from "./workplace.ts";

interface Props {
  readonly address: string;
  readonly workplace: Workplace;
  readonly goInstead: (route: Route) => void;
  readonly files: Files;
}

export function LinkPage({ address, workplace, goInstead, files }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    workplace.importLink(address).then(
      (id) => {
        if (!left) goInstead({ page: "notebook", id });
      },
      (error: unknown) => {
        if (!left) setProblem(error instanceof Error ? error.message : String(error));
      },
    );
    return () => {
      left = true;
    };
  }, [address, workplace, goInstead]);
  if (problem !== null) return <Unopened reason={problem} files={files} />;
  return (
    <main className="problem" aria-busy="true">
      <p role="status">Fetching {address} …</p>
    </main>
  );
}

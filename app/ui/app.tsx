/** Which page is shown, by the address: the start page, an open notebook, the specimen. */
import { useCallback, useEffect, useState } from "react";
import { HomePage } from "./home-page.tsx";
import { late } from "./late.tsx";
import { NoticeLine } from "./notices.tsx";
import { OpenPage } from "./open-page.tsx";
import { pickFiles } from "./pick-files.ts";
import { parseRoute, printRoute, type Route } from "./route.ts";
import { StartPage } from "./start-page.tsx";
import type { Files } from "./toolbar.tsx";
import type { Workplace } from "./workplace.ts";

/** Read once in a while: they come when they are opened. */
const DataPage = late(() => import("./data-page.tsx").then((page) => page.DataPage));
const LinkPage = late(() => import("./link-page.tsx").then((page) => page.LinkPage));

/** Of no use to readers: it comes when it is asked for. */
const SpecimenPage = late(() => import("./specimen-page.tsx").then((page) => page.SpecimenPage));

export function App({ workplace }: { readonly workplace: Workplace }) {
  const [route, setRoute] = useState<Route>(() => parseRoute(location.search));
  const [problem, setProblem] = useState<string | null>(null);
  const go = useCallback((next: Route) => {
    history.pushState(null, "", printRoute(next));
    setProblem(null);
    setRoute(next);
    scrollTo(0, 0);
  }, []);
  /** The same without a way back to where there was nothing to see. */
  const goInstead = useCallback((next: Route) => {
    history.replaceState(null, "", printRoute(next));
    setRoute(next);
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
      ) : route.page === "home" ? (
        <HomePage workplace={workplace} go={go} goInstead={goInstead} files={files} />
      ) : route.page === "start" ? (
        <StartPage workplace={workplace} go={go} files={files} />
      ) : route.page === "link" ? (
        <LinkPage
          key={route.address}
          address={route.address}
          workplace={workplace}
          goInstead={goInstead}
          files={files}
        />
      ) : (
        <OpenPage key={printRoute(route)} route={route} workplace={workplace} files={files} />
      )}
    </>
  );
}

/** The page without a query: who has never been here finds the first lesson, everybody else the start page. */
import { useEffect, useState } from "react";
import type { Route } from "./route.ts";
import { StartPage } from "./start-page.tsx";
import type { Files } from "./toolbar.tsx";
import type { Workplace } from "./workplace.ts";

interface Props {
  readonly workplace: Workplace;
  readonly go: (route: Route) => void;
  /** The same without a way back to where there was nothing to see. */
  readonly goInstead: (route: Route) => void;
  readonly files: Files;
}

export function HomePage({ workplace, go, goInstead, files }: Props) {
  const [isKnown, setKnown] = useState(false);
  useEffect(() => {
    let left = false;
    void isFirstVisit(workplace).then((isFirst) => {
      if (left) return;
      const [first] = workplace.lessons;
      if (isFirst && first) goInstead({ page: "lesson", lesson: first.slug });
      else setKnown(true);
    });
    return () => {
      left = true;
    };
  }, [workplace, goInstead]);
  if (!isKnown) return <main className="opening" aria-busy="true" />;
  return <StartPage workplace={workplace} go={go} files={files} />;
}

/** In a browser that keeps nothing, every visit is the first. */
async function isFirstVisit(workplace: Workplace): Promise<boolean> {
  try {
    const [taken, saved] = await Promise.all([workplace.listTaken(), workplace.listSaved()]);
    return taken.size === 0 && saved.length === 0;
  } catch {
    // The notebook that opens says by itself that it cannot be kept.
    return true;
  }
}

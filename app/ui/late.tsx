/** Parts of the page that are fetched when they are first shown, so that the page itself opens sooner. */
import { type ComponentType, lazy, Suspense } from "react";
import { NoticeLine } from "./notices.tsx";

/** A component whose code comes when it is first drawn; until then there is nothing in its place. */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const Part: ComponentType<Props> = lazy(() =>
    load()
      .catch((error: unknown) => () => <Missing error={error} />)
      .then((Loaded) => ({ default: Loaded })),
  );
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
}

/** The page was published anew, or the network went away: thrown, it would take the page with it. */
function Missing({ error }: { readonly error: unknown }) {
  return (
    <div className="problem">
      <NoticeLine kind="error" action={{ label: "Reload", run: () => location.reload() }}>
        A part of this page could not be fetched (
        {error instanceof Error ? error.message : String(error)}). What you wrote is kept.
      </NoticeLine>
    </div>
  );
}

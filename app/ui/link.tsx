/** Links between the pages of the app. */
import { printRoute, type Route } from "./route.ts";

interface LinkProps {
  readonly route: Route;
  readonly go: (route: Route) => void;
  readonly className?: string;
  readonly children: React.ReactNode;
}

/** A real link, followed without loading the page again unless another tab is asked for. */
export function Link({ route, go, className, children }: LinkProps) {
  return (
    <a
      href={printRoute(route)}
      className={className}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(route);
      }}
    >
      {children}
    </a>
  );
}

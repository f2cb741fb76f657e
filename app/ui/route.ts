/** Which page an address means. Query parameters only, so that any static host serves every route. */
export type Route =
  /** Whatever the reader should find first. */
  | { readonly page: "home" }
  | { readonly page: "start" }
  | { readonly page: "lesson"; readonly lesson: string }
  | { readonly page: "notebook"; readonly id: string }
  /** A notebook somewhere on the web. */
  | { readonly page: "link"; readonly address: string }
  | { readonly page: "data" }
  | { readonly page: "specimen" };

/**
 * `?lesson=01`, `?notebook=<id>`, `?open=<address>`, `?data`, `?specimen`; without any query it is the
 * reader's home, and anything else is the start page.
 */
export function parseRoute(search: string): Route {
  const query = new URLSearchParams(search);
  const lesson = query.get("lesson");
  if (lesson) return { page: "lesson", lesson };
  const id = query.get("notebook");
  if (id) return { page: "notebook", id };
  const address = query.get("open");
  if (address) return { page: "link", address };
  if (query.has("data")) return { page: "data" };
  if (query.has("specimen")) return { page: "specimen" };
  return query.size === 0 ? { page: "home" } : { page: "start" };
}

/** The query of a route: `parseRoute(printRoute(r))` equals `r`. `.` is the page without a query. */
export function printRoute(route: Route): string {
  switch (route.page) {
    case "home":
      return ".";
    case "start":
      return "?lessons";
    case "link":
      return `?${new URLSearchParams({ open: route.address }).toString()}`;
    case "lesson":
      return `?${new URLSearchParams({ lesson: route.lesson }).toString()}`;
    case "notebook":
      return `?${new URLSearchParams({ notebook: route.id }).toString()}`;
    case "data":
      return "?data";
    case "specimen":
      return "?specimen";
    default:
      return route satisfies never;
  }
}

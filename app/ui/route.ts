/** Which page an address means. Query parameters only, so that any static host serves every route. */
export type Route =
  | { readonly page: "start" }
  | { readonly page: "lesson"; readonly lesson: string }
  | { readonly page: "notebook"; readonly id: string }
  | { readonly page: "data" }
  | { readonly page: "specimen" };

/** `?lesson=01`, `?notebook=<id>`, `?data`, `?specimen`; anything else is the start page. */
export function parseRoute(search: string): Route {
  const query = new URLSearchParams(search);
  const lesson = query.get("lesson");
  if (lesson) return { page: "lesson", lesson };
  const id = query.get("notebook");
  if (id) return { page: "notebook", id };
  if (query.has("data")) return { page: "data" };
  return query.has("specimen") ? { page: "specimen" } : { page: "start" };
}

/** The query of a route: `parseRoute(printRoute(r))` equals `r`. `.` is the page without a query. */
export function printRoute(route: Route): string {
  switch (route.page) {
    case "start":
      return ".";
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

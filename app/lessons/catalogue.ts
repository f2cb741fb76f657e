/** The notebooks that ship with the page. What each is called stands in the front matter of its file. */
import { readCatalogue } from "./lesson.ts";

/** In the order of their front matter. */
export const lessons = readCatalogue(
  import.meta.glob<string>("../../notebooks/*.ts", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
);

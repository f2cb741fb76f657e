/** The notebooks that ship with the page. What each is called stands in the front matter of its file. */
import { inOrder, type Lesson } from "./lesson.ts";

/** In the order of their front matter. `?lesson` is answered by `vite-plugin.ts`. */
export const lessons = inOrder(
  Object.values(
    import.meta.glob<Lesson>("../../notebooks/*.ts", {
      query: "?lesson",
      import: "default",
      eager: true,
    }),
  ),
);

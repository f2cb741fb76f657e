/** What takes time at its first use, done while the reader reads. */
import { loadEditor } from "./editor-module.ts";
import { isTouch } from "./platform.ts";

/** Fetches the editor at once and makes a first one when the page has nothing to do. */
export function warmUp(): void {
  if (isTouch) return;
  loadEditor().then(
    ({ warmEditor }) => {
      if ("requestIdleCallback" in window) requestIdleCallback(() => warmEditor());
      else setTimeout(warmEditor, 500);
    },
    (error: unknown) => {
      // The text stays readable and runs; a cell asks again when it is entered.
      console.warn("The editor did not load:", error);
    },
  );
}

/** What takes time at its first use, done while the reader reads. */
import { loadEditor } from "./editor-module.ts";
import { isTouch } from "./platform.ts";

/** Fetches the editor at once, and makes a first one and fetches menus and dialogs when the page is idle. */
export function warmUp(): void {
  // What does not come says so when it is asked for.
  whenIdle(() => {
    void Promise.all([import("./questions.tsx"), import("./menu-list.tsx")]).catch(() => undefined);
  });
  if (isTouch) return;
  loadEditor().then(
    ({ warmEditor }) => whenIdle(warmEditor),
    (error: unknown) => {
      // The text stays readable and runs; a cell asks again when it is entered.
      console.warn("The editor did not load:", error);
    },
  );
}

export function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(() => work());
  else setTimeout(work, 500);
}

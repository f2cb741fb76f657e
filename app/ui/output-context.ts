/** What outputs of the open notebook may ask: one object for each session and theme. */
import { titleForCell } from "./cell-names.ts";
import type { NotebookSession } from "./notebook-session.ts";
import type { PageContext } from "./output-mount.ts";
import { cellOf, runOf } from "./store.ts";
import type { Theme } from "./theme.ts";

const made = new WeakMap<NotebookSession, Map<string, PageContext>>();

/** The same object for the same session, theme and trust, so that renderers see when one changes. */
export function outputContext(
  session: NotebookSession,
  theme: Theme,
  trusted: boolean,
): PageContext {
  const known = made.get(session) ?? new Map<string, PageContext>();
  made.set(session, known);
  const key = `${theme} ${trusted}`;
  const found = known.get(key);
  if (found) return found;
  const { getState } = session.store;
  const context: PageContext = {
    theme,
    trusted,
    askTrust: () => session.ask("trust"),
    reducedMotion: matchMedia("(prefers-reduced-motion: reduce)").matches,
    onKnob: (id, value) => session.setKnob(id, value),
    onPress: (id) => session.pressKnob(id),
    watchKnob: (id, moved) =>
      session.store.subscribe(({ knobs }, before) => {
        const value = knobs[id];
        if (value !== undefined && value !== before.knobs[id]) moved(value);
      }),
    downloadFile: (name) => session.downloadFile(name),
    goTo: (cell, line, column) => session.goTo(cell, line, column),
    sourceOf: (cell) =>
      runOf(getState(), cell).record?.source ?? cellOf(getState(), cell)?.source ?? null,
    nameOf: (cell) => titleForCell(getState(), cell),
    knobValue: (id) => getState().knobs[id],
  };
  known.set(key, context);
  return context;
}

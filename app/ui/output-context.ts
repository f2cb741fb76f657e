/** What outputs of the open notebook may ask: one object for each session and theme. */
import { titleForCell } from "./cell-names.ts";
import type { NotebookSession } from "./notebook-session.ts";
import type { PageContext } from "./output-mount.ts";
import { cellOf, runOf } from "./store.ts";
import type { Theme } from "./theme.ts";

const made = new WeakMap<NotebookSession, Map<Theme, PageContext>>();

/** The same object for the same session and theme, so that renderers see when either changes. */
export function outputContext(session: NotebookSession, theme: Theme): PageContext {
  const known = made.get(session) ?? new Map<Theme, PageContext>();
  made.set(session, known);
  const found = known.get(theme);
  if (found) return found;
  const { getState } = session.store;
  const context: PageContext = {
    theme,
    reducedMotion: matchMedia("(prefers-reduced-motion: reduce)").matches,
    onKnob: (id, value) => session.setKnob(id, value),
    downloadFile: (name) => session.downloadFile(name),
    goTo: (cell, line, column) => session.goTo(cell, line, column),
    sourceOf: (cell) =>
      runOf(getState(), cell).record?.source ?? cellOf(getState(), cell)?.source ?? null,
    nameOf: (cell) => titleForCell(getState(), cell),
    knobValue: (id) => getState().knobs[id],
  };
  known.set(theme, context);
  return context;
}

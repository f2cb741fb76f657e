/** Listens to the page's keys, before editors see them, and runs commands of the open notebook. */
import type { Command } from "./commands/index.ts";
import { editorIfLoaded } from "./editor-module.ts";
import { createKeyReader, isOurs, type KeyPlace } from "./keys.ts";
import { isMac } from "./platform.ts";
import type { NotebookSession } from "./notebook-session.ts";

/** Returns the way to stop listening. */
export function listenToKeys(
  page: Document,
  commands: readonly Command[],
  session: NotebookSession,
): () => void {
  const reader = createKeyReader(commands, isMac);
  const onKey = (event: KeyboardEvent) => {
    const place = placeOf(event.target);
    if (!isOurs(place, event)) return;
    const { readOnly, mode } = session.store.getState();
    // Before the editor has arrived, a reader who entered a text types into nothing, not commands.
    const awaited = place === "cell" && mode === "edit" && editorIfLoaded() === null;
    const isText = place === "text" || awaited;
    const command = reader.read(event, isText ? "edit" : "command", event.timeStamp);
    if (!command || (command.writes && readOnly)) return;
    event.preventDefault();
    event.stopPropagation();
    command.run(session);
  };
  page.addEventListener("keydown", onKey, { capture: true });
  return () => page.removeEventListener("keydown", onKey, { capture: true });
}

const FIELDS =
  "input, textarea, select, [contenteditable], [role=slider], [role=textbox], [role=application], [role=grid]";
const ABOVE = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox], [data-panel]";

function placeOf(target: EventTarget | null): KeyPlace {
  if (!(target instanceof Element)) return "cell";
  // The find box is part of an editor, yet its keys are its own.
  if (target.closest(`${ABOVE}, .find-widget`)) return "field";
  if (target.closest(".cell-text .monaco-editor, .markdown-field")) return "text";
  if (target.closest(FIELDS)) return "field";
  return target.closest("button, a, summary, [role=button]") ? "button" : "cell";
}

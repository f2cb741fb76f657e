/** A text cell: set prose, or the Markdown behind it in a plain text field that grows with it. */
import { useEffect, useLayoutEffect, useRef } from "react";
import type { Cell } from "../notebook/document.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { useProse } from "./prose.ts";

export function MarkdownText({ cell, label }: { readonly cell: Cell; readonly label: string }) {
  const editing = useNotebook((state) => state.selected === cell.id && state.mode === "edit");
  const readOnly = useNotebook((state) => state.readOnly);
  if (editing && !readOnly) return <MarkdownField cell={cell} label={label} />;
  return cell.type === "raw" ? <pre className="raw">{cell.source}</pre> : <Prose cell={cell} />;
}

function Prose({ cell }: { readonly cell: Cell }) {
  const session = useSession();
  const ref = useProse<HTMLDivElement>(cell);
  const isEmpty = cell.source.trim() === "";
  return (
    <div
      className="prose"
      onPointerDown={() => session.focused(cell.id, "command")}
      onDoubleClick={() => session.focused(cell.id, "edit")}
    >
      {isEmpty && <p className="empty">Empty text cell: double-click, or press Enter, to write.</p>}
      <div ref={ref} />
    </div>
  );
}

function MarkdownField({ cell, label }: { readonly cell: Cell; readonly label: string }) {
  const session = useSession();
  const field = useRef<HTMLTextAreaElement>(null);

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    // Browsers without `field-sizing` grow it by hand.
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [cell.source]);

  useEffect(() => {
    const element = field.current;
    if (!element) return;
    const caret = session.takeCaret();
    element.focus({ preventScroll: true });
    const at = caret === "start" ? 0 : element.value.length;
    element.setSelectionRange(at, at);
    element.scrollIntoView({ block: "nearest" });
  }, [session]);

  return (
    <textarea
      ref={field}
      className="markdown-field"
      aria-label={label}
      value={cell.source}
      spellCheck
      onChange={(event) => session.setSource(cell.id, event.currentTarget.value)}
      onKeyDown={(event) => {
        const { selectionStart, selectionEnd, value } = event.currentTarget;
        if (event.key === "Escape" && !event.nativeEvent.isComposing) {
          event.stopPropagation();
          session.leaveEdit();
        } else if (selectionStart !== selectionEnd || event.shiftKey) {
          return;
        } else if (event.key === "ArrowUp" && selectionStart === 0) {
          event.preventDefault();
          session.editNeighbour(-1);
        } else if (event.key === "ArrowDown" && selectionStart === value.length) {
          event.preventDefault();
          session.editNeighbour(1);
        }
      }}
    />
  );
}

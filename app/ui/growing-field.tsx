/** A cell's text in a plain field that grows with it: prose everywhere, code where only a finger points. */
import { useEffect, useLayoutEffect, useRef } from "react";
import type { Cell } from "../notebook/document.ts";
import { useSession } from "./session-context.ts";

interface Props {
  readonly cell: Cell;
  readonly label: string;
}

export function GrowingField({ cell, label }: Props) {
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
    return session.holdText(cell.id, () => [
      ...new Set([element.selectionStart, element.selectionEnd]),
    ]);
  }, [session, cell.id]);

  return (
    <textarea
      ref={field}
      className="markdown-field"
      aria-label={label}
      value={cell.source}
      data-type={cell.type}
      spellCheck={cell.type !== "code"}
      autoCapitalize={cell.type === "code" ? "off" : "sentences"}
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

/** Markdown set as prose: the same rules as for Markdown that cells put out. */
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Cell } from "../notebook/document.ts";
import { renderMarkdown } from "../outputs/markdown.ts";

/** The element that will hold the prose of a cell, and follows its text. */
export function useProse<E extends HTMLElement>({
  source,
  attachments,
}: Cell): RefObject<E | null> {
  const ref = useRef<E>(null);
  useLayoutEffect(() => {
    ref.current?.replaceChildren(renderMarkdown(source, attachments));
  }, [source, attachments]);
  return ref;
}

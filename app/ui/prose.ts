/** Markdown set as prose: the same rules as for Markdown that cells put out. */
import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Cell } from "../notebook/document.ts";
import { renderMarkdown } from "../outputs/markdown.ts";
import { usePlayer } from "./player-module.ts";
import { useSession } from "./session-context.ts";

/** The element that will hold the prose of a cell, and follows its text. */
export function useProse<E extends HTMLElement>({
  id,
  source,
  attachments,
}: Cell): RefObject<E | null> {
  const ref = useRef<E>(null);
  const session = useSession();
  const player = usePlayer();
  useLayoutEffect(() => {
    const element = ref.current;
    element?.replaceChildren(renderMarkdown(source, attachments));
    if (element) player?.linkTerms(element, session.store.getState().notebook, id);
  }, [source, attachments, id, player, session]);
  return ref;
}

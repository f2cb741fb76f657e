/** How views reach the open notebook: the session for acts, a selector for what they show. */
import { createContext, useContext } from "react";
import { useStore } from "zustand";
import type { NotebookSession } from "./notebook-session.ts";
import type { NotebookState } from "./store.ts";

export const SessionContext = createContext<NotebookSession | null>(null);

/** @throws Error outside of an open notebook: a mistake in the tree of views. */
export function useSession(): NotebookSession {
  const session = useContext(SessionContext);
  if (!session) throw new Error("internal: a view of a notebook outside of one");
  return session;
}

/** Re-renders only when what `select` returns has changed by `Object.is`. */
export function useNotebook<T>(select: (state: NotebookState) => T): T {
  return useStore(useSession().store, select);
}

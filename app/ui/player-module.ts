/** The parts of the page that lessons alone need, once they have arrived: they come with the first lesson. */
import { useEffect, useSyncExternalStore } from "react";
import { useNotebook } from "./session-context.ts";

type Player = typeof import("./lesson/player.ts");

let loaded: Player | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

/** Starts loading at the first call; resolves when it is there, or cannot be fetched for now. */
export function loadPlayer(): Promise<void> {
  loading ??= import("./lesson/player.ts").then(
    (module) => {
      loaded = module;
      for (const listener of listeners) listener();
    },
    (error: unknown) => {
      // The lesson is read and run as a notebook; the next one to open asks again.
      loading = null;
      console.warn("The parts of lessons did not load:", error);
    },
  );
  return loading;
}

/** What a student's view needs; null for an author, and until it has come. */
export function usePlayer(): Player | null {
  const isWanted = useNotebook((state) => state.viewpoint === "student");
  useEffect(() => {
    if (isWanted) void loadPlayer();
  }, [isWanted]);
  const player = useSyncExternalStore(subscribe, () => loaded);
  return isWanted ? player : null;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

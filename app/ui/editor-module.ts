/** Monaco, once it has arrived: the page is readable and scrolls before it. */
import { useSyncExternalStore } from "react";
import { currentTheme, onThemeChange } from "./theme.ts";

type EditorModule = typeof import("../editor/index.ts");

let loaded: EditorModule | null = null;
let loading: Promise<EditorModule> | null = null;
const listeners = new Set<() => void>();

/** Starts loading at the first call. Rejects when the file cannot be fetched; a later call tries again. */
export function loadEditor(): Promise<EditorModule> {
  loading ??= import("../editor/index.ts").then(
    (module) => {
      loaded = module;
      module.setEditorTheme(currentTheme());
      onThemeChange(() => module.setEditorTheme(currentTheme()));
      for (const listener of listeners) listener();
      return module;
    },
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
}

/** The editor if it is here already. */
export function editorIfLoaded(): EditorModule | null {
  return loaded;
}

export function useEditorModule(): EditorModule | null {
  return useSyncExternalStore(subscribe, editorIfLoaded);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

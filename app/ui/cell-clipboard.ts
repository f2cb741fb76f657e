/**
 * Cells that were cut or copied, for every notebook and tab of this browser. They are kept as the
 * text of an `.ipynb` file without outputs: those of a notebook that is not trusted must not come
 * into one that is.
 */
import { parseIpynb, printIpynb } from "../formats/ipynb.ts";
import type { Cell } from "../notebook/document.ts";

const KEY = "descent.clipboard";

export interface CellClipboard {
  put(cells: readonly Cell[]): void;
  /** What was put last, here or in another tab; none where there is nothing. */
  get(): readonly Cell[];
}

/** @param storage where tabs share it; what it refuses stays in this tab */
export function createClipboard(storage: Pick<Storage, "getItem" | "setItem">): CellClipboard {
  let own: readonly Cell[] = [];
  let ownText: string | null = null;
  return {
    put(cells) {
      own = cells;
      ownText = null;
      const text = printIpynb({ cells, metadata: {} });
      try {
        storage.setItem(KEY, text);
        ownText = text;
      } catch {
        // Storage is refused or full: cells can be pasted in this tab.
      }
    },
    get() {
      try {
        const text = storage.getItem(KEY);
        if (text === null || text === ownText || (ownText === null && own.length > 0)) return own;
        return parseIpynb(text).notebook.cells;
      } catch {
        // Refused, or what is there is no notebook.
        return own;
      }
    },
  };
}

/** The clipboard of this browser. Where storage is refused, even asking for it throws. */
export const browserClipboard = createClipboard({
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, text) => localStorage.setItem(key, text),
});

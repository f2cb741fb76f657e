/**
 * Keys of a table that is one stop of the Tab key, by the ARIA pattern of a grid: arrows go from cell to
 * cell, Home and End along a row, with Ctrl through the whole table.
 */

export interface GridActs {
  /** Page Up and Page Down; absent where there are no pages. */
  turnPage?(by: -1 | 1): void;
  /** Ctrl+C where nothing is selected. */
  copy?(): void;
}

export interface GridKeys {
  /** Draws rows anew: the place that had the keys has them afterwards. */
  redraw(draw: () => void): void;
}

/** A cell that holds a button gives it the keys. */
export function addGridKeys(table: HTMLTableElement, acts: GridActs = {}): GridKeys {
  let [row, column] = [0, 0];

  const cellAt = (i: number, j: number) => table.rows[i]?.cells[j];
  const targetIn = (cell: HTMLElement) => cell.querySelector<HTMLElement>("button") ?? cell;

  function place(i: number, j: number): HTMLElement | null {
    const before = cellAt(row, column);
    if (before !== undefined) targetIn(before).tabIndex = -1;
    row = Math.max(0, Math.min(table.rows.length - 1, i));
    column = Math.max(0, Math.min((table.rows[row]?.cells.length ?? 1) - 1, j));
    const cell = cellAt(row, column);
    if (cell === undefined) return null;
    const target = targetIn(cell);
    target.tabIndex = 0;
    return target;
  }

  function move(event: KeyboardEvent): HTMLElement | null {
    const isWhole = event.ctrlKey || event.metaKey;
    const last = table.rows.length - 1;
    switch (event.key) {
      case "ArrowUp":
        return place(row - 1, column);
      case "ArrowDown":
        return place(row + 1, column);
      case "ArrowLeft":
        return place(row, column - 1);
      case "ArrowRight":
        return place(row, column + 1);
      case "Home":
        return place(isWhole ? 0 : row, 0);
      case "End":
        return place(isWhole ? last : row, Infinity);
      default:
        return null;
    }
  }

  table.addEventListener("keydown", (event) => {
    if (event.altKey || event.shiftKey) return;
    const isCopy = event.key === "c" && (event.ctrlKey || event.metaKey);
    if (isCopy && acts.copy !== undefined && (getSelection()?.isCollapsed ?? true)) {
      event.preventDefault();
      acts.copy();
      return;
    }
    const isPage = event.key === "PageUp" || event.key === "PageDown";
    if (isPage && acts.turnPage !== undefined) {
      event.preventDefault();
      acts.turnPage(event.key === "PageUp" ? -1 : 1);
      return;
    }
    const target = move(event);
    if (target === null) return;
    event.preventDefault();
    target.focus();
  });
  // A click brings the keys with it.
  table.addEventListener("focusin", ({ target }) => {
    const cell = target instanceof Element ? target.closest("td, th") : null;
    if (cell instanceof HTMLTableCellElement)
      place((cell.parentElement as HTMLTableRowElement).rowIndex, cell.cellIndex);
  });

  return {
    redraw(draw) {
      const hadFocus = table.contains(document.activeElement);
      draw();
      for (const cell of table.querySelectorAll<HTMLElement>("td, th"))
        targetIn(cell).tabIndex = -1;
      const target = place(row, column);
      if (hadFocus) target?.focus({ preventScroll: true });
    },
  };
}

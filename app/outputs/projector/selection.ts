/** What a reader of a projection looks at: one row, rows picked out, rows shown alone. Plain data and pure steps. */

export interface Selection {
  /** The row whose neighbours are listed; -1: none. */
  readonly chosen: number;
  /** Rows picked out, what matters first; null: all rows are equal. */
  readonly picked: readonly number[] | null;
  /** Rows shown alone; null: all. */
  readonly alone: Int32Array | null;
}

export const nothingSelected: Selection = { chosen: -1, picked: null, alone: null };

/** Fewer rows than this are no picture of their own. */
export const LEAST_ALONE = 3;

export function choose(selection: Selection, row: number): Selection {
  return { ...selection, chosen: row, picked: row < 0 ? null : [row] };
}

export function pick(selection: Selection, rows: readonly number[]): Selection {
  return { ...selection, chosen: -1, picked: rows.length === 0 ? null : rows };
}

/** The neighbours of the chosen row have come. */
export function pickNeighbours(selection: Selection, rows: readonly number[]): Selection {
  return selection.chosen < 0 ? selection : { ...selection, picked: [selection.chosen, ...rows] };
}

export function canIsolate({ picked }: Selection): boolean {
  return (picked?.length ?? 0) >= LEAST_ALONE;
}

/** The picked rows alone, in the order of the matrix. */
export function isolate(selection: Selection): Selection {
  if (!canIsolate(selection)) return selection;
  const alone = Int32Array.from(selection.picked ?? []).toSorted();
  return { ...selection, picked: null, chosen: -1, alone };
}

export function showAll(selection: Selection): Selection {
  return { ...selection, alone: null };
}

/** Rows whose label, or whose class's name, holds the text; in the order of the matrix, whole labels first. */
export function search(
  text: string,
  rows: Int32Array,
  labelOf: (row: number) => string,
  groupOf: (row: number) => string | null,
): readonly number[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const whole: number[] = [];
  const part: number[] = [];
  for (const row of rows) {
    const label = labelOf(row).toLowerCase();
    if (label === wanted) whole.push(row);
    else if (label.includes(wanted) || groupOf(row)?.toLowerCase() === wanted) part.push(row);
  }
  return [...whole, ...part];
}

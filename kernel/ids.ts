/** What names cells, their runs and their displays. */

declare const brand: unique symbol;
/** The id of a cell: 1 to 64 characters of `[a-zA-Z0-9-_]`, as in nbformat 4.5. */
export type CellId = string & { readonly [brand]: "CellId" };
/** One execution of one cell. Runs of a session are numbered 1, 2, 3, ... and never reused. */
export type RunId = number & { readonly [brand]: "RunId" };
/** Names a display that can be updated after it was shown. Unique within one kernel. */
export type DisplayId = string & { readonly [brand]: "DisplayId" };

const CELL_ID = /^[a-zA-Z0-9-_]{1,64}$/;

export function isCellId(value: unknown): value is CellId {
  return typeof value === "string" && CELL_ID.test(value);
}

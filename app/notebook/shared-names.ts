/** Names that several cells define: allowed, and worth a quiet word, for the last to run wins. */
import type { CellId } from "../../kernel/protocol.ts";
import type { Notebook } from "./document.ts";
import type { Analysis } from "./names.ts";
import { runsWithAll } from "./roles.ts";
import { runtimeOf, type Runtime } from "./runtime.ts";

export interface SharedName {
  readonly name: string;
  /** The other cells that define it, in document order. */
  readonly others: readonly CellId[];
}

/** What each cell defines that others define too, by the texts as they stand; imports do not count. */
export function sharedNames(
  notebook: Notebook,
  runtime: Runtime,
  analysis: Analysis,
): ReadonlyMap<CellId, readonly SharedName[]> {
  const definers = new Map<string, CellId[]>();
  for (const cell of notebook.cells) {
    // A solution says again what its exercise says.
    if (!runsWithAll(cell)) continue;
    const { record } = runtimeOf(runtime, cell.id);
    const names =
      record?.source === cell.source ? record.names : (analysis.get(cell.id) ?? record?.names);
    for (const name of names?.defines ?? []) {
      if (names?.imports.includes(name)) continue;
      definers.set(name, [...(definers.get(name) ?? []), cell.id]);
    }
  }
  const shared = new Map<CellId, SharedName[]>();
  for (const [name, cells] of definers) {
    if (cells.length < 2) continue;
    for (const cell of cells) {
      const others = cells.filter((other) => other !== cell);
      shared.set(cell, [...(shared.get(cell) ?? []), { name, others }]);
    }
  }
  return shared;
}

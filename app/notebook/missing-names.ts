/** Names that a run did not find because the cell that makes them has not run: which cell that is. */
import type { CellId } from "../../kernel/protocol.ts";
import type { Notebook } from "./document.ts";
import { type Analysis, nameGraph } from "./names.ts";
import { type Runtime, runtimeOf } from "./runtime.ts";

export interface MissingName {
  readonly name: string;
  /** The cell that makes it, by its text: the nearest above, or where none does, the nearest below. */
  readonly maker: CellId;
}

/** For each cell whose last run ended for want of a name that another cell makes, that name. */
export function missingNames(
  notebook: Notebook,
  runtime: Runtime,
  analysis: Analysis,
): ReadonlyMap<CellId, MissingName> {
  const failed = notebook.cells.flatMap(({ id }) => {
    const name = undefinedName(id, runtime);
    return name === null ? [] : [{ id, name }];
  });
  if (failed.length === 0) return new Map();
  const graph = nameGraph(notebook, runtime, analysis);
  return new Map(
    failed.flatMap(({ id, name }) => {
      const reading = graph.readingsOf(id).find((each) => each.name === name);
      const maker = reading?.above ?? reading?.below;
      const waits = maker && maker !== id && runtimeOf(runtime, maker).record === null;
      return waits ? [[id, { name, maker }] as const] : [];
    }),
  );
}

/** The name that a cell's error says is not defined. */
function undefinedName(cell: CellId, runtime: Runtime): string | null {
  const { ended, outputs } = runtimeOf(runtime, cell);
  const last = ended === "error" ? outputs.at(-1) : undefined;
  if (last?.kind !== "error" || last.error.name !== "ReferenceError") return null;
  return /^(\S+) is not defined\b/.exec(last.error.message)?.[1] ?? null;
}

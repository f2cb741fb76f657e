/**
 * Which cells no longer show what a run would give, and which of them are so quick that they run
 * again by themselves under a moving knob. Pure functions of the document, the records of runs and
 * the compiler's analysis; nothing here runs anything.
 */
import type { CellId, KnobId } from "../../kernel/protocol.ts";
import { tagsOf, type Cell, type Notebook } from "./document.ts";
import { nameGraph, type Analysis, type NameGraph } from "./names.ts";
import { LIGHT_MS, runtimeOf, type Runtime } from "./runtime.ts";

/** `edited`: its own text changed since it ran. `inputs`: a name or knob it read has. */
export type Staleness = "edited" | "inputs";

/**
 * The stale among the cells that have run in the living kernel, in document order. A cell that has
 * not run is not stale itself, but what reads its names is. A running cell is not stale.
 * @param movedKnobs when each knob was last moved, in milliseconds since the epoch
 */
export function staleCells(
  notebook: Notebook,
  runtime: Runtime,
  analysis: Analysis = new Map(),
  movedKnobs: ReadonlyMap<KnobId, number> = new Map(),
): ReadonlyMap<CellId, Staleness> {
  const graph = nameGraph(notebook, runtime, analysis);
  const code = notebook.cells.filter((cell) => cell.type === "code");
  const stale = new Map<CellId, Staleness>();
  for (const cell of code) {
    const { record, endedMs, state } = runtimeOf(runtime, cell.id);
    if (record === null || state === "running") continue;
    const knobMoved = (record.report?.readKnobs ?? []).some(
      (knob) => (movedKnobs.get(knob) ?? 0) > (endedMs ?? Infinity),
    );
    const overtaken = graph.makersOf(cell.id).some((maker) => {
      const made = runtimeOf(runtime, maker).record;
      return made === null || made.run > record.run;
    });
    if (cell.source !== record.source) stale.set(cell.id, "edited");
    else if (knobMoved || overtaken) stale.set(cell.id, "inputs");
  }
  spread(code, graph, stale, ({ id }) => {
    const { record, state } = runtimeOf(runtime, id);
    return record !== null && state !== "running";
  });
  return new Map(
    code.flatMap(({ id }) => {
      const why = stale.get(id);
      return why === undefined ? [] : [[id, why] as const];
    }),
  );
}

/**
 * The cells to run again when this knob has moved, in document order: the light cells that read it
 * in their last run, and the light cells that read names these make.
 */
export function lightDependents(
  knob: KnobId,
  notebook: Notebook,
  runtime: Runtime,
): readonly CellId[] {
  const graph = nameGraph(notebook, runtime);
  const light = notebook.cells.filter((cell) => isLight(cell, runtime, graph));
  const chosen = new Map<CellId, Staleness>();
  for (const { id } of light) {
    const { record } = runtimeOf(runtime, id);
    if (record?.report?.readKnobs.includes(knob)) chosen.set(id, "inputs");
  }
  spread(light, graph, chosen, () => true);
  return light.map(({ id }) => id).filter((id) => chosen.has(id));
}

/**
 * Whether a cell may run unasked: its last run of this very text was quick, trained nothing, drew
 * nothing from the generator and wrote no name of another cell. The tag `auto` vouches for a cell
 * that has run; `manual` forbids.
 */
export function isLight(cell: Cell, runtime: Runtime, graph: NameGraph): boolean {
  const { record } = runtimeOf(runtime, cell.id);
  const report = record?.report ?? null;
  const tags = tagsOf(cell);
  if (cell.type !== "code" || record === null || report === null) return false;
  if (tags.includes("manual") || record.source !== cell.source) return false;
  if (tags.includes("auto")) return true;
  return (
    report.status !== "interrupted" &&
    report.durationMs < LIGHT_MS &&
    !report.trained &&
    !report.drew &&
    !graph.writesAbroad(cell.id)
  );
}

/** Marks every cell that may be marked and reads a name of a marked one, until none is left. */
function spread(
  cells: readonly Cell[],
  graph: NameGraph,
  marked: Map<CellId, Staleness>,
  mayMark: (cell: Cell) => boolean,
): void {
  const open = cells.filter((cell) => !marked.has(cell.id) && mayMark(cell));
  const makers = new Map(open.map(({ id }) => [id, graph.makersOf(id)]));
  for (let grew = true; grew;) {
    grew = false;
    for (const { id } of open) {
      if (marked.has(id) || !makers.get(id)?.some((maker) => marked.has(maker))) continue;
      marked.set(id, "inputs");
      grew = true;
    }
  }
}

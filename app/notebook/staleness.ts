/**
 * Which cells no longer show what a run of the notebook from the top would give, which runs would
 * mend that, and which cells are so quick that they run again by themselves under a moving knob. Pure
 * functions of the document, the records of runs and the compiler's analysis; nothing here runs
 * anything.
 */
import type { CellId, KnobId } from "../../kernel/protocol.ts";
import { tagsOf, type Cell, type Notebook } from "./document.ts";
import { nameGraph, type Analysis, type NameGraph } from "./names.ts";
import { runsWithAll } from "./roles.ts";
import { LIGHT_MS, runtimeOf, type RunRecord, type Runtime } from "./runtime.ts";

/**
 * `edited`: its own text changed since it ran. `inputs`: a name or knob it read has. `order`: a name
 * it read was as another cell than the one above it had left it. `gone`: no cell above makes a name
 * it read.
 */
export type Staleness = "edited" | "inputs" | "order" | "gone";

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
  const stale = new Map<CellId, Staleness>();
  const ran = graph.cells.filter(({ id }) => {
    const { record, state } = runtimeOf(runtime, id);
    return record !== null && state !== "running";
  });
  for (const cell of ran) {
    const why = reasonFor(cell, graph, runtime, movedKnobs);
    if (why !== null) stale.set(cell.id, why);
  }
  spread(ran, stale, (id) => graph.readingsOf(id).map(({ above }) => above));
  return new Map(
    graph.cells.flatMap(({ id }) => {
      const why = stale.get(id);
      return why === undefined ? [] : [[id, why] as const];
    }),
  );
}

/** Why a cell is stale, whatever those are whose names it reads. */
function reasonFor(
  cell: Cell,
  graph: NameGraph,
  runtime: Runtime,
  movedKnobs: ReadonlyMap<KnobId, number>,
): Staleness | null {
  const { record, endedMs } = runtimeOf(runtime, cell.id);
  if (record === null) return null;
  if (cell.source !== record.source) return "edited";
  const knobMoved = (record.report?.readKnobs ?? []).some(
    (knob) => (movedKnobs.get(knob) ?? 0) > (endedMs ?? Infinity),
  );
  const overtaken = graph.readingsOf(cell.id).some(({ above }) => {
    const made = above === null ? undefined : runtimeOf(runtime, above).record;
    return made === null || (made !== undefined && (made.pressed ?? made.run) > record.run);
  });
  return knobMoved || overtaken ? "inputs" : misledBy(cell.id, graph, record);
}

/** Whether a run read a name that another cell had made than a run from the top would have it. */
function misledBy(reader: CellId, graph: NameGraph, { from }: RunRecord): Staleness | null {
  for (const { name, above } of graph.readingsOf(reader)) {
    const used = from.get(name);
    if (used === undefined || used === above) continue;
    // A cell that changes its own name was run again to change it once more.
    if (used === reader && graph.madeBy(reader).has(name)) continue;
    if (above !== null) return "order";
    if (!graph.imports(used, name)) return "gone";
  }
  return null;
}

/**
 * The cells to run, in document order, after which nothing is stale that a run can mend: the stale
 * ones, cells above them whose names others have made anew since, and all that reads these.
 */
export function mendingRuns(
  notebook: Notebook,
  runtime: Runtime,
  analysis: Analysis = new Map(),
  movedKnobs: ReadonlyMap<KnobId, number> = new Map(),
): readonly CellId[] {
  const graph = nameGraph(notebook, runtime, analysis, true);
  const readings = new Map(graph.cells.map(({ id }) => [id, graph.readingsOf(id)]));
  const needed = new Set<CellId | null>();
  for (const cell of graph.cells) {
    const why = reasonFor(cell, graph, runtime, movedKnobs);
    if (why !== null && why !== "gone") needed.add(cell.id);
  }
  for (let before = -1; before < needed.size;) {
    before = needed.size;
    /** Who will have made each name when the runs come to a cell. */
    const held = new Map(runtime.holders);
    for (const cell of graph.cells) {
      const reads = readings.get(cell.id) ?? [];
      const hasRun = runtimeOf(runtime, cell.id).record !== null;
      if (hasRun && reads.some(({ above }) => needed.has(above))) needed.add(cell.id);
      if (!needed.has(cell.id)) continue;
      for (const { name, above } of reads) {
        if (held.get(name) !== above && canRun(graph, above)) needed.add(above);
      }
      for (const name of graph.madeBy(cell.id)) held.set(name, cell.id);
    }
  }
  return graph.cells.map(({ id }) => id).filter((id) => needed.has(id));
}

/** Solutions, checks and hints wait to be asked for. */
function canRun({ cells }: NameGraph, id: CellId | null): boolean {
  const cell = cells.find((each) => each.id === id);
  return cell !== undefined && runsWithAll(cell);
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
  spread(light, chosen, (id) => graph.readingsOf(id).map(({ above, below }) => above ?? below));
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

/** Marks every one of `cells` that depends on a marked one, until none is left. */
function spread(
  cells: readonly Cell[],
  marked: Map<CellId, Staleness>,
  makersOf: (reader: CellId) => readonly (CellId | null)[],
): void {
  const open = cells.filter((cell) => !marked.has(cell.id));
  const makers = new Map(open.map(({ id }) => [id, makersOf(id)]));
  for (let grew = true; grew;) {
    grew = false;
    for (const { id } of open) {
      const depends = makers.get(id)?.some((maker) => maker !== null && marked.has(maker));
      if (marked.has(id) || depends !== true) continue;
      marked.set(id, "inputs");
      grew = true;
    }
  }
}

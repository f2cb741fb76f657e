/**
 * With the weights of which run the figures of a cell were drawn. Training changes a model behind
 * figures that stand already: then the page says so.
 */
import type { Notice } from "../../kernel/hosts/notices.ts";
import type { CellId } from "../../kernel/protocol.ts";
import type { Runtime } from "./runtime.ts";
import { runtimeOf } from "./runtime.ts";
import type { RunLog } from "./training-runs.ts";

export interface Weights {
  /** The run that has last trained the network of each name. */
  readonly trained: ReadonlyMap<string, number>;
  /** For each cell the names it uses, with the run that had trained each when it drew last; 0: none had. */
  readonly drawn: ReadonlyMap<CellId, ReadonlyMap<string, number>>;
}

export const noWeights: Weights = { trained: new Map(), drawn: new Map() };

/** After notices that `runtime` and `log` have been told already. */
export function weightsAfter(
  weights: Weights,
  notices: readonly Notice[],
  runtime: Runtime,
  log: RunLog,
): Weights {
  let { trained, drawn } = weights;
  for (const notice of notices) {
    if (isNewKernel(notice)) {
      ({ trained, drawn } = noWeights);
    } else if (notice.kind === "training") {
      const number = log.open.get(notice.training.id);
      const models = notice.training.learners.flatMap((learner) => learner.models);
      const names = models.flatMap(({ name }) => (name === "" ? [] : [name]));
      if (number === undefined || names.every((name) => trained.get(name) === number)) continue;
      trained = new Map([...trained, ...names.map((name) => [name, number] as const)]);
    } else if (notice.kind === "output" && isDrawing(notice.output.kind)) {
      const used = runtimeOf(runtime, notice.cell).record?.names?.uses ?? [];
      const now = new Map(used.map((name) => [name, trained.get(name) ?? 0]));
      drawn = new Map([...drawn, [notice.cell, now]]);
    }
  }
  return trained === weights.trained && drawn === weights.drawn ? weights : { trained, drawn };
}

function isNewKernel(notice: Notice): boolean {
  return notice.kind === "kernel" && (notice.status === "starting" || notice.status === "dead");
}

function isDrawing(kind: string): boolean {
  return kind === "display" || kind === "update" || kind === "result";
}

/** What a figure has and what there is by now; null while they are the same. */
interface OldWeights {
  /** 0: nothing was trained. */
  readonly drawn: number;
  readonly now: number;
}

/** Whether the figures of a cell show a network as it was before runs of other cells. */
export function oldWeights(
  { trained, drawn }: Weights,
  { runs }: RunLog,
  cell: CellId,
): OldWeights | null {
  for (const [name, before] of drawn.get(cell) ?? []) {
    const now = trained.get(name) ?? 0;
    const isOwn = runs.some((run) => run.number === now && run.cell === cell);
    if (now !== before && !isOwn) return { drawn: before, now };
  }
  return null;
}

export function oldWeightsWords({ drawn, now }: OldWeights): string {
  const before = drawn === 0 ? "before anything was trained" : `with the weights of run ${drawn}`;
  return `Drawn ${before}; you are at run ${now}.`;
}

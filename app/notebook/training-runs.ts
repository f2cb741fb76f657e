/**
 * The runs of a notebook that trained: settings, seed, curves, how long, the reader's notes. Numbered
 * upwards for ever, so that "run 3" means one run. Plain data, kept with the notebook in the browser.
 */
import type { Notice } from "../../kernel/hosts/notices.ts";
import type { CellId, KnobId, KnobValue } from "../../kernel/protocol.ts";
import { parseTraining, type Past, type Training } from "../../kernel/training.ts";
import { isCellId, isJsonObject } from "./document.ts";

export interface TrainingRun {
  readonly number: number;
  readonly cell: CellId;
  /** The text that ran. */
  readonly source: string;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  /** "killed": its kernel ended under it, or the page did. */
  readonly status: Training["status"] | "killed";
  readonly training: Training;
  readonly note: string;
}

export interface RunLog {
  /** In order of their numbers. */
  readonly runs: readonly TrainingRun[];
  /** The number of the next one: those of deleted runs are not given again. */
  readonly next: number;
  /** What the reader deleted since the notebook was opened, the latest last; several may have gone at once. */
  readonly deleted: readonly (readonly TrainingRun[])[];
  /** The numbers of runs of this page, by the kernel client's. */
  readonly open: ReadonlyMap<number, number>;
  /** Cells that have trained since the notebook was opened. */
  readonly trained: ReadonlySet<CellId>;
}

/** More are kept only where the reader wrote a note or pinned a curve. */
const MOST_RUNS = 200;
/** Longer texts of cells are cut. */
const MOST_SOURCE = 50_000;

/** The log of a notebook that was saved with these runs. */
export function openRunLog(runs: readonly TrainingRun[] = [], next = 1): RunLog {
  const sorted = runs.toSorted((a, b) => a.number - b.number);
  return {
    runs: sorted,
    next: Math.max(next, (sorted.at(-1)?.number ?? 0) + 1),
    deleted: [],
    open: new Map(),
    trained: new Set(),
  };
}

/** The log after notices of the kernel. `sourceOf` gives the text that a cell is running, or ran last. */
export function logged(
  log: RunLog,
  notices: readonly Notice[],
  sourceOf: (cell: CellId) => string,
  nowMs: number,
): RunLog {
  let next = log;
  for (const notice of notices) {
    if (notice.kind === "training") {
      next = told(next, notice.cell, notice.training, sourceOf, nowMs);
    } else if (notice.kind === "finished" && notice.status === "killed") {
      next = ended(next, nowMs, notice.cell);
    } else if (
      notice.kind === "kernel" &&
      (notice.status === "dead" || notice.status === "starting")
    ) {
      next = ended(next, nowMs);
    }
  }
  return next;
}

function told(
  log: RunLog,
  cell: CellId,
  training: Training,
  sourceOf: (cell: CellId) => string,
  nowMs: number,
): RunLog {
  const number = log.open.get(training.id);
  const { status } = training;
  const runs = unpinned(log.runs, training);
  if (number === undefined) {
    const run: TrainingRun = {
      number: log.next,
      cell,
      source: sourceOf(cell).slice(0, MOST_SOURCE),
      startedMs: nowMs - training.durationMs,
      status,
      training,
      note: "",
    };
    const open = new Map([...log.open, [training.id, log.next]]);
    const trained = log.trained.has(cell) ? log.trained : new Set([...log.trained, cell]);
    return { ...log, runs: thinned([...runs, run]), next: log.next + 1, open, trained };
  }
  // One that the reader deleted meanwhile stays deleted.
  return {
    ...log,
    runs: runs.map((run) => (run.number === number ? { ...run, status, training } : run)),
  };
}

/** Without the pins that are no more in the figures of this run. */
function unpinned(runs: readonly TrainingRun[], { figures }: Training): readonly TrainingRun[] {
  const pins = new Map(figures.map((figure) => [figure.place, figure.pins]));
  const isOver = ({ place, pin }: Training["figures"][number]) =>
    pin !== null && pins.has(place) && pins.get(place)?.includes(pin) !== true;
  if (!runs.some(({ training }) => training.figures.some(isOver))) return runs;
  return runs.map((run) => {
    if (!run.training.figures.some(isOver)) return run;
    const own = run.training.figures.map((each) => (isOver(each) ? { ...each, pin: null } : each));
    return { ...run, training: { ...run.training, figures: own } };
  });
}

/** Without the oldest that nobody has marked, where there are too many. */
function thinned(runs: readonly TrainingRun[]): readonly TrainingRun[] {
  if (runs.length <= MOST_RUNS) return runs;
  const isMarked = ({ note, training }: TrainingRun) =>
    note !== "" || training.figures.some(({ pin }) => pin !== null);
  const oldest = runs.find((run) => !isMarked(run));
  return runs.filter((run) => run !== oldest);
}

/** Runs under way, of this cell or of all, have no kernel any more. */
function ended(log: RunLog, nowMs: number, cell?: CellId): RunLog {
  const isOver = (run: TrainingRun) =>
    run.status === "running" && (cell === undefined || run.cell === cell);
  if (!log.runs.some(isOver)) return log;
  const runs = log.runs.map((run): TrainingRun => {
    if (!isOver(run)) return run;
    const training = { ...run.training, durationMs: nowMs - run.startedMs };
    return { ...run, status: "killed", training };
  });
  return { ...log, runs };
}

export function runNumbered(log: RunLog, number: number): TrainingRun | undefined {
  return log.runs.find((run) => run.number === number);
}

export function withNote(log: RunLog, number: number, note: string): RunLog {
  return { ...log, runs: log.runs.map((run) => (run.number === number ? { ...run, note } : run)) };
}

/** Without these runs, until {@link undeleted}. */
export function withoutRuns(log: RunLog, numbers: ReadonlySet<number>): RunLog {
  const gone = log.runs.filter((run) => numbers.has(run.number));
  if (gone.length === 0) return log;
  const runs = log.runs.filter((run) => !numbers.has(run.number));
  return { ...log, runs, deleted: [...log.deleted, gone] };
}

/** The log with the runs that were deleted last. */
export function undeleted(log: RunLog): RunLog {
  const back = log.deleted.at(-1);
  if (back === undefined) return log;
  const runs = [...log.runs, ...back].toSorted((a, b) => a.number - b.number);
  return { ...log, runs, deleted: log.deleted.slice(0, -1) };
}

/** The knobs that a run has read, as it read them last. */
export function knobsOf({ training }: TrainingRun): readonly (readonly [KnobId, KnobValue])[] {
  return training.knobs.map(({ id, value }) => [id, value]);
}

/** What a kernel that begins does not know of the runs of this cell. */
export function pastOf({ runs, next }: RunLog, cell: CellId): Past {
  const pins = runs
    .filter((run) => run.cell === cell)
    .flatMap(({ training }) => training.figures)
    .flatMap(({ place, pin, curves }) => (pin === null ? [] : [{ place, label: pin, curves }]));
  return { nextRun: next, pins };
}

/** A run as the storage had it; null when it makes no sense. */
export function parseRun(row: unknown): TrainingRun | null {
  if (!isJsonObject(row)) return null;
  const { number, cell, source, startedMs, status, note } = row;
  const training = parseTraining(row["training"]);
  if (training === null || !isCellId(cell) || typeof source !== "string") return null;
  if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 1) return null;
  if (typeof startedMs !== "number" || typeof note !== "string") return null;
  // Who was training when the page went is not any more.
  const known = status === "ok" || status === "error" || status === "interrupted";
  return { number, cell, source, startedMs, status: known ? status : "killed", training, note };
}

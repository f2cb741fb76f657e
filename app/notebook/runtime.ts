/**
 * What runs have made of the cells: state, `[n]`, outputs, bar, last run. One pure transition
 * takes each notice of the kernel client; a notice of an old run of a cell changes nothing.
 * Deleted cells keep their entry, so that a cell brought back has its outputs.
 */
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { CheckpointOffer, KernelStatus, Notice, Output } from "../../kernel/hosts/notices.ts";
import type {
  CellId,
  Engine,
  Mistake,
  Pause,
  Reached,
  RunId,
  RunReport,
} from "../../kernel/protocol.ts";
import type { Notebook } from "./document.ts";
import { heldAfter, type Holders } from "./holders.ts";
import {
  appendOutputs,
  isOwnOutput,
  type OwnOutput,
  forgetDisplays,
  updateDisplay,
  type CellOutput,
  type CellResults,
} from "./outputs.ts";

/** A run shorter than this is quick: its cell may run again while a knob moves. In milliseconds. */
export const LIGHT_MS = 100;
/** More mistakes than there are rules come from a kernel that does not keep to them. */
const KEPT_MISTAKES = 16;

export interface Progress {
  /** The kernel's number of the loop: what Finish means. */
  readonly loop: number;
  readonly done: number;
  /** `null`: a loop without a known end. */
  readonly total: number | null;
  readonly perSecond: number;
  /** Of a loop inside it that takes its time. */
  readonly inner?: Reached;
}

/** What is known of a cell's latest run in the living kernel: what staleness is decided from. */
export interface RunRecord {
  readonly run: RunId;
  /** The text that ran. */
  readonly source: string;
  /** `null` when it did not compile. */
  readonly names: CellNames | null;
  /** Which cell had last made each name, when it began. */
  readonly from: Holders;
  /** Of the latest run that ended, which is the one before while the cell runs. */
  readonly report: RunReport | null;
  /** When a button of the cell has last changed names of the notebook, counted with the runs. */
  readonly pressed?: RunId;
}

export interface CellRuntime extends CellResults {
  readonly state: "idle" | "queued" | "running";
  /** Runs asked for and not yet started, in order. */
  readonly pending: readonly RunId[];
  /** The latest run that started, of any kernel of this session; its notices count. */
  readonly run: RunId | null;
  /** How that run ended; `null` while it runs, or when nothing has run since the notebook opened. */
  readonly ended: "ok" | "error" | "interrupted" | "killed" | null;
  readonly startedMs: number | null;
  readonly endedMs: number | null;
  readonly progress: Progress | null;
  /** Where the run is held, and what the names hold there; `null` while it goes on. */
  readonly pause: Pause | null;
  /** What the reader wants of the run and the kernel has not answered yet. */
  readonly wish: "pause" | "finish" | null;
  /** Mistakes that ran, as the run told them. Not kept with the notebook: a run tells them again. */
  readonly mistakes: readonly Mistake[];
  readonly record: RunRecord | null;
  /** `clear(wait)`: the next output replaces all. */
  readonly clearing: boolean;
  /** Outputs of the run before, while a quick cell runs again: see {@link shownOutputs}. */
  readonly before: readonly CellOutput[];
}

export interface KernelState {
  readonly status: KernelStatus;
  /** False: stop is heard at yields only, or the hard way. */
  readonly shared: boolean;
  /** What computes, once a kernel has said so. */
  readonly engine?: Engine;
  readonly reason?: string;
}

export interface Runtime {
  readonly cells: ReadonlyMap<CellId, CellRuntime>;
  readonly kernel: KernelState;
  readonly holders: Holders;
  /** What an ended kernel was training, for the reader to have back. */
  readonly checkpoint: CheckpointOffer | null;
}

/** A cell that has never run. */
export const untouched: CellRuntime = {
  state: "idle",
  executionCount: null,
  outputs: [],
  pending: [],
  run: null,
  ended: null,
  startedMs: null,
  endedMs: null,
  progress: null,
  pause: null,
  wish: null,
  mistakes: [],
  record: null,
  clearing: false,
  before: [],
};

/** The runtime of a notebook just opened: the outputs it was saved with, and no kernel yet. */
export function openRuntime(results: ReadonlyMap<CellId, CellResults> = new Map()): Runtime {
  const kernel = { status: "starting", shared: false } as const;
  return withResults({ cells: new Map(), kernel, holders: new Map(), checkpoint: null }, results);
}

/** Gives cells that have not run the results of others: copies. */
export function withResults(
  runtime: Runtime,
  results: Iterable<readonly [CellId, CellResults]>,
): Runtime {
  const cells = new Map(runtime.cells);
  for (const [id, { executionCount, outputs }] of results)
    cells.set(id, { ...untouched, executionCount, outputs: forgetDisplays(outputs) });
  return { ...runtime, cells };
}

export function runtimeOf(runtime: Runtime, cell: CellId): CellRuntime {
  return runtime.cells.get(cell) ?? untouched;
}

/** What is worth keeping of a notebook's runs: the results of its code cells that have any. */
export function resultsOf(notebook: Notebook, runtime: Runtime): Map<CellId, CellResults> {
  const results = notebook.cells.flatMap(({ id, type }): [CellId, CellResults][] => {
    const { executionCount, outputs } = runtimeOf(runtime, id);
    const none = type !== "code" || (outputs.length === 0 && executionCount === null);
    return none ? [] : [[id, { executionCount, outputs }]];
  });
  return new Map(results);
}

/**
 * What to draw under a cell. While a quick cell runs again, outputs it has not yet made anew stay
 * as they were: a figure redrawn under a moving knob does not flicker.
 */
export function shownOutputs({ outputs, before }: CellRuntime): readonly CellOutput[] {
  return before.length > outputs.length ? [...outputs, ...before.slice(outputs.length)] : outputs;
}

/** The runtime after one notice. Cells it does not concern stay the same objects. */
export function transition(runtime: Runtime, notice: Notice, nowMs = Date.now()): Runtime {
  return transitionAll(runtime, [notice], nowMs);
}

/** The runtime after several notices, in order: one copy of the map for all of them. */
export function transitionAll(
  runtime: Runtime,
  notices: readonly Notice[],
  nowMs = Date.now(),
): Runtime {
  const cells = new Map(runtime.cells);
  let { kernel, holders, checkpoint } = runtime;
  let changed = false;
  const put = (id: CellId, cell: CellRuntime): void => {
    if (cell === cells.get(id)) return;
    cells.set(id, cell);
    changed = true;
  };
  for (let at = 0; at < notices.length; at++) {
    // `at` is in bounds.
    const notice = notices[at] as Notice;
    if (notice.kind === "kernel") {
      const { status, shared, engine, reason } = notice;
      kernel = {
        status,
        shared,
        ...(engine === undefined ? {} : { engine }),
        ...(reason === undefined ? {} : { reason }),
      };
      changed = true;
      if (status === "starting" || status === "dead") {
        holders = new Map();
        for (const [id, cell] of cells) put(id, afterKernel(cell, status, nowMs));
      }
      continue;
    }
    if (notice.kind === "checkpoint") {
      checkpoint = notice.offer;
      changed = true;
      continue;
    }
    const cell = cells.get(notice.cell) ?? untouched;
    if (notice.kind === "output" && notice.output.kind === "update") {
      if (cell.record?.run !== notice.run) continue;
      for (const [id, each] of cells) put(id, redrawn(each, notice.output));
      continue;
    }
    const outputs = outputsFrom(notices, at);
    if (outputs.length > 0) {
      at += outputs.length - 1;
      if (cell.record?.run === notice.run) put(notice.cell, withOutputs(cell, outputs));
      continue;
    }
    const after = cellAfter(cell, notice, nowMs, holders);
    if (after === cell) continue;
    put(notice.cell, after);
    if (notice.kind === "answered") {
      holders = new Map([...holders, ...notice.wrote.map((name) => [name, notice.cell] as const)]);
    }
    if (notice.kind === "finished") {
      holders = heldAfter(holders, notice.cell, after.record?.names ?? null, notice.report);
    }
  }
  return changed ? { cells, kernel, holders, checkpoint } : runtime;
}

/** The outputs of one run that follow each other from here on: a flood is taken in one copy. */
function outputsFrom(notices: readonly Notice[], from: number): readonly OwnOutput[] {
  const first = notices[from];
  const outputs: OwnOutput[] = [];
  for (let at = from; first?.kind === "output" && at < notices.length; at++) {
    const notice = notices[at];
    if (notice?.kind !== "output" || !isOwnOutput(notice.output)) break;
    if (notice.cell !== first.cell || notice.run !== first.run) break;
    outputs.push(notice.output);
  }
  return outputs;
}

type CellNotice = Exclude<Notice, { kind: "kernel" | "checkpoint" }>;

function cellAfter(
  cell: CellRuntime,
  notice: CellNotice,
  nowMs: number,
  holders: Holders,
): CellRuntime {
  switch (notice.kind) {
    case "queued":
      if (cell.run !== null && notice.run <= cell.run) return cell;
      return waiting({ ...cell, pending: [...cell.pending, notice.run] });
    case "cancelled":
      return waiting({ ...cell, pending: cell.pending.filter((run) => run !== notice.run) });
    case "started":
      return started(cell, notice, nowMs, holders);
    case "output":
      return cell.record?.run === notice.run ? shown(cell, notice.output) : cell;
    case "wished":
      return cell.run === notice.run && cell.ended === null ? { ...cell, wish: notice.wish } : cell;
    case "finished":
      return cell.run === notice.run && cell.ended === null ? finished(cell, notice, nowMs) : cell;
    case "answered":
      return pressed(cell, notice);
    case "blocked":
    case "package":
    case "training":
    case "recorded":
      // The reader's business and the document's, not the cell's.
      return cell;
    default:
      return notice satisfies never;
  }
}

function waiting(cell: CellRuntime): CellRuntime {
  if (cell.state === "running") return cell;
  return { ...cell, state: cell.pending.length > 0 ? "queued" : "idle" };
}

/** Its names are as new as the press that changed them. */
function pressed(
  cell: CellRuntime,
  { run, wrote }: CellNotice & { kind: "answered" },
): CellRuntime {
  const { record } = cell;
  if (record?.report == null) return cell;
  const all = [...new Set([...record.report.wrote, ...wrote])];
  return { ...cell, record: { ...record, pressed: run, report: { ...record.report, wrote: all } } };
}

function started(
  cell: CellRuntime,
  { run, executionCount, names, source }: CellNotice & { kind: "started" },
  nowMs: number,
  holders: Holders,
): CellRuntime {
  if (cell.run !== null && run <= cell.run) return cell;
  const report = cell.record?.report ?? null;
  const quick = report?.status === "ok" && report.durationMs < LIGHT_MS;
  return {
    ...cell,
    state: "running",
    pending: cell.pending.filter((waitingRun) => waitingRun > run),
    run,
    ended: null,
    executionCount,
    outputs: [],
    before: quick ? cell.outputs : [],
    clearing: false,
    startedMs: nowMs,
    endedMs: null,
    progress: null,
    pause: null,
    wish: null,
    mistakes: [],
    record: { run, source, names, from: holders, report },
  };
}

function shown(cell: CellRuntime, output: Output): CellRuntime {
  if (output.kind === "progress") {
    const { kind: _, ...progress } = output;
    const { loop } = progress;
    // The loop that was to finish is over when another has the bar.
    const isNext = cell.wish === "finish" && loop !== cell.progress?.loop;
    const wish = isNext ? null : cell.wish;
    return { ...cell, wish, progress };
  }
  if (output.kind === "pause") {
    // A wish to finish is answered by the loop's end.
    const wish = cell.wish === "pause" ? null : cell.wish;
    return { ...cell, pause: output.pause, wish: output.pause === null ? cell.wish : wish };
  }
  if (output.kind === "mistake") {
    return { ...cell, mistakes: [...cell.mistakes.slice(-KEPT_MISTAKES), output.mistake] };
  }
  if (output.kind === "clear") {
    if (output.wait) return { ...cell, clearing: true };
    return { ...cell, outputs: [], before: [], clearing: false };
  }
  if (output.kind === "update") return redrawn(cell, output);
  return isOwnOutput(output) ? withOutputs(cell, [output]) : cell;
}

function withOutputs(cell: CellRuntime, added: readonly OwnOutput[]): CellRuntime {
  const outputs = appendOutputs(cell.clearing ? [] : cell.outputs, added, cell.executionCount);
  return { ...cell, outputs, clearing: false };
}

function redrawn(cell: CellRuntime, update: Output & { kind: "update" }): CellRuntime {
  const outputs = updateDisplay(cell.outputs, update);
  return outputs === cell.outputs ? cell : { ...cell, outputs };
}

function finished(
  cell: CellRuntime,
  { status, report }: CellNotice & { kind: "finished" },
  nowMs: number,
): CellRuntime {
  return {
    ...cell,
    state: cell.pending.length > 0 ? "queued" : "idle",
    ended: status,
    before: [],
    pause: null,
    wish: null,
    endedMs: nowMs,
    record: cell.record && { ...cell.record, report: report ?? cell.record.report },
  };
}

/**
 * A kernel ended or another begins: names are gone, displays can no longer be redrawn, outputs stay.
 * Runs waiting when one begins wait for it; when one dies they are over.
 */
function afterKernel(cell: CellRuntime, status: "starting" | "dead", nowMs: number): CellRuntime {
  const outputs = forgetDisplays(cell.outputs);
  const running = cell.state === "running";
  const pending = status === "dead" ? [] : cell.pending;
  const settled =
    outputs === cell.outputs &&
    !running &&
    cell.record === null &&
    pending.length === cell.pending.length;
  if (settled) return cell;
  return {
    ...cell,
    outputs,
    pending,
    record: null,
    before: [],
    pause: null,
    wish: null,
    state: pending.length > 0 ? "queued" : "idle",
    ...(running ? { ended: "killed", endedMs: nowMs } : {}),
  };
}

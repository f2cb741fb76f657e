/**
 * What an open notebook is at this moment, for the views: document, results, selection, mode,
 * notices. Plain data and pure steps; acts with effects are in `notebook-session.ts`.
 */
import type { KernelStatus, Notice } from "../../kernel/hosts/notices.ts";
import {
  type CellError,
  type CellId,
  KNOB_MIME,
  type KnobValue,
  parseKnobView,
} from "../../kernel/protocol.ts";
import type { Cell, Notebook } from "../notebook/document.ts";
import type { Edit } from "../notebook/edits.ts";
import { emptyHistory, type History, perform, redo, type Step, undo } from "../notebook/history.ts";
import { cellsInColumn, type Viewpoint } from "../notebook/exercises.ts";
import { type Learning, noLearning } from "../notebook/learning.ts";
import type { CellResults } from "../notebook/outputs.ts";
import { pinPackage, withPinsOf } from "../notebook/packages.ts";
import { noPermissions, type Permissions } from "../notebook/permissions.ts";
import {
  type CellRuntime,
  openRuntime,
  type Runtime,
  runtimeOf,
  transitionAll,
} from "../notebook/runtime.ts";
import type { MissingName } from "../notebook/missing-names.ts";
import type { SharedName } from "../notebook/shared-names.ts";
import type { Staleness } from "../notebook/staleness.ts";
import { type Recordings, recordingsAfter } from "../notebook/recordings.ts";
import { logged, openRunLog, type RunLog } from "../notebook/training-runs.ts";
import { noWeights, type Weights, weightsAfter } from "../notebook/weights.ts";
import type { Mode } from "./keys.ts";
import type { LessonPlace } from "./workplace.ts";

export type Question =
  | "restart"
  | "restart and run all"
  | "commands"
  | "files"
  | "network"
  | "trust"
  | "contents"
  | "mark"
  | "reset lesson"
  /** A cell wants to reach this host. */
  | { readonly allow: string };

/** A host that a cell asked for in vain. */
export interface Blocked {
  readonly origin: string;
  readonly cell: CellId;
}
/** More questions than this no reader would answer. */
const MOST_BLOCKED = 4;

export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly reason: string };

/** An error underlined in a cell's text, and the cell whose run it ended. */
export interface Mark {
  readonly error: CellError;
  readonly from: CellId;
}

export interface NotebookState {
  readonly notebook: Notebook;
  readonly history: History;
  readonly runtime: Runtime;
  readonly selected: CellId | null;
  /** The other end of a selection of several cells; null where one is selected, or none. */
  readonly anchor: CellId | null;
  readonly mode: Mode;
  /** Folded cells (set-up, hints) the reader has opened. */
  readonly unfolded: ReadonlySet<CellId>;
  readonly marks: ReadonlyMap<CellId, Mark>;
  /** Cells whose outputs are no longer what a run would give, and why. */
  readonly stale: ReadonlyMap<CellId, Staleness>;
  /** What cells define that others define too. */
  readonly shared: ReadonlyMap<CellId, readonly SharedName[]>;
  /** Names that cells did not find, of cells that have not run. */
  readonly missing: ReadonlyMap<CellId, MissingName>;
  /** Values the reader gave to knobs, by knob id. */
  readonly knobs: Readonly<Record<string, KnobValue>>;
  /** Runs that trained. */
  readonly runs: RunLog;
  /** Which of them made the weights that figures show. */
  readonly weights: Weights;
  readonly runsPanel: boolean;
  /** Steps of cells that can be looked at again. */
  readonly recordings: Recordings;
  /** Turns a second that the reader lets the loops of a cell take at the most. */
  readonly paces: ReadonlyMap<CellId, number>;
  /** What the reader lets this notebook do. */
  readonly permissions: Permissions;
  /** A knob was moved that the paused run has not looked at since. */
  readonly unread: boolean;
  /** Whether the names of a paused cell are shown; null: as many as need little room. */
  readonly showsNames: boolean | null;
  /** Hosts that cells asked for in vain, until the reader has answered. */
  readonly blocked: readonly Blocked[];
  /** Another tab writes this notebook. */
  readonly readOnly: boolean;
  readonly save: SaveState;
  /** Where the newer version of the lesson this is a copy of opens; null when there is none. */
  readonly newer: string | null;
  /** Where this stands among the lessons; null for a notebook that is none. */
  readonly lesson: LessonPlace | null;
  readonly viewpoint: Viewpoint;
  readonly learning: Learning;
  /** The cell where the learner left off an earlier time; null once that is past. */
  readonly resume: CellId | null;
  /** Something the reader asked for did not work; null when read. */
  readonly problem: string | null;
  readonly question: Question | null;
  /** Counts wishes to put the caret somewhere: see `takeCaret` of the session. */
  readonly caretWish: number;
}

export function openState(
  notebook: Notebook,
  results: ReadonlyMap<CellId, CellResults>,
  knobs: Readonly<Record<string, KnobValue>> = {},
): NotebookState {
  const [first] = notebook.cells;
  // Who opens an empty notebook came to write; who opens any other came to read.
  const isBlank = notebook.cells.length === 1 && first?.type === "code" && first.source === "";
  return {
    notebook,
    history: emptyHistory,
    runtime: openRuntime(results),
    selected: isBlank ? first.id : null,
    anchor: null,
    mode: isBlank ? "edit" : "command",
    unfolded: new Set(),
    marks: new Map(),
    stale: new Map(),
    shared: new Map(),
    missing: new Map(),
    knobs,
    runs: openRunLog(),
    weights: noWeights,
    runsPanel: false,
    recordings: new Map(),
    paces: new Map(),
    permissions: noPermissions,
    unread: false,
    showsNames: null,
    blocked: [],
    readOnly: false,
    save: { kind: "saved" },
    newer: null,
    lesson: null,
    viewpoint: "author",
    learning: noLearning,
    resume: null,
    problem: null,
    question: null,
    caretWish: 0,
  };
}

export function cellOf(state: NotebookState, id: CellId): Cell | undefined {
  return state.notebook.cells.find((cell) => cell.id === id);
}

export function runOf(state: NotebookState, id: CellId): CellRuntime {
  return runtimeOf(state.runtime, id);
}

/** One word on a cell for its looks and for tests: how it stands, or how its last run ended. */
export type CellStatus = CellRuntime["state"] | "ok" | "error" | "interrupted" | "killed";

export function statusOf(state: NotebookState, id: CellId): CellStatus {
  const run = runOf(state, id);
  return run.state === "idle" ? (run.ended ?? "idle") : run.state;
}

/** The cell that runs now; undefined when none does. */
export function runningCell(state: NotebookState): CellRuntime | undefined {
  return Array.from(state.runtime.cells.values()).find((cell) => cell.state === "running");
}

/** Which cell that is; null when none runs. */
export function runningId(state: NotebookState): CellId | null {
  const running = Array.from(state.runtime.cells).find(([, cell]) => cell.state === "running");
  return running?.[0] ?? null;
}

/** A cell is held where it is. */
export function isPaused(state: NotebookState): boolean {
  return runningCell(state)?.pause != null;
}

/** A notebook of somebody else's, none of whose cells has run since it was opened. */
export function isUntried({ permissions, runtime, notebook }: NotebookState): boolean {
  if (permissions.own) return false;
  const hasCode = notebook.cells.some((cell) => cell.type === "code" && cell.source.trim() !== "");
  return hasCode && Array.from(runtime.cells.values()).every((cell) => cell.run === null);
}

export function isBusy(state: NotebookState): boolean {
  // A press is answered without a cell's running.
  if (state.runtime.kernel.status === "busy") return true;
  return Array.from(state.runtime.cells.values()).some((cell) => cell.state !== "idle");
}

/** One of these cells runs, or waits until it may. */
export function isUnderWay(state: NotebookState, cells: readonly Cell[]): boolean {
  return cells.some(({ id }) => runOf(state, id).state !== "idle");
}

/** No cell runs in it. */
export function isAtRest(status: KernelStatus): boolean {
  return status === "idle" || status === "background";
}

/** There is something that Stop ends. */
export function canStop(state: NotebookState): boolean {
  return isBusy(state) || state.runtime.kernel.status === "background";
}

/** The cell `step` places from the selected one, or the nearest end. */
export function neighbourOf(state: NotebookState, step: number): CellId | null {
  const cells = cellsInColumn(state.notebook, state.viewpoint);
  const at = cells.findIndex((cell) => cell.id === state.selected);
  const wanted = at < 0 ? (step > 0 ? 0 : cells.length - 1) : at + step;
  return cells[Math.min(Math.max(wanted, 0), cells.length - 1)]?.id ?? null;
}

/** Applies an edit. The selection follows: to what came, or beside what went. */
export function edited(state: NotebookState, edit: Edit): NotebookState {
  return stepped(state, perform(state.notebook, state.history, edit));
}

/** The state with the last structural edit taken back, or the same state. */
export function undone(state: NotebookState): NotebookState {
  const step = undo(state.notebook, state.history);
  return step ? stepped(state, step) : state;
}

/** The state with the last undone edit done again, or the same state. */
export function redone(state: NotebookState): NotebookState {
  const step = redo(state.notebook, state.history);
  return step ? stepped(state, step) : state;
}

function stepped(state: NotebookState, { notebook, history, edit }: Step): NotebookState {
  const next = { ...state, notebook, history };
  if (edit.kind === "set-notebook-metadata") {
    // Versions were no edit of the reader's: no undo of another one takes them back.
    return { ...next, notebook: withPinsOf(notebook, state.notebook) };
  }
  if (edit.kind === "set-source") {
    return state.marks.has(edit.cell) ? { ...next, marks: without(state.marks, edit.cell) } : next;
  }
  const came = edit.kind === "insert-cells" ? edit.places.at(-1)?.cell.id : undefined;
  if (came !== undefined) return { ...next, selected: came, anchor: null, mode: "command" };
  const isThere = (id: CellId) => notebook.cells.some((cell) => cell.id === id);
  const anchor = state.anchor !== null && isThere(state.anchor) ? state.anchor : null;
  if (state.selected === null || isThere(state.selected)) return { ...next, anchor };
  // The first that stood below and still stands, or the last.
  const at = state.notebook.cells.findIndex((cell) => cell.id === state.selected);
  const below = state.notebook.cells.slice(at).find((cell) => isThere(cell.id));
  const beside = below?.id ?? notebook.cells.at(-1)?.id ?? null;
  return { ...next, selected: beside, anchor: null, mode: "command" };
}

/** The state after notices of the kernel, with the places of errors to underline. */
export function notified(
  state: NotebookState,
  notices: readonly Notice[],
  nowMs: number,
): NotebookState {
  let { marks, knobs, notebook, blocked } = state;
  for (const notice of notices) {
    if (notice.kind === "started") {
      const own = Array.from(marks).filter(
        ([cell, mark]) => mark.from !== notice.cell && cell !== notice.cell,
      );
      if (own.length !== marks.size) marks = new Map(own);
    } else if (notice.kind === "package") {
      // Not an edit of the reader's, so nothing that undo would take back.
      notebook = pinPackage(notebook, notice.wanted, notice.version);
    } else if (notice.kind === "blocked") {
      blocked = withBlocked(blocked, notice);
    } else if (notice.kind === "output" && notice.output.kind === "update") {
      // A program has turned a knob: that counts as the reader's hand does.
      const view = parseKnobView(notice.output.data[KNOB_MIME]);
      if (view && view.kind !== "button") knobs = { ...knobs, [view.id]: view.value };
    } else if (notice.kind === "output" && notice.output.kind === "error") {
      const { error } = notice.output;
      if (error.kind === "interrupted") continue;
      const places = new Set(error.frames.map((frame) => frame.cell));
      marks = new Map([
        ...marks,
        ...Array.from(places, (cell): [CellId, Mark] => [cell, { error, from: notice.cell }]),
      ]);
    }
  }
  const runtime = transitionAll(state.runtime, notices, nowMs);
  const sourceOf = (cell: CellId) => runtimeOf(runtime, cell).record?.source ?? "";
  const runs = logged(state.runs, notices, sourceOf, nowMs);
  const weights = weightsAfter(state.weights, notices, runtime, runs);
  const recordings = recordingsAfter(state.recordings, notices);
  const next = { ...state, notebook, marks, knobs, blocked, runtime, runs, weights, recordings };
  // Until it goes on, or is held anew.
  const unread = state.unread && runningCell(state)?.pause === runningCell(next)?.pause;
  return { ...next, unread };
}

function withBlocked(blocked: readonly Blocked[], { origin, cell }: Blocked): readonly Blocked[] {
  const known = blocked.some((each) => each.origin === origin);
  return known || blocked.length >= MOST_BLOCKED ? blocked : [...blocked, { origin, cell }];
}

function without<V>(map: ReadonlyMap<CellId, V>, id: CellId): ReadonlyMap<CellId, V> {
  const copy = new Map(map);
  copy.delete(id);
  return copy;
}

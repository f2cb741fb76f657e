/**
 * What a learner does with a lesson: guesses, answers, asks for hints, has answers checked, begins
 * again. What they have done is kept in the state's `learning`.
 */
import type { CellId } from "../../kernel/protocol.ts";
import type { Cell, Notebook } from "../notebook/document.ts";
import type { Edit } from "../notebook/edits.ts";
import { partsOf, starterOf, type Viewpoint } from "../notebook/exercises.ts";
import { type Learning, marked, noLearning } from "../notebook/learning.ts";
import { isPrediction, withGuess, withoutGuess } from "../notebook/predictions.ts";
import { cellsToOpenWith, runsWithAll } from "../notebook/roles.ts";
import { openRunLog } from "../notebook/training-runs.ts";
import { openRuntime } from "../notebook/runtime.ts";
import { cellOf, isUnderWay, type NotebookState, runOf } from "./store.ts";

export interface LearningParts {
  readonly get: () => NotebookState;
  readonly set: (state: Partial<NotebookState>) => void;
  readonly dispatch: (edit: Edit) => void;
  readonly replace: (state: NotebookState) => void;
  /** Resolves when all have ended or were cancelled. */
  readonly run: (cells: readonly Cell[]) => Promise<void>;
  /** Rejects when no kernel starts, which the page shows by itself. */
  readonly restart: () => Promise<void>;
  readonly original: () => Promise<Notebook | null>;
  readonly keepAside: (state: NotebookState) => Promise<void>;
}

export function createLearningActs(parts: LearningParts) {
  const { get, set, dispatch, run } = parts;

  function learn(next: Learning): void {
    if (next !== get().learning) set({ learning: next });
  }

  /** Another text, as a change of the notebook's structure: undo brings the learner's own back. */
  function putText(cell: Cell, source: string): void {
    if (cell.source !== source) {
      dispatch({ kind: "replace-cells", cells: [cell.id], by: [{ ...cell, source }] });
    }
  }

  function tell(error: unknown): void {
    set({ problem: error instanceof Error ? error.message : String(error) });
  }

  async function beginnings(cell: Cell): Promise<string | null> {
    const starter = starterOf(cell);
    if (starter !== null) return starter;
    const original = await parts.original();
    const given = original?.cells.find(({ id }) => id === cell.id)?.source;
    if (given !== undefined) return given;
    return isPrediction(cell) ? withoutGuess(cell).source : null;
  }

  async function checked(exercise: Cell): Promise<void> {
    const { checks } = partsOf(get().notebook, exercise.id);
    const { record } = runOf(get(), exercise.id);
    const isKnown = record?.source === exercise.source;
    await run(isKnown ? checks : [exercise, ...checks]);
    const hasPassed = checks.every(({ id }) => runOf(get(), id).ended === "ok");
    if (checks.length > 0 && hasPassed) learn(marked(get().learning, "solved", exercise.id));
  }

  /** Keeps the learner's own beside, and only then gives way to the lesson as it is given out. */
  async function anew(): Promise<void> {
    const original = await parts.original();
    if (original === null) return;
    await parts.keepAside(get()).catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`The lesson was left as it is, because yours could not be kept: ${why}`, {
        cause: error,
      });
    });
    parts.replace({
      ...get(),
      notebook: original,
      runtime: openRuntime(),
      knobs: {},
      runs: openRunLog(),
      learning: noLearning,
    });
    set({ newer: null, resume: null, unfolded: new Set(), stale: new Map() });
    await parts.restart();
    await run(cellsToOpenWith(original.cells));
  }

  return {
    changeViewpoint(): void {
      const viewpoint: Viewpoint = get().viewpoint === "author" ? "student" : "author";
      set({ viewpoint });
    },

    /** Writes a guess into its cell, and lets the cells below know it. */
    guess(id: CellId, guess: string | number): void {
      const cell = cellOf(get(), id);
      if (!cell || get().readOnly) return;
      dispatch({ kind: "set-source", cell: id, source: withGuess(cell.source, guess) });
      const now = cellOf(get(), id);
      if (now) void run([now]);
    },
    /** An option of a question of a quiz, both counted from 0. */
    choose(cell: CellId, question: number, option: number): void {
      const { learning } = get();
      learn({ ...learning, chosen: { ...learning.chosen, [`${cell}/${question}`]: option } });
    },
    /**
     * Runs the answer, unless it has run as it stands, and then its checks, after whatever runs
     * now. Asked again while its checks wait or run, it does nothing.
     */
    check(exercise: CellId): void {
      const cell = cellOf(get(), exercise);
      if (cell && !isUnderWay(get(), partsOf(get().notebook, exercise).checks)) void checked(cell);
    },
    /** One more hint. */
    askHint(exercise: CellId): void {
      const { learning } = get();
      const asked = learning.hints[exercise] ?? 0;
      const most = partsOf(get().notebook, exercise).hints.length;
      const hints = { ...learning.hints, [exercise]: Math.min(asked + 1, most) };
      learn({ ...learning, hints });
    },
    /** Runs a solution where it stands, after whatever runs now: the answer in the exercise stays. */
    trySolution(solution: CellId): void {
      const cell = cellOf(get(), solution);
      if (cell && !isUnderWay(get(), [cell])) void run([cell]);
    },
    /** Puts a solution in the place of the answer. */
    takeSolution(exercise: CellId, solution: CellId): void {
      const [to, from] = [cellOf(get(), exercise), cellOf(get(), solution)];
      if (to && from) putText(to, from.source);
    },
    /** Gives a cell the text it began with. */
    resetCell(id: CellId): void {
      const cell = cellOf(get(), id);
      if (!cell) return;
      beginnings(cell).then((source) => {
        if (source === null) return set({ problem: "Nobody knows what this cell began with." });
        putText(cell, source);
      }, tell);
    },
    /** Gives the whole lesson back as it was, once the learner's own is safe in a notebook of its own. */
    resetLesson: (): Promise<void> => anew().catch(tell),

    /** The cell at the top of the screen, where the learner goes on another time. */
    leaveAt(place: CellId): void {
      const { learning } = get();
      if (learning.place !== place) learn({ ...learning, place });
    },
    /** A section has come onto the screen. */
    see: (section: CellId): void => learn(marked(get().learning, "seen", section)),
    forgetResume: (): void => set({ resume: null }),
    /** Runs what stands above the place where the learner goes on. */
    runAboveResume(): void {
      const { resume, notebook } = get();
      const place = notebook.cells.findIndex(({ id }) => id === resume);
      set({ resume: null });
      void run(notebook.cells.slice(0, Math.max(0, place)).filter(runsWithAll));
    },
  };
}

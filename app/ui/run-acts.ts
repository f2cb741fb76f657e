/** Acts of the reader that run more than one cell. */
import type { CellId } from "../../kernel/protocol.ts";
import type { Cell } from "../notebook/document.ts";
import { runsWithAll } from "../notebook/roles.ts";
import { type NotebookState, runOf } from "./store.ts";

export function createRunActs(parts: {
  readonly get: () => NotebookState;
  readonly select: (id: CellId) => void;
  /** Resolves when all have ended or were cancelled. */
  readonly run: (cells: readonly Cell[]) => Promise<void>;
  /** Rejects when no kernel starts, which the page shows by itself. */
  readonly restart: () => Promise<void>;
  readonly mendingRuns: () => readonly CellId[];
  readonly tell: (problem: string) => void;
}) {
  const { get, select } = parts;

  /** Runs these in order and shows where it failed. */
  async function runAndShow(cells: readonly Cell[]): Promise<void> {
    await parts.run(cells);
    const failed = cells.find(({ id }) => runOf(get(), id).ended === "error");
    if (failed) select(failed.id);
  }

  function all(): readonly Cell[] {
    return get().notebook.cells.filter(runsWithAll);
  }

  /** What Run all would run from `first` to before `end`, places counted from 0. */
  function within(first: number, end: number): readonly Cell[] {
    return get().notebook.cells.slice(Math.max(0, first), Math.max(0, end)).filter(runsWithAll);
  }

  function placeOfSelected(): number {
    const { notebook, selected } = get();
    return notebook.cells.findIndex(({ id }) => id === selected);
  }

  return {
    /** Runs every code cell but solutions, checks and hints. */
    runAll: (): void => void runAndShow(all()),
    runAbove: (): void => void runAndShow(within(0, placeOfSelected())),
    runBelow: (): void => {
      const place = placeOfSelected();
      if (place >= 0) void runAndShow(within(place, Infinity));
    },
    /** All above the selected cell, and this one, whatever it is for. */
    runToHere: (): void => {
      const place = placeOfSelected();
      const here = get().notebook.cells.slice(Math.max(0, place), place + 1);
      void runAndShow([...within(0, place), ...here]);
    },
    restartAndRunAll: (): void => {
      void parts.restart().then(
        () => runAndShow(all()),
        () => {
          // A kernel that does not start has said so by its own notice, which the page shows.
        },
      );
    },
    /** Runs what is stale, and what has to run for that. */
    runStale: (): void => {
      const wanted = new Set(parts.mendingRuns());
      const cells = get().notebook.cells.filter(({ id }) => wanted.has(id));
      if (cells.length > 0) void runAndShow(cells);
      else if (get().stale.size === 0)
        parts.tell("Nothing is stale: every cell shows its last run.");
      else parts.tell("No run can mend this: a cell above has to make the missing name first.");
    },
  };
}

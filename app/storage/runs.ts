/** The rows of a notebook's runs: a row for each, so that one that trains writes only its own. */
import { parseRun, type RunLog, type TrainingRun } from "../notebook/training-runs.ts";
import { keysOf, read, type Writing } from "./database.ts";

/** What is kept of a log. */
export type SavedRuns = Pick<RunLog, "runs" | "next">;

/** The runs that were saved, as far as they make sense. @throws StorageError */
export async function readRuns(notebook: string): Promise<readonly TrainingRun[]> {
  const rows: readonly unknown[] = await read((database) =>
    database.getAll("runs", keysOf(notebook)),
  );
  return rows.flatMap((row) => parseRun(row) ?? []);
}

/** Writes the runs that changed since `before`; without knowing what was there, all of them. */
export function writeRuns(
  notebook: string,
  { runs }: SavedRuns,
  before: SavedRuns | null,
): readonly ((tables: Writing) => Promise<unknown>)[] {
  const old = new Map(before?.runs.map((run) => [run.number, run]));
  const kept = new Set(runs.map(({ number }) => number));
  const gone: readonly (IDBKeyRange | [string, number])[] =
    before === null
      ? [keysOf(notebook)]
      : [...old.keys()].filter((number) => !kept.has(number)).map((number) => [notebook, number]);
  return [
    ...gone.map((keys) => (tables: Writing) => tables.objectStore("runs").delete(keys)),
    ...runs
      .filter((run) => old.get(run.number) !== run)
      .map(
        (run) => (tables: Writing) => tables.objectStore("runs").put(run, [notebook, run.number]),
      ),
  ];
}

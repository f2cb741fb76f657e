/**
 * Stale marks and the runs that mend them, against a kernel of a dozen lines: whatever people do, a
 * cell without a mark shows what a run of the notebook from the top would show.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Cell, Notebook } from "../../../app/notebook/document.ts";
import { applyEdit, type Edit } from "../../../app/notebook/edits.ts";
import { emptyHistory, type History, perform, undo } from "../../../app/notebook/history.ts";
import { nameGraph } from "../../../app/notebook/names.ts";
import {
  openRuntime,
  type Runtime,
  runtimeOf,
  transitionAll,
} from "../../../app/notebook/runtime.ts";
import { mendingRuns, staleCells } from "../../../app/notebook/staleness.ts";
import type { CellNames } from "../../../kernel/compile/compiler.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";
import { propertyRuns } from "../../counts.ts";

/** What a cell of this kernel says: the names it makes of those it reads, and of functions it calls. */
interface Text {
  readonly makes: readonly string[];
  readonly reads: readonly string[];
  /** It makes one function, which reads these when it is called. */
  readonly later: readonly string[];
  readonly salt: number;
}

type Value = string | { readonly of: string; readonly later: readonly string[] };

const variables = ["x", "y", "z"];
const functions = ["f", "g"];
/** What functions read. */
const readInside = ["x", "y"];

const text = fc.oneof(
  fc.record({
    makes: fc.uniqueArray(fc.constantFrom(...variables), { maxLength: 2 }),
    reads: fc.uniqueArray(fc.constantFrom(...variables, ...functions), { maxLength: 2 }),
    later: fc.constant([]),
    salt: fc.nat(1),
  }),
  fc.record({
    makes: fc.constantFrom(...functions).map((name) => [name]),
    reads: fc.constant([]),
    later: fc.uniqueArray(fc.constantFrom(...readInside), { minLength: 1, maxLength: 2 }),
    salt: fc.nat(1),
  }),
);

/**
 * A cell reads no name that it makes, through no function either: what it makes again from itself has
 * no value from the top.
 */
const source = text.map((each: Text) => {
  const calls = each.reads.some((name) => functions.includes(name));
  const makes = each.makes.filter((name) => !calls || !readInside.includes(name));
  const reads = each.reads.filter((name) => !makes.includes(name));
  return JSON.stringify({ ...each, makes, reads });
});

function namesOf({ source: written }: Cell): CellNames {
  const { makes, reads, later } = JSON.parse(written) as Text;
  return { defines: makes, uses: [...reads, ...later], assigns: [], imports: [], later };
}

/** Runs a cell upon these values; what it shows. */
function evaluate({ source: written }: Cell, values: Map<string, Value>): string {
  const { makes, reads, later, salt } = JSON.parse(written) as Text;
  const seen = reads.map((name) => print(values.get(name), values));
  const shown = `${salt}(${seen.join()})`;
  for (const name of makes) {
    values.set(name, later.length > 0 ? { of: shown, later } : `${name}=${shown}`);
  }
  return shown;
}

/** A function is called by whoever reads it: it sees the values of now. */
function print(value: Value | undefined, values: ReadonlyMap<string, Value>): string {
  if (value === undefined || typeof value === "string") return value ?? "?";
  return `${value.of}{${value.later.map((name) => print(values.get(name), values)).join()}}`;
}

function fromTheTop(notebook: Notebook): Map<CellId, string> {
  const values = new Map<string, Value>();
  return new Map(notebook.cells.map((cell) => [cell.id, evaluate(cell, values)]));
}

interface Act {
  readonly do: "run" | "delete" | "edit" | "insert" | "move" | "run all" | "mend" | "undo";
  /** The cell it is about, and where that goes, as far as it is about one. */
  readonly at: number;
  readonly to: number;
  readonly source: string;
}

const acts: fc.Arbitrary<Act> = fc.record({
  do: fc.constantFrom(
    ...(["run", "run", "run", "delete", "edit", "edit", "insert", "move"] as const),
    ...(["run all", "mend", "undo"] as const),
  ),
  at: fc.nat(7),
  to: fc.nat(7),
  source,
});

class Session {
  notebook: Notebook;
  history: History = emptyHistory;
  runtime: Runtime = openRuntime();
  readonly values = new Map<string, Value>();
  readonly shown = new Map<CellId, string>();
  runs = 0;
  inserted = 0;

  constructor(sources: readonly string[]) {
    const cells = sources.map((each, index) => cellOf(`c${index}`, each));
    this.notebook = { metadata: {}, cells };
  }

  analysis() {
    return new Map(this.notebook.cells.map((cell) => [cell.id, namesOf(cell)]));
  }

  stale() {
    return staleCells(this.notebook, this.runtime, this.analysis());
  }

  run(id: CellId): void {
    const cell = this.notebook.cells.find((each) => each.id === id);
    if (cell === undefined) throw new Error(`no cell ${id}`);
    const names = namesOf(cell);
    const head = { cell: id, run: (this.runs += 1) as RunId };
    this.shown.set(id, evaluate(cell, this.values));
    const report = {
      status: "ok",
      durationMs: 1,
      left: 0,
      wrote: [...names.defines],
      readKnobs: [],
      trained: false,
      drew: false,
    } as const;
    this.runtime = transitionAll(this.runtime, [
      { kind: "started", ...head, executionCount: this.runs, names, source: cell.source },
      { kind: "finished", ...head, status: "ok", report },
    ]);
  }

  runAll(): void {
    for (const { id } of this.notebook.cells) this.run(id);
  }

  mend(): readonly CellId[] {
    const runs = mendingRuns(this.notebook, this.runtime, this.analysis());
    for (const id of runs) this.run(id);
    return runs;
  }

  edit(edit: Edit): void {
    const step = perform(this.notebook, this.history, edit);
    ({ notebook: this.notebook, history: this.history } = step);
  }

  act(act: Act): void {
    const { cells } = this.notebook;
    if (act.do === "run all") this.runAll();
    else if (act.do === "mend") this.mend();
    else if (act.do === "undo") {
      const step = undo(this.notebook, this.history);
      if (step) ({ notebook: this.notebook, history: this.history } = step);
    } else {
      const cell = cells[act.at % Math.max(1, cells.length)];
      const after = cells.filter((each) => each !== cell)[act.to % cells.length]?.id ?? null;
      if (act.do === "insert") {
        this.inserted += 1;
        const inserted = cellOf(`n${this.inserted}`, act.source);
        this.edit({ kind: "insert-cells", places: [{ cell: inserted, after }] });
      } else if (cell === undefined) return;
      else if (act.do === "run") this.run(cell.id);
      else if (act.do === "delete") this.edit({ kind: "delete-cells", cells: [cell.id] });
      else if (act.do === "move")
        this.edit({ kind: "move-cells", places: [{ cell: cell.id, after }] });
      else
        this.notebook = applyEdit(this.notebook, {
          kind: "set-source",
          cell: cell.id,
          source: act.source,
        }).notebook;
    }
  }
}

function cellOf(id: string, written: string): Cell {
  return { id: id as CellId, type: "code", source: written, metadata: {} };
}

const sessions = fc.tuple(
  fc.array(source, { minLength: 2, maxLength: 5 }),
  fc.array(acts, { minLength: 3, maxLength: 14 }),
);

test("a cell without a mark shows what a run from the top would show", () => {
  fc.assert(
    fc.property(sessions, ([sources, done]) => {
      const session = new Session(sources);
      for (const act of done) {
        session.act(act);
        const stale = session.stale();
        const wanted = fromTheTop(session.notebook);
        for (const { id } of session.notebook.cells) {
          if (runtimeOf(session.runtime, id).record === null || stale.has(id)) continue;
          expect(session.shown.get(id), `${id} after ${JSON.stringify(act)}`).toBe(wanted.get(id));
        }
      }
    }),
    propertyRuns(7, 1_500),
  );
});

test("after the mending runs only what has no maker above is stale, and what reads it", () => {
  fc.assert(
    fc.property(sessions, ([sources, done]) => {
      const session = new Session(sources);
      for (const act of done) session.act(act);
      session.mend();
      const stale = session.stale();
      const graph = nameGraph(session.notebook, session.runtime, session.analysis());
      for (const [id, why] of stale) {
        const excused =
          why === "gone" ||
          graph.readingsOf(id).some(({ above }) => above !== null && stale.has(above));
        expect(excused, `${id} is ${why}`).toBe(true);
      }
      expect(session.mend()).toEqual([]);
    }),
    propertyRuns(8, 1_500),
  );
});

test("after a run from the top nothing is stale", () => {
  fc.assert(
    fc.property(sessions, ([sources, done]) => {
      const session = new Session(sources);
      for (const act of done) session.act(act);
      const fresh = new Session([]);
      fresh.notebook = session.notebook;
      const graph = nameGraph(fresh.notebook, fresh.runtime, fresh.analysis());
      const isComplete = graph.cells.every(({ id }) =>
        graph.readingsOf(id).every(({ below }) => below === null),
      );
      fresh.runAll();
      if (isComplete) expect([...fresh.stale()]).toEqual([]);
    }),
    propertyRuns(9, 500),
  );
});

test("a name that others have overwritten is made again before what reads it runs", () => {
  const make = (salt: number) => JSON.stringify({ makes: ["x"], reads: [], later: [], salt });
  const read = JSON.stringify({ makes: [], reads: ["x"], later: [], salt: 0 });
  const session = new Session([make(1), read, make(2), read]);
  session.runAll();
  session.run("c1" as CellId);
  expect([...session.stale()]).toEqual([["c1", "order"]]);
  expect(session.mend()).toEqual(["c0", "c1"]);
  expect([...session.stale()]).toEqual([]);
});

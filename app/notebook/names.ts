/**
 * Who makes and who reads which top-level name: the edges along which staleness travels. A reader is
 * taken to mean the nearest maker above it, as when the notebook runs from the top.
 */
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { CellId } from "../../kernel/protocol.ts";
import type { Cell, Notebook } from "./document.ts";
import { runsWithAll } from "./roles.ts";
import { runtimeOf, type Runtime } from "./runtime.ts";

/** The names of each cell's text as it stands, where the compiler has looked at it. */
export type Analysis = ReadonlyMap<CellId, CellNames>;

/** A name that a cell reads, itself or through a function of another cell, and who makes it. */
export interface Reading {
  readonly name: string;
  /** The nearest cell above that makes it; null when none does. */
  readonly above: CellId | null;
  /** Where none above does: the nearest below, whose name a run from the top would not have. */
  readonly below: CellId | null;
}

export interface NameGraph {
  /** The code cells, in order. */
  readonly cells: readonly Cell[];
  /** What a cell reads when it runs. */
  readingsOf(reader: CellId): readonly Reading[];
  /** The names that a run of a cell makes; an import is the same whoever imports it, and not among them. */
  madeBy(cell: CellId): ReadonlySet<string>;
  /** Whether a cell imports this name. */
  imports(cell: CellId, name: string): boolean;
  /**
   * Whether the last run of a cell wrote a name of another cell: one it does not define itself, or
   * one that cells read which mean the other's.
   */
  writesAbroad(cell: CellId): boolean;
}

interface Names {
  readonly makes: ReadonlySet<string>;
  readonly imports: readonly string[];
  /** Read when the cell runs. */
  readonly reads: ReadonlySet<string>;
  /** Read when a function of the cell is called. */
  readonly later: ReadonlySet<string>;
}

/**
 * The graph of what has run and of what stands there. With `onlyStanding`, of what will hold once all
 * that was edited has run again: what it made before counts no more.
 */
export function nameGraph(
  notebook: Notebook,
  runtime: Runtime,
  analysis: Analysis = new Map(),
  onlyStanding = false,
): NameGraph {
  const cells = notebook.cells.filter((cell) => cell.type === "code");
  const places = new Map(cells.map(({ id }, place) => [id, place]));
  const names = new Map(
    cells.map((cell) => [cell.id, namesOf(cell, runtime, analysis, onlyStanding)]),
  );
  const makers = new Map<string, number[]>();
  for (const [place, { id }] of cells.entries()) {
    for (const name of names.get(id)?.makes ?? []) {
      makers.set(name, [...(makers.get(name) ?? []), place]);
    }
  }

  function makerAbove(name: string, place: number): CellId | null {
    const above = makers.get(name)?.findLast((maker) => maker < place);
    return above === undefined ? null : (cells[above]?.id ?? null);
  }

  function readingOf(name: string, place: number): Reading {
    const above = makerAbove(name, place);
    const below = above === null ? makers.get(name)?.find((maker) => maker > place) : undefined;
    return { name, above, below: below === undefined ? null : (cells[below]?.id ?? null) };
  }

  function readingsOf(reader: CellId): readonly Reading[] {
    const place = places.get(reader) ?? 0;
    const found = new Map<string, Reading>();
    const open = Array.from(names.get(reader)?.reads ?? []);
    for (const name of open) {
      if (found.has(name)) continue;
      const reading = readingOf(name, place);
      found.set(name, reading);
      // Functions of the maker see the names as they are where the reader calls them.
      if (reading.above !== null) open.push(...(names.get(reading.above)?.later ?? []));
    }
    return Array.from(found.values());
  }

  return {
    cells,
    readingsOf,
    imports: (cell, name) => names.get(cell)?.imports.includes(name) ?? false,
    madeBy: (cell) => names.get(cell)?.makes ?? new Set(),
    writesAbroad(cell) {
      const at = places.get(cell);
      const { record } = runtimeOf(runtime, cell);
      const own = record?.names?.defines ?? [];
      const isMeant = ({ id }: Cell, name: string) =>
        id !== cell && readingsOf(id).some((each) => each.name === name && each.above !== cell);
      return (record?.report?.wrote ?? []).some((name) => {
        if ((makers.get(name) ?? []).every((place) => place === at)) return false;
        return !own.includes(name) || cells.some((reader) => isMeant(reader, name));
      });
    },
  };
}

/** The names of a cell's text as it ran and, where it was edited since or has not run, as it stands. */
function namesOf(cell: Cell, runtime: Runtime, analysis: Analysis, onlyStanding: boolean): Names {
  const run = runtimeOf(runtime, cell.id).record;
  const isReplaced = onlyStanding && run?.source !== cell.source && analysis.has(cell.id);
  const record = isReplaced ? null : run;
  const isAsRun = record !== null && record.source === cell.source;
  // A solution, a check or a hint makes nothing until somebody asks for it.
  const counts = run !== null || runsWithAll(cell);
  const standing = isAsRun || !counts ? undefined : analysis.get(cell.id);
  const ran = record?.names ?? undefined;
  const texts = [ran, standing].filter((text) => text !== undefined);
  const made = [
    ...texts.flatMap(({ defines }) => defines),
    // What a text may assign, a run has assigned or not.
    ...(record !== null && record.report === null ? (ran?.assigns ?? []) : []),
    ...(standing?.assigns ?? []),
    ...(record?.report?.wrote ?? []),
  ];
  // A name that is imported before and after an edit is the same.
  const isImport = (name: string) =>
    texts.length > 0 && texts.every(({ imports }) => imports.includes(name));
  return {
    makes: new Set(made.filter((name) => !isImport(name))),
    imports: texts.flatMap(({ imports }) => imports),
    reads: new Set(
      texts.flatMap(({ uses, later }) => uses.filter((name) => !later.includes(name))),
    ),
    later: new Set(texts.flatMap(({ later }) => later)),
  };
}

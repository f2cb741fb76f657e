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

/** A name that a cell reads, and the nearest cell above that makes it; null when none does. */
export interface Reading {
  readonly name: string;
  readonly maker: CellId | null;
}

export interface Need {
  readonly name: string;
  readonly maker: CellId;
  /** False: it is made below only, so a run from the top would not have it. */
  readonly isAbove: boolean;
}

export interface NameGraph {
  /** The code cells, in order. */
  readonly cells: readonly Cell[];
  /** What a cell reads when it runs, functions of other cells aside. */
  readingsOf(reader: CellId): readonly Reading[];
  /** What a cell depends on, through functions of other cells too, and where it is made. */
  needsOf(reader: CellId): readonly Need[];
  /** The names that a run of a cell makes; an import is the same whoever imports it, and not among them. */
  madeBy(cell: CellId): ReadonlySet<string>;
  /** Whether a cell imports this name. */
  imports(cell: CellId, name: string): boolean;
  /** Whether the last run of a cell wrote a name that another cell makes as well. */
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

export function nameGraph(
  notebook: Notebook,
  runtime: Runtime,
  analysis: Analysis = new Map(),
): NameGraph {
  const cells = notebook.cells.filter((cell) => cell.type === "code");
  const places = new Map(cells.map(({ id }, place) => [id, place]));
  const names = new Map(cells.map((cell) => [cell.id, namesOf(cell, runtime, analysis)]));
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

  function readingsOf(reader: CellId): readonly Reading[] {
    const place = places.get(reader) ?? 0;
    const reads = names.get(reader)?.reads ?? [];
    return Array.from(reads, (name) => ({ name, maker: makerAbove(name, place) }));
  }

  function needsOf(reader: CellId): readonly Need[] {
    const place = places.get(reader) ?? 0;
    const needs: Need[] = [];
    const seen = new Set<CellId>();
    const open = [...readingsOf(reader)];
    for (const { name, maker: above } of open) {
      const below = makers.get(name)?.find((at) => at > place);
      const maker = above ?? (below === undefined ? undefined : cells[below]?.id);
      if (maker === undefined) continue;
      needs.push({ name, maker, isAbove: above !== null });
      if (seen.has(maker)) continue;
      seen.add(maker);
      // Its functions see the names as they are where the reader calls them.
      for (const later of names.get(maker)?.later ?? []) {
        if (!needs.some((need) => need.name === later)) {
          open.push({ name: later, maker: makerAbove(later, place) });
        }
      }
    }
    return needs;
  }

  return {
    cells,
    readingsOf,
    needsOf,
    imports: (cell, name) => names.get(cell)?.imports.includes(name) ?? false,
    madeBy: (cell) => names.get(cell)?.makes ?? new Set(),
    writesAbroad(cell) {
      const at = places.get(cell);
      const wrote = runtimeOf(runtime, cell).record?.report?.wrote ?? [];
      return wrote.some((name) => (makers.get(name) ?? []).some((place) => place !== at));
    },
  };
}

/** The names of a cell's text as it ran and, where it was edited since or has not run, as it stands. */
function namesOf(cell: Cell, runtime: Runtime, analysis: Analysis): Names {
  const { record } = runtimeOf(runtime, cell.id);
  const isAsRun = record !== null && record.source === cell.source;
  // A solution, a check or a hint makes nothing until somebody asks for it.
  const counts = record !== null || runsWithAll(cell);
  const standing = isAsRun || !counts ? undefined : analysis.get(cell.id);
  const ran = record?.names ?? undefined;
  const texts = [ran, standing].filter((text) => text !== undefined);
  const made = [
    ...texts.flatMap(({ defines }) => defines),
    // What a text may assign, a run has assigned or not.
    ...(record?.report === null ? (ran?.assigns ?? []) : []),
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

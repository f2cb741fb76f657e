/**
 * Who makes and who reads which top-level name: the edges along which staleness travels. A reader
 * is taken to mean the nearest maker above it, as when the notebook runs from the top; where none
 * stands above, the nearest below.
 */
import type { CellNames } from "../../kernel/compile/compiler.ts";
import type { CellId } from "../../kernel/protocol.ts";
import type { Notebook } from "./document.ts";
import { runtimeOf, type Runtime } from "./runtime.ts";

/** The names of each cell's text as it stands, where the compiler has looked at it. */
export type Analysis = ReadonlyMap<CellId, CellNames>;

export interface NameGraph {
  /** The cells whose names a cell reads, each once. */
  makersOf(reader: CellId): readonly CellId[];
  /** Whether the last run of a cell wrote a name that another cell makes as well. */
  writesAbroad(cell: CellId): boolean;
}

export function nameGraph(
  notebook: Notebook,
  runtime: Runtime,
  analysis: Analysis = new Map(),
): NameGraph {
  const order = notebook.cells.filter((cell) => cell.type === "code").map(({ id }) => id);
  const makers = new Map<string, number[]>();
  const reads = new Map<CellId, ReadonlySet<string>>();
  order.forEach((id, place) => {
    const { record } = runtimeOf(runtime, id);
    const texts = [record?.names, analysis.get(id)].filter((names) => names !== undefined);
    const made = new Set([
      ...texts.flatMap((names) => [...(names?.defines ?? []), ...(names?.assigns ?? [])]),
      ...(record?.report?.wrote ?? []),
    ]);
    for (const name of made) makers.set(name, [...(makers.get(name) ?? []), place]);
    reads.set(id, new Set(texts.flatMap((names) => names?.uses ?? [])));
  });
  const places = new Map(order.map((id, place) => [id, place]));

  return {
    makersOf(reader) {
      const at = places.get(reader) ?? 0;
      const found = Array.from(reads.get(reader) ?? [], (name) => {
        const others = (makers.get(name) ?? []).filter((place) => place !== at);
        return others.findLast((place) => place < at) ?? others[0];
      });
      return Array.from(new Set(found)).flatMap((place) => order[place ?? -1] ?? []);
    },
    writesAbroad(cell) {
      const at = places.get(cell);
      const wrote = runtimeOf(runtime, cell).record?.report?.wrote ?? [];
      return wrote.some((name) => (makers.get(name) ?? []).some((place) => place !== at));
    },
  };
}

/** Source maps of cells: composing the steps of the compiler, and looking positions up. */
import remapping from "@jridgewell/remapping";
import {
  eachMapping,
  GREATEST_LOWER_BOUND,
  LEAST_UPPER_BOUND,
  originalPositionFor,
  TraceMap,
} from "@jridgewell/trace-mapping";
import type { CellId, Position } from "../protocol.ts";

/** One map from the maps of successive steps, the last step's first. JSON of a version 3 map. */
export function composeMaps(maps: readonly string[]): string {
  return remapping([...maps], () => null, { excludeContent: true }).toString();
}

/** The same map with the cell as its one source, for developer tools. */
export function nameSource(map: string, cell: CellId, source: string): string {
  const named = JSON.parse(map) as Record<string, unknown>;
  return JSON.stringify({ ...named, sources: [`cell://${cell}`], sourcesContent: [source] });
}

/**
 * Where a place of the generated text lies in the cell: both 1-based, columns in UTF-16 units.
 * Null for text that no line of the cell stands behind.
 */
export function mapPosition(map: string, line: number, column: number): Position | null {
  return positionIn(new TraceMap(map), line, column);
}

/** {@link mapPosition} for a map that has been parsed already. */
export function positionIn(map: TraceMap, line: number, column: number): Position | null {
  if (line < 1 || column < 1) return null;
  // Firefox says where a statement begins: before what the compiler has put before the cell's text.
  for (const bias of [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND] as const) {
    const found = originalPositionFor(map, { line, column: column - 1, bias });
    if (found.line !== null) return { line: found.line, column: found.column + 1 };
  }
  return null;
}

/** Whether any generated text stands for something at or after `offset` of `source`. */
export function mappedAfter(map: string, source: string, offset: number): boolean {
  const before = source.slice(0, offset).split("\n");
  const column = before[before.length - 1]?.length ?? 0;
  let found = false;
  eachMapping(new TraceMap(map), (mapping) => {
    if (mapping.originalLine === null || mapping.originalColumn === null) return;
    const line = mapping.originalLine - before.length;
    // The mark that makes a cell a module stands on a line of its own, after the cell's last.
    if (mapping.originalLine > source.split("\n").length) return;
    if (line > 0 || (line === 0 && mapping.originalColumn >= column)) found = true;
  });
  return found;
}

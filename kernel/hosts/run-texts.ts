/** What ran: the text and the source map of each run of a kernel, for as long as its errors may name it. */
import type { CellId, RunId } from "../protocol.ts";

export interface RunTexts {
  keep(cell: CellId, run: RunId, source: string, map: string): void;
  /** The source map of a run's program; undefined when that run is not known. */
  mapOf(run: RunId): string | undefined;
  /** A line of the text as it ran, by its 1-based number; null where that is not known or very long. */
  lineOf(run: RunId, line: number): string | null;
  /** Another kernel begins. */
  forget(): void;
}

interface Text {
  readonly source: string;
  readonly map: string;
}

/** In UTF-16 units: beyond it a line is data. */
const LONGEST_LINE = 1_000;

export function createRunTexts(): RunTexts {
  const texts = new Map<RunId, Text>();
  const latest = new Map<CellId, Text>();
  return {
    keep(cell, run, source, map) {
      const known = latest.get(cell);
      // A cell that follows a knob runs many times a second, and its texts are all the same.
      const text = known?.map === map && known.source === source ? known : { source, map };
      latest.set(cell, text);
      texts.set(run, text);
    },
    mapOf: (run) => texts.get(run)?.map,
    lineOf(run, line) {
      const found = texts.get(run)?.source.split(/\r\n|\r|\n/)[line - 1];
      return found === undefined || found.length > LONGEST_LINE ? null : found;
    },
    forget() {
      texts.clear();
      latest.clear();
    },
  };
}

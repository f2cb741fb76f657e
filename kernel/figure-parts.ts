/**
 * What belongs to a figure beside plotly's drawing: controls, which are knobs drawn with it, and
 * sentences under it. They travel in the figure's bundle.
 */
import { type KnobView, parseKnobView } from "./knobs.ts";
import { isRecord, isText } from "./plain-data.ts";

export const FIGURE_PARTS_MIME = "application/vnd.descent.figure+json";

export interface FigureParts {
  readonly controls: readonly KnobView[];
  /** What the figure tells in words, the most important first. */
  readonly notes: readonly string[];
}

/** More than these are not for one figure. */
const MOST = 16;

/** The parts in a bundle of a kernel or a file; what is none of them is left out. */
export function parseFigureParts(parts: unknown): FigureParts {
  const { controls, notes } = isRecord(parts) ? parts : {};
  return {
    controls: listOf(controls).flatMap((each) => parseKnobView(each) ?? []),
    notes: listOf(notes).filter(isText),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST) : [];
}

/**
 * What belongs to a figure beside plotly's drawing: controls, which are knobs drawn with it, and
 * sentences under it. They travel in the figure's bundle.
 */
import { type KnobView, parseKnobView, type SliderView } from "./knobs.ts";
import { isRecord, isText } from "./plain-data.ts";

export const FIGURE_PARTS_MIME = "application/vnd.descent.figure+json";

export interface FigureParts {
  readonly controls: readonly KnobView[];
  /** A place in the drawing that the reader's hand moves. */
  readonly point?: FigurePoint;
  /** What the figure tells in words, the most important first. */
  readonly notes: readonly string[];
  /** So many figures stand side by side with it. */
  readonly columns?: number;
}

/** The two numbers of a place on a figure's axes. */
export interface FigurePoint {
  readonly x: SliderView;
  readonly y: SliderView;
}

/** More than these are not for one figure. */
const MOST = 16;

/** The parts in a bundle of a kernel or a file; what is none of them is left out. */
export function parseFigureParts(parts: unknown): FigureParts {
  const { controls, notes, point, columns } = isRecord(parts) ? parts : {};
  return {
    controls: listOf(controls).flatMap((each) => parseKnobView(each) ?? []),
    notes: listOf(notes).filter(isText),
    ...parsePoint(point),
    ...(isColumns(columns) ? { columns } : {}),
  };
}

function isColumns(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 1 && value <= MOST;
}

/** Every knob in the parts. */
export function knobsIn({ controls, point }: FigureParts): readonly KnobView[] {
  return point === undefined ? controls : [...controls, point.x, point.y];
}

function parsePoint(point: unknown): { readonly point?: FigurePoint } {
  if (!isRecord(point)) return {};
  const [x, y] = [parseKnobView(point.x), parseKnobView(point.y)];
  return x?.kind === "slider" && y?.kind === "slider" ? { point: { x, y } } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST) : [];
}

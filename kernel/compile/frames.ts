/**
 * Stack traces of V8 and of Firefox: which frames are cells', what they are called, and where they
 * lie in the cells' own text.
 */
import { TraceMap } from "@jridgewell/trace-mapping";
import type { CellId, Frame, RawFrame, RunId } from "../protocol.ts";
import { positionIn } from "./sourcemap.ts";
import { CELL_FUNCTION } from "./wrap.ts";

/** `at f (cell://id#3:4:5)`, `at async cell://id#3:4:5`; `f@cell://id#3:4:5`, `async*f@...`. */
const FRAME =
  /^(?:[ \t]*at (?:async )?(?:(.+?) \()?|(?:(.*)@))cell:\/\/([^#\s]+)#(\d+):(\d+):(\d+)\)?$/gm;

const ADDRESS = /cell:\/\/([^#\s]+)#(\d+):(\d+):(\d+)/g;

/** The frames of `stack` that lie in cells, innermost first; all others are left out. */
export function parseFrames(stack: string): RawFrame[] {
  return Array.from(stack.matchAll(FRAME), ([, v8, firefox, cell, run, line, column]) => ({
    function: functionName(v8 ?? firefox ?? ""),
    cell: cell as CellId,
    run: Number(run) as RunId,
    line: Number(line),
    column: Number(column),
  }));
}

/** Null for a cell's top level and for functions without a name. */
function functionName(written: string): string | null {
  const name = written
    .replace(/^async[ *]/, "")
    .replace(/ \[as .+\]$/, "")
    // Firefox spells a function by the functions around it, `$cell/make/<` for one without a name.
    .replace(/^.*\//, "")
    // V8 puts the class of `this` before a function without a name too.
    .replace(/^(?:Object\.|[\w$]+\.(?=(?:eval|<anonymous>)$))/, "");
  // In angles stand V8's words for what has none: functions, fields of a class, its static blocks.
  return ["", CELL_FUNCTION, "eval"].includes(name) || name.startsWith("<") ? null : name;
}

/**
 * The frames in the cells' own coordinates. `mapOf` gives the map that the compiler made for a
 * run of a cell; frames whose run is unknown, or that lie in text no cell wrote, are left out.
 */
export function mapFrames(
  frames: readonly RawFrame[],
  mapOf: (cell: CellId, run: RunId) => string | undefined,
): Frame[] {
  return mapEachFrame(frames, mapOf).filter((frame) => frame !== null);
}

/** The same one by one: null for a frame that would be left out. */
export function mapEachFrame(
  frames: readonly RawFrame[],
  mapOf: (cell: CellId, run: RunId) => string | undefined,
): (Frame | null)[] {
  const parsed = new Map<string, TraceMap>();
  return frames.map((frame) => {
    const { cell, run, line, column } = frame;
    const text = mapOf(cell, run);
    if (text === undefined) return null;
    const map = parsed.get(text) ?? new TraceMap(text);
    parsed.set(text, map);
    const position = positionIn(map, line, column);
    return position === null ? null : { function: frame.function, cell, ...position };
  });
}

/** A text in which a cell printed a stack, with lines of cells for addresses. `here`: the cell it stands under. */
export function withPlaces(
  text: string,
  here: CellId,
  mapOf: (cell: CellId, run: RunId) => string | undefined,
): string {
  if (!text.includes("cell://")) return text;
  const places = Array.from(text.matchAll(ADDRESS), ([, cell, run, line, column]) => ({
    function: null,
    cell: cell as CellId,
    run: Number(run) as RunId,
    line: Number(line),
    column: Number(column),
  }));
  const mapped = mapEachFrame(places, mapOf).values();
  return text.replace(ADDRESS, (address) => {
    const frame = mapped.next().value ?? null;
    if (frame === null) return address;
    const { cell, line, column } = frame;
    return `${cell === here ? "" : "another cell, "}line ${line}, column ${column}`;
  });
}

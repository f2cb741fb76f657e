/** What the notebook's names hold, for a reader who looks while a run is paused. */
import { MAX_VARIABLES, type Variable } from "../variables.ts";
import { DISPLAY } from "./display.ts";
import { inspect } from "./inspect.ts";

/** Characters of a value's one line, and of the whole. */
const LINE = 100;
const WHOLE = 4_000;

/** The values in the order their names came; what is only called or imported is left out. */
export function describeVariables(values: ReadonlyMap<string, unknown>): Variable[] {
  return Array.from(values)
    .filter(([, value]) => isValue(value))
    .slice(0, MAX_VARIABLES)
    .map(([name, value]) => describe(name, inspect(value)));
}

/** Networks are functions that can be shown. */
function isValue(value: unknown): boolean {
  return typeof value !== "function" || DISPLAY in value;
}

function describe(name: string, whole: string): Variable {
  const line = whole.replace(/\s+/g, " ");
  if (line.length <= LINE && line === whole) return { name, text: line };
  const text = line.length <= LINE ? line : `${line.slice(0, LINE - 1)}…`;
  const more = whole.length <= WHOLE ? whole : `${whole.slice(0, WHOLE)}…`;
  return { name, text, more };
}

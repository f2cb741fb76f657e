/** What the notebook's names hold, for a reader who looks while a run is paused. */
import { MAX_VARIABLES, type Variable } from "../variables.ts";
import { DISPLAY } from "./display.ts";
import { inspect } from "./inspect.ts";

/** Characters of a value's one line, and of the whole. */
const LINE = 100;
const WHOLE = 4_000;

/**
 * The values in the order their names came, and then those that the last turn of a loop made; what is
 * only called or imported is left out.
 */
export function describeVariables(
  values: ReadonlyMap<string, unknown>,
  turn: ReadonlyMap<string, unknown>,
): Variable[] {
  const described = (all: ReadonlyMap<string, unknown>) =>
    Array.from(all)
      .filter(([, value]) => isValue(value))
      .map(([name, value]) => describe(name, inspect(value)));
  const made = described(turn).map((variable) => ({ ...variable, turn: true as const }));
  return [...described(values).slice(0, MAX_VARIABLES - made.length), ...made];
}

/** Networks are functions that can be shown. */
function isValue(value: unknown): boolean {
  try {
    return typeof value !== "function" || DISPLAY in value;
  } catch {
    // A proxy that refuses the question is shown as what it is.
    return true;
  }
}

function describe(name: string, whole: string): Variable {
  const line = whole.replace(/\s+/g, " ");
  if (line.length <= LINE && line === whole) return { name, text: line };
  const text = line.length <= LINE ? line : `${line.slice(0, LINE - 1)}…`;
  const more = whole.length <= WHOLE ? whole : `${whole.slice(0, WHOLE)}…`;
  return { name, text, more };
}

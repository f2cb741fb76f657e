/** The notebook's names and what they hold, as a paused kernel tells them. */
import { type Budget, isJson, isRecord, isText } from "./plain-data.ts";

export interface Variable {
  readonly name: string;
  /** Its value on one line, cut where it is long. */
  readonly text: string;
  /** Its value in full, within bounds, where one line did not do. */
  readonly more?: string;
  /** A loop's own name, as its last turn left it; else a name of the notebook. */
  readonly turn?: true;
}

/** The most names one message may have. */
export const MAX_VARIABLES = 500;

/** Variables as a kernel sent them; null when they are none. */
export function parseVariables(sent: unknown, budget: Budget): readonly Variable[] | null {
  if (!Array.isArray(sent) || sent.length > MAX_VARIABLES || !isJson(sent, budget)) return null;
  const variables: Variable[] = [];
  for (const variable of sent as unknown[]) {
    if (!isRecord(variable)) return null;
    const { name, text, more, turn } = variable;
    if (!isText(name) || !isText(text) || !(more === undefined || isText(more))) return null;
    if (turn !== undefined && turn !== true) return null;
    variables.push({
      name,
      text,
      ...(more === undefined ? {} : { more }),
      ...(turn === undefined ? {} : { turn }),
    });
  }
  return variables;
}

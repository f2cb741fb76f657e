/** Which mistakes the reader wants to hear no more of in this notebook: kept in its metadata. */
import { isJsonObject, type Metadata, type Notebook } from "./document.ts";
import type { Edit } from "./edits.ts";

const KEY = "silenced";

/** The rules that a notebook's metadata silences. */
export function silencedBy({ descent }: Metadata): readonly string[] {
  const rules = isJsonObject(descent) ? descent[KEY] : undefined;
  return Array.isArray(rules) ? rules.filter((rule) => typeof rule === "string") : [];
}

/** Whether mistakes of this rule are not shown. */
export function isSilenced(notebook: Notebook, rule: string): boolean {
  return silencedBy(notebook.metadata).includes(rule);
}

/** Silences a rule for this notebook. */
export function silence(notebook: Notebook, rule: string): Edit {
  const { metadata } = notebook;
  const { descent } = metadata;
  const rules = [...new Set([...silencedBy(metadata), rule])];
  const ours = { ...(isJsonObject(descent) ? descent : {}), [KEY]: rules };
  return { kind: "set-notebook-metadata", metadata: { ...metadata, descent: ours } };
}

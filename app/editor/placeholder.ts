/** What stands where a cell's editor is not mounted: its text in the same colours and lines. */
import { editor, LANGUAGE } from "./monaco.ts";

const known = new Map<string, Promise<string>>();
const LIMIT = 400;

/** HTML of the coloured text, escaped by Monaco. Cached by text. */
export function colorized(source: string): Promise<string> {
  const found = known.get(source);
  if (found) return found;
  const made = editor.colorize(source, LANGUAGE, { tabSize: 2 });
  if (known.size >= LIMIT) known.clear();
  known.set(source, made);
  return made;
}

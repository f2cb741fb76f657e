/** Names on a category axis. */
import { escapeText } from "./figure.ts";

/** In px: of a letter, of the longest name. */
export const LETTER = 7;
export const LONGEST = 150;

/**
 * A category axis joins what is called alike, and two tokens may well be: a mark without width,
 * as many as there were before, keeps them apart.
 */
export function apart(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map(shortened).map((name) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return escapeText(name) + "\u200b".repeat(before);
  });
}

/** A name that would take half of a phone's page. */
function shortened(name: string): string {
  const most = Math.floor(LONGEST / LETTER);
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

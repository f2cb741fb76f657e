/** Names on a category axis. */
import { escapeText, type Json } from "./figure.ts";

/** In px: of a letter, of the longest name. */
export const LETTER = 7;
export const LONGEST = 150;

/** More names than these leave some out where no page fits them in. */
const MOST_NAMES = 60;

/** An axis of names, of which each is wanted: the page writes them as its column has room. */
export function namesAxis(names: readonly string[]): Json {
  const all = names.length <= MOST_NAMES ? { dtick: 1 } : {};
  return { type: "category", tickangle: "auto", automargin: true, ...all };
}

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

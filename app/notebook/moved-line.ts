/** Where a line of a text that ran stands in the text of now: its reader may have edited since. */

/**
 * The 1-based number of line `line` of `ran` in `now`. Lines above and below what was edited keep theirs; one
 * that moved is found by its text, the nearest of several. Null when it is there no more.
 */
export function movedLine(ran: string, now: string, line: number): number | null {
  const [before, after] = [linesOf(ran), linesOf(now)];
  const text = before[line - 1];
  if (text === undefined) return null;
  const shared = Math.min(before.length, after.length);
  let head = 0;
  while (head < shared && before[head] === after[head]) head += 1;
  if (line <= head) return line;
  let tail = 0;
  while (tail < shared - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const shift = after.length - before.length;
  if (line > before.length - tail) return line + shift;
  const places = after.flatMap((each, at) => (each.trim() === text.trim() ? [at + 1] : []));
  const distance = (place: number) => Math.abs(place - line);
  return places.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

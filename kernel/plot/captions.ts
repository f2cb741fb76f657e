/** What stands over the pictures of a grid: names, or what was guessed and whether it is right. */
import { classNumbers, type Guesses } from "./class-numbers.ts";
import { type Column, sameLength } from "./columns.ts";
import { colors } from "./palette.ts";

export interface CaptionOptions {
  /** One caption a picture. */
  readonly labels?: readonly string[];
  /** What each picture shows, as class numbers. */
  readonly truth?: Column;
  /** What it was taken for: class numbers, or scores of every class. With `truth`: ✓ in blue, ✗ in orange. */
  readonly guess?: Guesses;
  /** Class number to word, for `truth` and `guess`. */
  readonly classes?: readonly string[] | null;
}

export interface Captions {
  readonly texts: readonly string[];
  readonly tints: readonly string[];
  /** How many guesses are right; null where nothing was guessed. */
  readonly right: number | null;
}

/** Null for pictures without a word. @throws RangeError when there is not one for each picture. */
export function captionsOf(options: CaptionOptions, count: number, who: string): Captions | null {
  const { labels, truth, guess, classes } = options;
  if (labels !== undefined && (truth ?? guess) !== undefined)
    throw new RangeError(`${who}: labels beside a truth or a guess - wanted one or the other`);
  if (labels !== undefined) {
    sameLength(who, "labels", labels.length, "pictures", count);
    return { texts: labels, tints: labels.map(() => colors.muted), right: null };
  }
  if (truth === undefined) {
    if (guess === undefined) return null;
    throw new RangeError(`${who}: a guess without the truth - wanted both`);
  }
  const name = (each: number) => classes?.[each] ?? String(each);
  const wanted = classNumbers(truth, "truth", who);
  sameLength(who, "classes in truth", wanted.length, "pictures", count);
  if (guess === undefined)
    return { texts: wanted.map(name), tints: wanted.map(() => colors.muted), right: null };
  const guessed = classNumbers(guess, "guess", who);
  sameLength(who, "guesses", guessed.length, "pictures", count);
  const areRight = wanted.map((each, i) => each === guessed[i]);
  return {
    texts: wanted.map((each, i) =>
      areRight[i] === true ? `✓ ${name(each)}` : `✗ ${name(guessed[i] ?? 0)}, not ${name(each)}`,
    ),
    tints: areRight.map((isRight) => (isRight ? colors.positive : colors.negative)),
    right: areRight.filter(Boolean).length,
  };
}

/**
 * A confusion matrix as it travels to a page: counts, and for each cell the first examples in it, with
 * their pictures where there are any.
 */
import { toBase64 } from "./base64.ts";
import { pack, type PackedArray, unpack } from "./packed.ts";
import { parseImages, type RowImages } from "./projection-view.ts";
import { isCount, isRecord, isTexts, type Sent } from "./sent.ts";

export const CONFUSION_MIME = "application/vnd.descent.confusion+json";

export interface ConfusionView {
  readonly title: string | null;
  /** Class names, in the order of rows and columns. */
  readonly labels: readonly string[];
  /** `[truth, guess]`, row by row. */
  readonly counts: PackedArray;
  /** Examples sorted by cell: the cell of each, and its row in the data. */
  readonly cells: PackedArray;
  readonly rows: PackedArray;
  /** One for each example listed. */
  readonly images: RowImages | null;
}

export function printConfusion({ counts, cells, rows, images, ...view }: ConfusionView): Sent {
  return {
    ...view,
    counts: pack(counts),
    listed: rows.length,
    cells: pack(cells),
    rows: pack(rows),
    images: images === null ? null : { ...images, pixels: toBase64(images.pixels) },
  };
}

const MOST_CLASSES = 200;
const MOST_LISTED = 1_000_000;

/** A view from a bundle of a kernel or a file; null for anything that is not one. */
export function parseConfusion(sent: unknown): ConfusionView | null {
  if (!isRecord(sent)) return null;
  const { title, labels, listed } = sent;
  if ((title !== null && typeof title !== "string") || !isTexts(labels)) return null;
  if (labels.length > MOST_CLASSES || !isCount(listed) || listed > MOST_LISTED) return null;
  const size = labels.length ** 2;
  const counts = unpack(sent["counts"], size);
  const cells = unpack(sent["cells"], listed);
  const rows = unpack(sent["rows"], listed);
  const images = sent["images"] === null ? null : parseImages(sent["images"], listed);
  if (counts?.every(isCount) !== true || rows?.every(isCount) !== true || images === undefined)
    return null;
  if (cells?.every((cell) => isCount(cell) && cell < size) !== true) return null;
  return { title, labels, counts, cells, rows, images };
}

/** Counts of one class and of all, and how many are right. */
export interface Shares {
  /** How many there are of the class in truth. */
  inTruth(truth: number): number;
  readonly right: number;
  readonly all: number;
}

export function sharesOf({ labels, counts }: Pick<ConfusionView, "labels" | "counts">): Shares {
  const k = labels.length;
  const sum = (part: Iterable<number>) => [...part].reduce((all, count) => all + count, 0);
  const inTruth = (truth: number) => sum(counts.subarray(truth * k, (truth + 1) * k));
  const right = sum(labels.map((_, i) => counts[i * k + i] ?? 0));
  return { inTruth, right, all: sum(counts) };
}

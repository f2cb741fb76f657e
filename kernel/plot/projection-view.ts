/**
 * What a projection sends beside its still picture: the rows themselves, so that the page can lay them
 * out, search them and compare them long after the kernel that made them has gone. Typed arrays travel
 * as base64, little-endian.
 */
import { fromBase64, toBase64 } from "./base64.ts";
import { isCount, isPositive, isRecord, isTexts, type Sent } from "./sent.ts";

export const PROJECTION_MIME = "application/vnd.descent.projection+json";

/** How rows become points; "axes" takes the first columns, "direction" measures from one row to another. */
export const projectionMethods = ["pca", "tsne", "umap", "axes", "direction"] as const;
export type ProjectionMethod = (typeof projectionMethods)[number];

/** One class or one number a row. */
export type RowColors =
  | { readonly kind: "classes"; readonly names: readonly string[]; readonly of: Uint16Array }
  | { readonly kind: "quantity"; readonly of: Float32Array };

/** One small picture a row, `height * width * channels` bytes each; channels 1 (grey) or 3. */
export interface RowImages {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly pixels: Uint8Array;
}

export interface ProjectionView {
  readonly title: string | null;
  readonly rows: number;
  readonly columns: number;
  /** `[rows, columns]`. */
  readonly vectors: Float32Array;
  /** Rows of the whole matrix, of which these are evenly chosen ones. */
  readonly of: number;
  readonly labels: readonly string[] | null;
  readonly colors: RowColors | null;
  readonly images: RowImages | null;
  readonly method: ProjectionMethod;
  readonly dims: 2 | 3;
  readonly perplexity: number;
  readonly neighbours: number;
  readonly minDist: number;
  /** Rows between which "direction" measures; null: the reader chooses. */
  readonly direction: readonly [number, number] | null;
  readonly seed: number;
}

/** Pictures do not change, and are long. */
const printedPixels = new WeakMap<Uint8Array, string>();

/** The view as JSON. */
export function printProjection(view: ProjectionView): Sent {
  const { colors, images } = view;
  return {
    ...view,
    vectors: print(view.vectors),
    colors: colors === null ? null : { ...colors, of: print(colors.of) },
    images: images === null ? null : { ...images, pixels: printOnce(images.pixels) },
  };
}

function printOnce(pixels: Uint8Array): string {
  const text = printedPixels.get(pixels) ?? print(pixels);
  printedPixels.set(pixels, text);
  return text;
}

function print({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Float32Array) {
  return toBase64(new Uint8Array(buffer, byteOffset, byteLength));
}

const MOST_NUMBERS = 16_000_000;

/** A view from a bundle of a kernel or a file; null for anything that is not one. */
export function parseProjection(sent: unknown): ProjectionView | null {
  if (!isRecord(sent)) return null;
  const { rows, columns, title, of, seed, dims } = sent;
  if (!isCount(rows) || !isCount(columns) || columns === 0 || rows * columns > MOST_NUMBERS)
    return null;
  if ((title !== null && typeof title !== "string") || !isCount(of) || !isCount(seed)) return null;
  if (dims !== 2 && dims !== 3) return null;
  const method = projectionMethods.find((known) => known === sent["method"]);
  const vectors = floats(sent["vectors"], rows * columns);
  const { labels, perplexity, neighbours, minDist, direction } = sent;
  if (method === undefined || vectors === null) return null;
  if (labels !== null && !(isTexts(labels) && labels.length === rows)) return null;
  if (!isPositive(perplexity) || !isPositive(neighbours) || !isPositive(minDist)) return null;
  if (direction !== null && !isDirection(direction, rows)) return null;
  const colors = sent["colors"] === null ? null : parseColors(sent["colors"], rows);
  const images = sent["images"] === null ? null : parseImages(sent["images"], rows);
  if (colors === undefined || images === undefined) return null;
  return {
    title,
    rows,
    columns,
    vectors,
    of,
    labels,
    colors,
    images,
    method,
    dims,
    perplexity,
    neighbours,
    minDist,
    direction,
    seed,
  };
}

function parseColors(sent: unknown, rows: number): RowColors | undefined {
  if (!isRecord(sent)) return undefined;
  if (sent["kind"] === "quantity") {
    const of = floats(sent["of"], rows);
    return of === null ? undefined : { kind: "quantity", of };
  }
  const bytes = bytesOf(sent["of"], rows * 2);
  const { names } = sent;
  if (sent["kind"] !== "classes" || bytes === null || !isTexts(names)) return undefined;
  const of = new Uint16Array(bytes.buffer);
  return of.every((rank) => rank < names.length) ? { kind: "classes", names, of } : undefined;
}

/** Undefined for what are no pictures of so many rows. */
export function parseImages(sent: unknown, rows: number): RowImages | undefined {
  if (!isRecord(sent)) return undefined;
  const { height, width, channels } = sent;
  if (!isCount(height) || !isCount(width) || height * width === 0) return undefined;
  if (channels !== 1 && channels !== 3) return undefined;
  const pixels = bytesOf(sent["pixels"], rows * height * width * channels);
  return pixels === null ? undefined : { height, width, channels, pixels };
}

function floats(sent: unknown, length: number): Float32Array | null {
  const bytes = bytesOf(sent, length * 4);
  return bytes === null ? null : new Float32Array(bytes.buffer);
}

function bytesOf(sent: unknown, length: number): Uint8Array<ArrayBuffer> | null {
  const bytes = typeof sent === "string" ? fromBase64(sent) : null;
  return bytes?.length === length ? bytes : null;
}

function isDirection(value: unknown, rows: number): value is readonly [number, number] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((row) => isCount(row) && row < rows)
  );
}

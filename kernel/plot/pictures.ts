/** Small pictures, one a row, as bytes: what a projection shows of a point under the pointer. */
import type { DataCard } from "../tensor/data/catalogue.ts";
import { isTensor, readTable, sameLength, type Table, type TensorLike } from "./columns.ts";
import type { RowImages } from "./projection-view.ts";

/** `[rows, height, width]`, `[rows, 1 or 3, height, width]`, or rows of the numbers of a square. */
export type RowPictures = Table | TensorLike;

/**
 * Black is the smallest number of all, white the largest.
 * @throws RangeError for another shape, or another number of pictures than `rows`.
 */
export function toPixels(pictures: RowPictures, rows: number, who: string): RowImages {
  const { count, channels, height, width, data } = stackOf(pictures, who);
  sameLength(who, "images", count, "rows", rows);
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!; // i is below the length
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? 255 / (high - low) : 0;
  const pixels = new Uint8Array(data.length);
  const area = height * width;
  for (let i = 0; i < data.length; i++) {
    // Channels come one after the other, pixels keep theirs together.
    const picture = Math.floor(i / (channels * area));
    const channel = Math.floor(i / area) % channels;
    pixels[(picture * area + (i % area)) * channels + channel] = (data[i]! - low) * scale; // in range
  }
  return { height, width, channels, pixels };
}

/** Channels, if any, height and width of a data set's row that is a picture; null for other rows. */
export function pictureSize(
  { shape }: { readonly shape: readonly number[] },
  card: DataCard | null,
): readonly number[] | null {
  const [, ...row] = shape;
  const flat = card?.picture;
  if (row.length === 1 && flat !== undefined && row[0] === flat[0] * flat[1]) return flat;
  const isPicture = row.length === 2 || (row.length === 3 && (row[0] === 1 || row[0] === 3));
  return isPicture && row.every((size) => size > 0) ? row : null;
}

/** The pictures of these rows, in this order; the same where it is all of them as they stand. */
export function pickPictures(images: RowImages, shown: readonly number[], rows: number): RowImages {
  if (shown.length === rows && shown.every((row, i) => row === i)) return images;
  const size = images.pixels.length / rows;
  const pixels = new Uint8Array(shown.length * size);
  shown.forEach((row, i) =>
    pixels.set(images.pixels.subarray(row * size, (row + 1) * size), i * size),
  );
  return { ...images, pixels };
}

interface Stack {
  readonly count: number;
  readonly channels: 1 | 3;
  readonly height: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

function stackOf(pictures: RowPictures, who: string): Stack {
  if (isTensor(pictures) && pictures.shape.length !== 2) {
    const { shape, data } = pictures;
    const [count = 0, ...rest] = shape;
    const [channels = 0, height = 0, width = 0] = rest.length === 2 ? [1, ...rest] : rest;
    if (rest.length < 2 || rest.length > 3 || (channels !== 1 && channels !== 3))
      throw new RangeError(
        `${who}: images of [${shape.join(", ")}] - wanted [rows, height, width], or 1 or 3 channels before the height`,
      );
    return { count, channels, height, width, data };
  }
  const { rows, columns, data } = readTable(pictures, who);
  const side = Math.round(Math.sqrt(columns));
  if (side * side !== columns)
    throw new RangeError(
      `${who}: images of ${columns} numbers a row are no squares - wanted a tensor of [rows, height, width]`,
    );
  return { count: rows, channels: 1, height: side, width: side, data };
}

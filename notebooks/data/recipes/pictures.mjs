/** Pictures: grey values, row by row. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { safetensors } from "./safetensors.mjs";
import { debian } from "./sources.mjs";

/** 1,797 rows of 64 pixels 0-16 and a label, as Debian's python3-sklearn ships them. */
function digits(folder) {
  debian(folder, "python3-sklearn");
  const inside = "usr/lib/python3/dist-packages/sklearn/datasets/data/digits.csv.gz";
  return gunzipSync(readFileSync(join(folder, inside)));
}

const side = 28;
const half = side / 2;

/** One picture of 28 x 28 at half its size: the mean of each block of four, rounded. */
function halved(pixels, at, out, start) {
  for (let row = 0; row < half; row++)
    for (let column = 0; column < half; column++) {
      const corner = at + 2 * row * side + 2 * column;
      const sum =
        pixels[corner] + pixels[corner + 1] + pixels[corner + side] + pixels[corner + side + 1];
      out[start + row * half + column] = Math.round(sum / 4);
    }
}

/** The first 6,000 pictures of the training set and the first 1,000 of the test set, 14 x 14. */
function fashion(folder) {
  debian(folder, "dataset-fashion-mnist");
  const parts = [
    ["train", 6000],
    ["t10k", 1000],
  ];
  const images = new Uint8Array(7000 * half * half);
  const labels = new Uint8Array(7000);
  let done = 0;
  for (const [part, count] of parts) {
    const read = (what) =>
      gunzipSync(readFileSync(join(folder, `usr/share/datasets/fashion-mnist/${part}-${what}.gz`)));
    // The IDX format: 16 bytes of sizes before pictures, 8 before labels.
    const pixels = read("images-idx3-ubyte").subarray(16);
    const classes = read("labels-idx1-ubyte").subarray(8);
    for (let i = 0; i < count; i++) {
      halved(pixels, i * side * side, images, (done + i) * half * half);
      labels[done + i] = classes[i];
    }
    done += count;
  }
  const names = ["T-shirt", "trousers", "pullover", "dress", "coat"];
  names.push("sandal", "shirt", "sneaker", "bag", "ankle boot");
  return safetensors(
    {
      images: { shape: [7000, half * half], values: images },
      labels: { shape: [7000], values: labels },
    },
    { classes: JSON.stringify(names) },
  );
}

export const pictures = { "digits.csv": digits, "fashion.safetensors": fashion };

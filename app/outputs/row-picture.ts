/** A row's picture, enlarged until its pixels can be seen. */
import type { RowImages } from "../../kernel/plot/projection-view.ts";
import { el } from "./dom.ts";

/** About as wide as it is shown, in px. */
const SIDE = 64;

export function pictureOf(
  { height, width, channels, pixels }: RowImages,
  row: number,
  name: string,
) {
  const canvas = el("canvas", { class: "row-picture", role: "img", "aria-label": name });
  canvas.width = width;
  canvas.height = height;
  const scale = Math.max(1, Math.round(SIDE / Math.max(width, height)));
  canvas.style.width = `${width * scale}px`;
  canvas.style.height = `${height * scale}px`;
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  const image = pen.createImageData(width, height);
  const from = row * width * height * channels;
  for (let i = 0; i < width * height; i++) {
    for (let k = 0; k < 3; k++) {
      image.data[i * 4 + k] = pixels[from + i * channels + (channels === 3 ? k : 0)] ?? 0;
    }
    image.data[i * 4 + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  return canvas;
}

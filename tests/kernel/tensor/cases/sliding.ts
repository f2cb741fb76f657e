/** Convolutions and pools written out: every element under every place of a window, one by one. */
import { tensor } from "../../../../kernel/tensor/index.ts";
import type { Nested, Shape } from "../../../../kernel/tensor/index.ts";
import type { Numbers } from "./case.ts";
import { flat, mean, rows } from "./plain.ts";

export interface Slide {
  readonly stride?: readonly [number, number];
  /** Zeros in front and behind, by dimension. */
  readonly before?: readonly [number, number];
  readonly after?: readonly [number, number];
  readonly dilation?: readonly [number, number];
  readonly groups?: number;
}

const shapeOf = (x: Numbers): number[] =>
  typeof x === "number" ? [] : [x.length, ...(x[0] === undefined ? [] : shapeOf(x[0]))];

const sized = (values: readonly number[], shape: Shape): Nested =>
  tensor(Float64Array.from(values)).reshape(shape).toArray();

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** `x[n][c][y][x]`, or `otherwise` outside. */
function reader(x: Numbers, otherwise: number) {
  const [images = 0, channels = 0, height = 0, width = 0] = shapeOf(x);
  const values = flat(x);
  const read = (n: number, c: number, i: number, j: number): number =>
    i < 0 || j < 0 || i >= height || j >= width
      ? otherwise
      : (values[((n * channels + c) * height + i) * width + j] ?? Number.NaN);
  return { images, channels, height, width, read };
}

/** The seven loops: images, filters, rows, columns, channels, kernel rows, kernel columns. */
export function slidProducts(
  x: Numbers,
  filter: Numbers,
  bias: readonly number[] | null,
  { stride = [1, 1], before = [0, 0], after = before, dilation = [1, 1], groups = 1 }: Slide,
): Nested {
  const { images, height, width, read } = reader(x, 0);
  const weights = reader(filter, Number.NaN);
  const count = (size: number, kernel: number, dim: 0 | 1) =>
    Math.floor(
      (size + before[dim] + after[dim] - dilation[dim] * (kernel - 1) - 1) / stride[dim] + 1,
    );
  const filters = weights.images;
  const down = count(height, weights.height, 0);
  const across = count(width, weights.width, 1);
  const out: number[] = [];
  for (const n of range(images))
    for (const f of range(filters))
      for (const i of range(down))
        for (const j of range(across)) {
          const first = Math.floor(f / (filters / groups)) * weights.channels;
          let total = bias?.[f] ?? 0;
          for (const c of range(weights.channels))
            for (const p of range(weights.height))
              for (const q of range(weights.width))
                total +=
                  weights.read(f, c, p, q) *
                  read(
                    n,
                    first + c,
                    i * stride[0] - before[0] + p * dilation[0],
                    j * stride[1] - before[1] + q * dilation[1],
                  );
          out.push(total);
        }
  return sized(out, [images, filters, down, across]);
}

/** The largest or the mean of what lies under each place; elements outside are left out. */
export function slidOver(
  x: Numbers,
  kernel: readonly [number, number],
  places: readonly [number, number],
  { stride = kernel, before = [0, 0], dilation = [1, 1] }: Slide,
  fold: (values: readonly number[]) => number,
): Nested {
  const { images, channels, read } = reader(x, Number.NaN);
  const out: number[] = [];
  for (const n of range(images))
    for (const c of range(channels))
      for (const i of range(places[0]))
        for (const j of range(places[1])) {
          const under = range(kernel[0]).flatMap((p) =>
            range(kernel[1]).map((q) =>
              read(
                n,
                c,
                i * stride[0] - before[0] + p * dilation[0],
                j * stride[1] - before[1] + q * dilation[1],
              ),
            ),
          );
          out.push(fold(under.filter((value) => !Number.isNaN(value))));
        }
  return sized(out, [images, channels, ...places]);
}

/** Lines as images of height 1, and back. */
export const asImages = (x: Numbers): Numbers =>
  rows(x).map((image) => rows(image).map((line) => [line]));
export const asLines = (x: Nested): Nested =>
  (x as Nested[][][]).map((image) => image.map((plane) => plane[0] ?? []));

/** Means over the rectangles that adaptive pools look at. */
export function adaptiveMeans(x: Numbers, places: readonly [number, number]): Nested {
  const { images, channels, height, width, read } = reader(x, Number.NaN);
  const span = (i: number, n: number, count: number) =>
    range(n).filter(
      (at) => at >= Math.floor((i * n) / count) && at < Math.ceil(((i + 1) * n) / count),
    );
  const out = range(images).flatMap((n) =>
    range(channels).flatMap((c) =>
      range(places[0]).flatMap((i) =>
        range(places[1]).map((j) =>
          mean(
            span(i, height, places[0]).flatMap((y) =>
              span(j, width, places[1]).map((at) => read(n, c, y, at)),
            ),
          ),
        ),
      ),
    ),
  );
  return sized(out, [images, channels, ...places]);
}

/** Cases of convolutions and pools. */
import { F, tensor } from "../../../../kernel/tensor/index.ts";
import type { OpName } from "../../../../kernel/tensor/ops/table.ts";
import { one, type OpCases } from "./case.ts";
import { flat, mean } from "./plain.ts";
import { adaptiveMeans, asImages, asLines, slidOver, slidProducts } from "./sliding.ts";

const plain = { stride: [1, 1], dilation: [1, 1], before: [0, 0], after: [0, 0] };
const uneven = { stride: [2, 1], dilation: [1, 2], before: [1, 2], after: [1, 0] } as const;

export const convolutionCases = {
  convolution: {
    cases: [
      {
        shapes: [[2, 3, 4, 4], [2, 3, 3, 2], [2]],
        run: (x, w, b) => F.conv2d(x, w, b),
        whole: (x, w, b) => slidProducts(x, w, flat(b), {}),
      },
      {
        shapes: [
          [1, 4, 5, 6],
          [6, 2, 2, 3],
        ],
        run: (x, w) =>
          F.conv2d(x, w, null, { stride: [2, 1], padding: [2, 1], dilation: [1, 2], groups: 2 }),
        whole: (x, w) =>
          slidProducts(x, w, null, { stride: [2, 1], before: [2, 1], dilation: [1, 2], groups: 2 }),
      },
      {
        shapes: [
          [1, 1, 4, 5],
          [1, 1, 4, 3],
        ],
        run: (x, w) => F.conv2d(x, w, null, { padding: "same" }),
        whole: (x, w) => slidProducts(x, w, null, { before: [1, 1], after: [2, 1] }),
      },
      {
        // A stride that leaves the last row and column out.
        shapes: [[2, 4, 5], [2, 2, 1, 2], [2]],
        run: (x, w, b) => F.conv2d(x, w, b, { stride: 3, groups: 1, padding: "valid" }),
        whole: (x, w, b) =>
          (slidProducts([x], w, flat(b), { stride: [3, 3] }) as number[][][][])[0] ?? [],
      },
      {
        shapes: [
          [2, 2, 7],
          [4, 1, 3],
        ],
        run: (x, w) => F.conv1d(x, w, null, { stride: 2, padding: 1, groups: 2 }),
        whole: (x, w) =>
          asLines(
            slidProducts(asImages(x), asImages(w), null, {
              stride: [1, 2],
              before: [0, 1],
              groups: 2,
            }),
          ),
      },
      {
        shapes: [
          [0, 1, 3, 3],
          [2, 1, 2, 2],
        ],
        run: (x, w) => F.conv2d(x, w),
        whole: () => [],
      },
    ],
  },
  convolutionInput: {
    cases: [
      {
        shapes: [
          [2, 2, 2, 2],
          [2, 3, 2, 2],
        ],
        run: (g, w) => g.convolveInput(w, { op: "conv2d", ...plain, groups: 1, size: [3, 3] }),
        whole: (g, w) => spreadBack(g as number[][][][], w as number[][][][], [3, 3]),
      },
      {
        shapes: [
          [1, 4, 3, 5],
          [4, 2, 2, 3],
        ],
        run: (g, w) => g.convolveInput(w, { op: "conv2d", ...uneven, groups: 2, size: [4, 7] }),
        whole: (g, w) => spreadBack(g as number[][][][], w as number[][][][], [4, 7], uneven, 2),
      },
    ],
  },
  convolutionFilter: {
    cases: [
      {
        // The filter's slope is the convolution of the image with the slope, here of one of each.
        shapes: [
          [1, 1, 2, 3],
          [1, 1, 4, 4],
        ],
        run: (g, x) => g.convolveFilter(x, { op: "conv2d", ...plain, groups: 1, size: [3, 2] }),
        whole: (g, x) => slidProducts(x, g, null, {}),
      },
      {
        shapes: [
          [1, 1, 2, 4],
          [1, 1, 3, 6],
        ],
        run: (g, x) => g.convolveFilter(x, { op: "conv2d", ...uneven, groups: 1, size: [3, 3] }),
        whole: (g, x) =>
          slidProducts(x, g, null, {
            stride: [1, 2],
            dilation: [2, 1],
            before: [1, 2],
            after: [1, 1],
          }),
      },
    ],
  },

  maxPool: {
    cases: [
      one(
        [2, 2, 5, 4],
        (x) => F.maxPool2d(x, 2),
        (x) => slidOver(x, [2, 2], [2, 2], {}, (values) => Math.max(...values)),
      ),
      one(
        [1, 2, 5, 6],
        (x) => F.maxPool2d(x, [3, 2], { stride: [2, 1], padding: [1, 0], dilation: [1, 2] }),
        (x) =>
          slidOver(
            x,
            [3, 2],
            [3, 4],
            { stride: [2, 1], before: [1, 0], dilation: [1, 2] },
            (values) => Math.max(...values),
          ),
      ),
      one(
        [2, 6],
        (x) => F.maxPool1d(x, 4, { stride: 3, ceilMode: true }),
        (x) =>
          (
            asLines(
              slidOver(asImages([x]), [1, 4], [1, 2], { stride: [1, 3] }, (values) =>
                Math.max(...values),
              ),
            ) as number[][][]
          )[0] ?? [],
      ),
    ],
  },
  maxSpread: {
    cases: [
      one(
        [1, 2, 1, 2],
        (g) => g.maxSpread(tensor([[[[3, 1]], [[2, 2]]]], { dtype: "i32" }), { size: [2, 2] }),
        (g) => {
          const [a = 0, b = 0, c = 0, d = 0] = flat(g);
          return [
            [
              [
                [0, b],
                [0, a],
              ],
              [
                [0, 0],
                [c + d, 0],
              ],
            ],
          ];
        },
      ),
    ],
  },
  avgPool: {
    cases: [
      one(
        [2, 2, 5, 4],
        (x) => F.avgPool2d(x, 2),
        (x) => slidOver(x, [2, 2], [2, 2], {}, mean),
      ),
      one(
        [1, 1, 4, 5],
        (x) => F.avgPool2d(x, [2, 3], { stride: [3, 2], padding: [1, 1], countIncludePad: false }),
        (x) => slidOver(x, [2, 3], [2, 3], { stride: [3, 2], before: [1, 1] }, mean),
      ),
      one(
        [1, 1, 4, 4],
        (x) => F.avgPool2d(x, 3, { stride: 1, padding: 1, divisorOverride: 2 }),
        (x) =>
          slidOver(x, [3, 3], [4, 4], { stride: [1, 1], before: [1, 1] }, (values) =>
            values.reduce((a, b) => a + b / 2, 0),
          ),
      ),
      one(
        [2, 3, 5, 7],
        (x) => F.adaptiveAvgPool2d(x, [3, 4]),
        (x) => adaptiveMeans(x, [3, 4]),
      ),
      one(
        [1, 2, 5],
        (x) => F.avgPool1d(x, 2, { padding: 1 }),
        (x) =>
          asLines(
            slidOver(asImages(x), [1, 2], [1, 3], { before: [0, 1] }, (values) =>
              values.reduce((a, b) => a + b / 2, 0),
            ),
          ),
      ),
    ],
  },
  avgSpread: {
    cases: [
      one(
        [1, 1, 1, 2],
        (g) =>
          g.averageSpread({
            rows: [{ start: 0, end: 2, count: 2 }],
            columns: [
              { start: 0, end: 2, count: 2 },
              { start: 1, end: 3, count: 1 },
            ],
            size: [2, 3],
          }),
        (g) => {
          const [a = 0, b = 0] = flat(g);
          const row = [a / 4, a / 4 + b / 2, b / 2];
          return [[[row, row]]];
        },
      ),
    ],
  },
} satisfies Partial<Record<OpName, OpCases>>;

/** Every product of a slope and a filter's element added where the filter read: the reverse, directly. */
function spreadBack(
  g: readonly number[][][][],
  w: readonly number[][][][],
  [height, width]: readonly [number, number],
  slide: {
    stride: readonly number[];
    dilation: readonly number[];
    before: readonly number[];
  } = plain,
  groups = 1,
): number[][][][] {
  const perGroup = w[0]?.length ?? 0;
  const filters = w.length / groups;
  const [stride, gap, zeros] = [slide.stride, slide.dilation, slide.before];
  return g.map((image) => {
    const out = Array.from({ length: perGroup * groups }, () =>
      Array.from({ length: height }, () => Array.from({ length: width }, () => 0)),
    );
    image.forEach((plane, f) =>
      plane.forEach((line, i) =>
        line.forEach((slope, j) =>
          w[f]?.forEach((kernel, c) =>
            kernel.forEach((taps, p) =>
              taps.forEach((tap, q) => {
                const channel = out[Math.floor(f / filters) * perGroup + c];
                const y = i * (stride[0] ?? 1) - (zeros[0] ?? 0) + p * (gap[0] ?? 1);
                const x = j * (stride[1] ?? 1) - (zeros[1] ?? 0) + q * (gap[1] ?? 1);
                const row = channel?.[y];
                if (row?.[x] !== undefined) row[x] += slope * tap;
              }),
            ),
          ),
        ),
      ),
    );
    return out;
  });
}

import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { broadcastView, sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

/** n, h, l, s, d, e */
const cases: readonly (readonly [number, number, number, number, number, number])[] = [
  [1, 1, 1, 1, 1, 1],
  [2, 3, 5, 7, 4, 6],
  [1, 2, 7, 5, 3, 2],
  [2, 2, 64, 64, 32, 32],
  [1, 1, 3, 300, 8, 5],
  // Several blocks of queries, and keys that none or all of them look at where they look back only.
  [1, 2, 70, 33, 8, 5],
  [2, 1, 33, 70, 5, 8],
  [1, 2, 100, 100, 6, 4],
  [1, 1, 20, 9000, 2, 3],
  [2, 1, 0, 4, 2, 2],
  [1, 1, 2, 3, 0, 2],
];

function close(found: View, wanted: View, slack: number): void {
  expect(found.shape).toEqual(wanted.shape);
  const truth = elements(wanted);
  const off = elements(found).map((value, i) => {
    const wantedHere = truth[i] ?? 0;
    return Math.abs(value - wantedHere) / Math.max(Math.abs(wantedHere), 1);
  });
  expect(Math.max(0, ...off)).toBeLessThan(slack);
}

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });

  function agree(q: View, k: View, v: View, g: View, mask: View | null, isCausal: boolean): void {
    // Scores of ordinary size, whose exponentials do not enlarge what they were rounded by.
    const look = { scale: 0.2 / Math.max(1, q.shape[3] ?? 1) ** 0.5, isCausal };
    const given = [q, k, v, mask, look] as const;
    close(wasm.attention(...given), reference.attention(...given), 5e-6);
    const found = wasm.attentionSlopes(g, ...given);
    const wanted = reference.attentionSlopes(g, ...given);
    for (const name of ["q", "k", "v"] as const) close(found[name], wanted[name], 5e-5);
  }

  test.each(cases)("attention of n %d, h %d, l %d, s %d, d %d, e %d", (n, h, l, s, d, e) => {
    const random = new Generator(1);
    const draw = (shape: Shape) => laid(plainNumbers(random, sizeOf(shape)), shape, 2);
    const [q, k, v, g] = [
      [n, h, l, d],
      [n, h, s, d],
      [n, h, s, e],
      [n, h, l, e],
    ].map(draw) as [View, View, View, View];
    agree(q, k, v, g, null, false);
    agree(q, k, v, g, null, true);
    agree(q, k, v, g, draw([n, h, l, s]), false);
  });

  test("attention looks through heads that lie side by side, and any other layout", () => {
    const random = new Generator(2);
    const draw = (shape: Shape) => laid(plainNumbers(random, sizeOf(shape)), shape);
    for (const order of [
      [0, 2, 1, 3],
      [3, 1, 0, 2],
    ]) {
      const make = (shape: Shape) => permuted(draw(shape), order);
      agree(
        make([2, 3, 5, 4]),
        make([2, 3, 6, 4]),
        make([2, 3, 6, 7]),
        make([2, 3, 5, 7]),
        null,
        true,
      );
    }
    const mask = broadcastView(draw([1, 1, 6]), [2, 3, 5, 6]);
    agree(
      draw([2, 3, 5, 4]),
      draw([2, 3, 6, 4]),
      draw([2, 3, 6, 7]),
      draw([2, 3, 5, 7]),
      mask,
      false,
    );
  });

  test("what is masked by -∞ is not looked at, and a query that sees nothing gets NaN", () => {
    const random = new Generator(3);
    const draw = (shape: Shape) => laid(plainNumbers(random, sizeOf(shape)), shape);
    const hidden = Float32Array.from({ length: 12 }, (_, i) =>
      i < 4 || i % 3 === 0 ? -Infinity : 0,
    );
    const [q, k, v] = [draw([1, 1, 3, 2]), draw([1, 1, 4, 2]), draw([1, 1, 4, 2])];
    const mask = laid(hidden, [1, 1, 3, 4]);
    const look = { scale: 1, isCausal: false };
    const found = elements(wasm.attention(q, k, v, mask, look));
    const wanted = elements(reference.attention(q, k, v, mask, look));
    expect(found.slice(0, 2)).toEqual([NaN, NaN]);
    found.forEach((value, i) => i < 2 || expect(value).toBeCloseTo(wanted[i] ?? NaN, 5));
  });
});

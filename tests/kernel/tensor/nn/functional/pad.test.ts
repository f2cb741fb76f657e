/** Borders around a tensor. Results as PyTorch 1.13 gives them. */
import { expect, test } from "vitest";
import {
  arange,
  F,
  gradcheck,
  randn,
  ones,
  tensor,
  type Tensor,
} from "../../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

const line = arange(4).to("f32");
const grid = arange(6).to("f32").reshape(2, 3);

test.each<[string, Tensor, unknown]>([
  ["zeros", F.pad(line, [1, 2]), [0, 0, 1, 2, 3, 0, 0]],
  [
    "the last dimension first",
    F.pad(grid, [0, 1, 1, 0]),
    [
      [0, 0, 0, 0],
      [0, 1, 2, 0],
      [3, 4, 5, 0],
    ],
  ],
  ["another constant", F.pad(arange(4), [1, 0], { value: 2 }), [2, 0, 1, 2, 3]],
  ["infinity", F.pad(line.at([0, 1]), [1, 0], { value: -Infinity }), [-Infinity, 0]],
  ["true", F.pad(tensor([false]), [1, 0], { value: 3 }), [true, false]],
  ["less on both sides", F.pad(line, [-1, -2]), [1]],
  ["less until nothing is left", F.pad(line, [-2, -2]), []],
  ["less and more", F.pad(line, [-1, 1]), [1, 2, 3, 0]],
  ["reflect", F.pad(line, [3, 3], { mode: "reflect" }), [3, 2, 1, 0, 1, 2, 3, 2, 1, 0]],
  ["reflect after cutting", F.pad(arange(1, 5), [-1, 2], { mode: "reflect" }), [2, 3, 4, 3, 2]],
  ["reflect before cutting", F.pad(line.at([0, 3]), [1, -2], { mode: "reflect" }), [1, 0]],
  ["replicate before cutting", F.pad(line.at([3, 4]), [3, -1], { mode: "replicate" }), [3, 3, 3]],
  ["replicate", F.pad(line, [1, 2], { mode: "replicate" }), [0, 0, 1, 2, 3, 3, 3]],
  ["replicate after cutting", F.pad(line, [-1, 2], { mode: "replicate" }), [1, 2, 3, 3, 3]],
  ["circular", F.pad(line, [4, 4], { mode: "circular" }), [0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3]],
  ["circular after cutting", F.pad(line, [-1, 2], { mode: "circular" }), [1, 2, 3, 1, 2]],
  [
    "reflect along both",
    F.pad(grid, [1, 0, 0, 1], { mode: "reflect" }),
    [
      [1, 0, 1, 2],
      [4, 3, 4, 5],
      [1, 0, 1, 2],
    ],
  ],
  [
    "nothing at all",
    F.pad(grid, []),
    [
      [0, 1, 2],
      [3, 4, 5],
    ],
  ],
])("pads with %s", (_, padded, wanted) => {
  expect(padded.toArray()).toEqual(wanted);
});

test.each<[string, F.PadOptions]>([
  ["constant", { value: 3 }],
  ["reflect", { mode: "reflect" }],
  ["replicate", { mode: "replicate" }],
  ["circular", { mode: "circular" }],
])("the slope of %s is that of finite differences", (_, options) => {
  gradcheck((x) => F.pad(x, [2, 1, -1, 2], options).square(), [randn([4, 3])]);
  gradcheck((x) => F.pad(x.T, [1, 2], options).square(), [randn([4, 3])]);
});

test.each<[() => unknown, string]>([
  [() => F.pad(line, [1]), "pad: 1 widths for [4] - wanted two for each dimension, the last first"],
  [
    () => F.pad(line, [1, 1, 1, 1]),
    "pad: 4 widths for [4] - wanted two for each dimension, the last first",
  ],
  [() => F.pad(line, [1, 0.5]), "pad: width 0.5 - wanted a whole number"],
  [() => F.pad(line, anything(2)), "pad: a number for the widths - wanted [left, right, ...]"],
  [() => F.pad(line, [-3, -2]), "pad: -3 and -2 at dim 0 of [4] - it has only 4 to cut off"],
  [
    () => F.pad(line, [4, 0], { mode: "reflect" }),
    "pad: 4 and 0 at dim 0 of [4] - mode reflect can add 3 at most",
  ],
  [
    () => F.pad(line, [0, 5], { mode: "circular" }),
    "pad: 0 and 5 at dim 0 of [4] - mode circular can add 4 at most",
  ],
  [
    () => F.pad(ones([0]), [1, 1], { mode: "replicate" }),
    "pad: 1 and 1 at dim 0 of [0] - mode replicate can add 0 at most",
  ],
  [
    () => F.pad(line, [0, 0], { mode: anything("mirror") }),
    'pad: mode "mirror" - wanted one of constant, reflect, replicate, circular',
  ],
  [
    () => F.pad(line, [1, 1], { value: anything("1") }),
    "pad: a string for the value - wanted a number",
  ],
  [() => F.pad(anything([1]), [1, 1]), "pad: an array - wanted a tensor"],
])("%s", (act, message) => {
  expect(act).toThrow(message);
});

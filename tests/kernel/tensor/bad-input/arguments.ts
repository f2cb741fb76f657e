/** Kinds of arguments: what goes well, and what must be refused by the name of what was called. */
import { ones, tensor } from "../../../../kernel/tensor/index.ts";

export interface Argument {
  readonly good: () => unknown;
  /** What must be refused, by what is wrong with it. */
  readonly bad: readonly (readonly [what: string, make: () => unknown])[];
}

type Bad = Argument["bad"];

const missing: Bad = [["undefined", () => undefined]];
const nothing: Bad = [["null", () => null]];
const text: Bad = [["a string", () => "two"]];
const object: Bad = [["an object", () => ({})]];
const array: Bad = [["an array", () => [1, 2]]];
const call: Bad = [["a function", () => () => 1]];
const nan: Bad = [["NaN", () => Number.NaN]];
const fraction: Bad = [["a fraction", () => 1.5]];
const number: Bad = [["a number", () => 3]];
const flag: Bad = [["a boolean", () => true]];
const aTensor: Bad = [["a tensor", () => ones([2])]];

/** An argument with the given good value; `...bad` are lists of bad ones. */
export function argument(good: () => unknown, ...bad: readonly Bad[]): Argument {
  return { good, bad: bad.flat() };
}

/** The same argument where it may be left out. */
export function optional(of: Argument): Argument {
  return { good: () => undefined, bad: of.bad.filter(([what]) => what !== "undefined") };
}

/** Where some of what is usually bad is fine. */
export function without(of: Argument, ...fine: readonly string[]): Argument {
  return { good: of.good, bad: of.bad.filter(([what]) => !fine.includes(what)) };
}

/** With more that must be refused. */
export function besides(of: Argument, bad: Record<string, () => unknown>): Argument {
  return { good: of.good, bad: [...of.bad, ...Object.entries(bad)] };
}

const noTensor = [missing, nothing, text, object, array, call].flat();

export const tensorOf = (...shape: number[]): Argument =>
  argument(() => ones(shape), noTensor, number);

/** A tensor or a number, of a shape that does not broadcast against [2, 3] when it is bad. */
export const operand = argument(() => ones([2, 3]), noTensor, [
  ["[4] beside [2, 3]", () => ones([4])],
  ["[3, 2] beside [2, 3]", () => ones([3, 2])],
]);
export const scalar = argument(() => 2, missing, nothing, text, object, array, call);
export const size = argument(() => 2, missing, nothing, text, object, array, call, nan, fraction, [
  ["a negative size", () => -1],
]);
const places: Bad = [
  ["dim 5", () => 5],
  ["dim -4", () => -4],
  ["dim Infinity", () => Infinity],
];
export const dim = argument(() => 0, missing, nothing, text, object, call, nan, fraction, places, [
  ["a tensor", () => tensor(0)],
]);
/** One dim or several. */
export const dims = besides(dim, {
  "dims named twice": () => [0, 0],
  "dims of text": () => ["a"],
  "dim 3 in a list": () => [0, 3],
});
export const shape = argument(() => [2, 3], missing, nothing, text, object, call, number, [
  ["a fraction in the shape", () => [2.5]],
  ["a negative size", () => [-2, 3]],
  ["NaN in the shape", () => [Number.NaN]],
  ["text in the shape", () => ["2"]],
  ["undefined in the shape", () => [undefined]],
]);
export const options = argument(() => undefined, nothing, text, number, flag, call);
export const index = argument(() => tensor([0, 1]), missing, nothing, text, object, call, [
  ["fractions", () => tensor([0.5])],
  ["an index outside", () => tensor([7])],
  ["an array of text", () => ["a"]],
]);
export const labels = (count: number, classes: number): Argument =>
  besides(
    argument(
      () => tensor(Array.from({ length: count }, (_, i) => i % classes)),
      missing,
      nothing,
      text,
      object,
      call,
    ),
    {
      "a label outside": () => Array.from({ length: count }, () => classes),
      "too many labels": () => Array.from({ length: count + 1 }, () => 0),
      "fractions for labels": () => Array.from({ length: count }, () => 0.5),
    },
  );
export const mask = argument(
  () =>
    tensor([
      [true, false, true],
      [false, true, true],
    ]),
  missing,
  nothing,
  text,
  object,
  array,
  call,
  number,
  [
    ["a mask of floats", () => ones([2, 3])],
    ["a mask of another shape", () => tensor([true, false])],
  ],
);
export const tensors = argument(
  () => [ones([2, 3]), ones([2, 3])],
  missing,
  nothing,
  text,
  object,
  call,
  number,
  [
    ["a list of numbers", () => [1, 2]],
    ["a list with a hole", () => [ones([2, 3]), undefined]],
    ["an empty list", () => []],
    ["shapes that differ", () => [ones([2, 3]), ones([4, 5])]],
  ],
);
export const dtype = argument(() => "f32", missing, nothing, object, number, call, [
  ["an unknown dtype", () => "float32"],
  ["the name of a method", () => "toString"],
]);
export const body = argument(() => () => 1, missing, nothing, text, object, array, number, aTensor);
/** A number between two limits, the bad ones outside. */
export const between = (good: number, ...outside: number[]): Argument =>
  besides(
    argument(() => good, missing, nothing, text, object, array, call, nan),
    Object.fromEntries(outside.map((each) => [String(each), () => each])),
  );
export const parameters = argument(
  () => [ones([2]).clone()],
  missing,
  nothing,
  object,
  number,
  call,
  [
    ["no parameters", () => []],
    ["a list of numbers", () => [1]],
  ],
);

/** Tensors of evenly spaced numbers. */
import { pow } from "../elementary/index.ts";
import { make, making, type TensorOptions } from "./create.ts";
import { zerosOf } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { checkOptions, wantNumber } from "../options.ts";
import { checkSizes, checkWhole } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Whole } from "../typed/literal.ts";

/**
 * Numbers from `start` (0 unless given) up to but without `end`; i32 when all are whole. Element i
 * is `start + i * step`, and there are (end - start) / step of them, rounded up.
 * @throws ShapeError for a step of 0 or away from `end`, or ends that are not finite.
 * @example
 * arange(3) // tensor([0, 1, 2])
 * arange(1, 2, 0.25) // tensor([1.0000, 1.2500, 1.5000, 1.7500])
 */
export function arange<N extends number>(end: N, options?: TensorOptions): Tensor<[Whole<N>]>;
export function arange(start: number, end: number, options?: TensorOptions): Tensor<[number]>;
export function arange(
  start: number,
  end: number,
  step: number,
  options?: TensorOptions,
): Tensor<[number]>;
export function arange(
  first: number,
  ...rest: readonly (number | TensorOptions | undefined)[]
): Tensor {
  // Options come after one, two or three numbers.
  const found = rest.findIndex((each) => typeof each === "object");
  const given = found < 0 ? Math.min(rest.length, 2) : found;
  const options = rest[given] === undefined ? {} : rest[given];
  checkOptions("arange", options, making);
  const [second, third = 1] = rest.slice(0, given);
  const start = wantNumber("arange", "the start", second === undefined ? 0 : first);
  const end = wantNumber("arange", "the end", second ?? first);
  const step = wantNumber("arange", "the step", third);
  const count = (end - start) / step;
  if (step === 0 || !Number.isFinite(count))
    throw new ShapeError(
      `arange: from ${start} to ${end} by ${step} - wanted finite ends and a step other than 0`,
    );
  if (count < 0)
    throw new ShapeError(
      `arange: from ${start} to ${end} by ${step} - wanted a step towards the end`,
    );
  const [length = 0] = checkSizes("arange", [Math.ceil(count)]);
  const areWhole = [start, end, step].every(Number.isInteger);
  const { dtype = areWhole ? "i32" : "f32" } = options as TensorOptions;
  const values = zerosOf(dtype, length);
  for (let i = 0; i < length; i++) values[i] = start + i * step;
  return make(values, [length], dtype, options as TensorOptions);
}

export interface LogspaceOptions extends TensorOptions {
  /** What is raised to the powers `start` to `end`; 10 unless given. */
  readonly base?: number;
}

/**
 * `steps` numbers from `start` to `end`, both included, evenly spaced.
 * @throws ShapeError unless `steps` is a whole number, DTypeError for ends that are no numbers.
 * @example
 * linspace(0, 1, 5) // tensor([0.0000, 0.2500, 0.5000, 0.7500, 1.0000])
 */
export function linspace<N extends number>(
  start: number,
  end: number,
  steps: N,
  options: TensorOptions = {},
): Tensor<[N]> {
  wantNumber("linspace", "the start", start);
  wantNumber("linspace", "the end", end);
  checkSizes("linspace", [checkWhole("linspace", "steps", steps, 0)]);
  checkOptions("linspace", options, making);
  const { dtype = "f32" } = options;
  const values = zerosOf(dtype, steps);
  const gap = steps > 1 ? (end - start) / (steps - 1) : 0;
  // From both ends to the middle, so that each end is met exactly.
  for (let i = 0; i < steps; i++)
    values[i] = 2 * i < steps ? start + i * gap : end - (steps - 1 - i) * gap;
  return make(values, [steps], dtype, options);
}

/**
 * `steps` numbers from `base ** start` to `base ** end`, both included, each by the same factor above
 * the one before.
 * @throws ShapeError unless `steps` is a whole number, DTypeError for ends that are no numbers.
 * @example
 * logspace(-2, 1, 4, { dtype: "f64" }).toArray() // 0.01,0.1,1,10
 * logspace(0, 3, 4, { base: 2 }) // tensor([1., 2., 4., 8.])
 */
export function logspace<N extends number>(
  start: number,
  end: number,
  steps: N,
  options: LogspaceOptions = {},
): Tensor<[N]> {
  wantNumber("logspace", "the start", start);
  wantNumber("logspace", "the end", end);
  checkSizes("logspace", [checkWhole("logspace", "steps", steps, 0)]);
  checkOptions("logspace", options, ["base", ...making]);
  const { base = 10, dtype = "f32", ...rest } = options;
  wantNumber("logspace", "base", base);
  const values = zerosOf(dtype, steps);
  linspace(start, end, steps, { dtype: "f64" }).data.forEach((power, i) => {
    values[i] = pow(base, power);
  });
  return make(values, [steps], dtype, rest);
}

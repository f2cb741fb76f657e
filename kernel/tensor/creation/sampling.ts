/** Functions that draw from given probabilities, the same as PyTorch's for the same seed. */
import { wrap } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { isFloat, type TypedArray, zerosOf } from "../dtype.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import { type Generator, generatorOf } from "../random.ts";
import { checkSizes, fullView, printShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";

export interface DrawOptions {
  /** Where to draw from; the default generator unless given. */
  readonly generator?: Generator;
}

export interface MultinomialOptions extends DrawOptions {
  /** Whether a category can be drawn again; false unless given. */
  readonly replacement?: boolean;
}

const made = (values: TypedArray, shape: Shape): Tensor =>
  wrap(fullView(backend().adopt(values), shape));

/** The probabilities as floats. @throws DTypeError for what is no tensor of floats. */
function floatsOf(op: string, probabilities: Tensor): Float32Array | Float64Array {
  if (!(probabilities instanceof Tensor))
    throw new DTypeError(
      `${op}: ${kindOf(probabilities)} for the probabilities - wanted a tensor`,
      Array.isArray(probabilities) ? "tensor([...]) makes one of an array" : undefined,
    );
  const values = probabilities.data;
  if (!isFloat(probabilities.dtype) || !isFloatArray(values))
    throw new DTypeError(
      `${op}: probabilities of dtype ${probabilities.dtype} - wanted f32 or f64`,
    );
  return values;
}

function isFloatArray(values: TypedArray): values is Float32Array | Float64Array {
  return values instanceof Float32Array || values instanceof Float64Array;
}

/**
 * 1 with the probability that stands in the same place, else 0; shape and dtype are those of
 * `probabilities`.
 * @throws DTypeError when they are no floats, RangeError when one is not from 0 to 1.
 * @example
 * manualSeed(42);
 * bernoulli(tensor([0, 1, 0.5, 0.5])) // tensor([0., 1., 1., 0.])
 */
export function bernoulli(probabilities: Tensor, options: DrawOptions = {}): Tensor {
  checkOptions("bernoulli", options, ["generator"]);
  const generator = generatorOf("bernoulli", options);
  const values = floatsOf("bernoulli", probabilities);
  const wrong = values.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined)
    throw new RangeError(`bernoulli: a probability of ${wrong} - wanted numbers from 0 to 1`);
  const drawn = zerosOf(probabilities.dtype, values.length);
  generator.fillBernoulli(drawn, values);
  return made(drawn, probabilities.shape);
}

/**
 * Draws `samples` indices from each row of weights, i32: `[c] -> [samples]`, `[n, c] -> [n,
 * samples]`. Weights need not add up to 1.
 * @throws DTypeError when the weights are no floats, ShapeError when they are not `[c]` or `[n, c]`,
 * RangeError when one is negative or not finite, or when a row has too few above 0.
 * @example
 * manualSeed(42);
 * multinomial(tensor([0.1, 0.2, 0.3, 0.4]), 5, { replacement: true }) // tensor([0, 0, 1, 0, 2])
 */
export function multinomial(
  weights: Tensor,
  samples: number,
  options: MultinomialOptions = {},
): Tensor {
  checkOptions("multinomial", options, ["replacement", "generator"]);
  const { replacement = false } = options;
  const generator = generatorOf("multinomial", options);
  const values = floatsOf("multinomial", weights);
  const { shape } = weights;
  const categories = shape[shape.length - 1];
  if (categories === undefined || shape.length > 2)
    throw new ShapeError(
      `multinomial: weights ${printShape(shape)} - wanted [categories] or [rows, categories]`,
    );
  checkSizes("multinomial", [samples]);
  const rows = shape.length === 1 ? 1 : (shape[0] ?? 0);
  for (let row = 0; row < rows; row++)
    checkWeights(values.subarray(row * categories, (row + 1) * categories), samples, replacement);

  const drawn = new Int32Array(rows * samples);
  if (replacement) drawAgain(values, categories, samples, generator, drawn);
  else drawApart(values, categories, samples, generator, drawn);
  return made(drawn, shape.length === 1 ? [samples] : [rows, samples]);
}

function checkWeights(
  row: Float32Array | Float64Array,
  samples: number,
  replacement: boolean,
): void {
  let above = 0;
  for (const weight of row) {
    if (!(weight >= 0 && weight < Infinity))
      throw new RangeError(`multinomial: a weight of ${weight} - wanted finite numbers, 0 or more`);
    if (weight > 0) above++;
  }
  const wanted = replacement ? Math.min(samples, 1) : samples;
  if (above < wanted)
    throw new RangeError(
      `multinomial: ${samples} samples of ${above} categories with a weight above 0 - ` +
        (replacement ? "wanted at least one such category" : "wanted at least as many categories"),
    );
}

/** With replacement: each uniform sample is looked up among the running sums of the row. */
function drawAgain(
  weights: Float32Array | Float64Array,
  categories: number,
  samples: number,
  generator: Generator,
  out: Int32Array,
): void {
  const sums = weights.slice(0, categories);
  for (let start = 0, at = 0; at < out.length; start += categories) {
    let sum = 0;
    for (let c = 0; c < categories; c++) {
      // Stored and read back, so that the sum has the precision of the weights. Both are in range.
      sums[c] = sum + weights[start + c]!;
      sum = sums[c]!;
    }
    for (let c = 0; c < categories; c++) sums[c]! /= sum;
    for (const end = at + samples; at < end; at++)
      out[at] = firstAtLeast(sums, generator.uniform53());
  }
}

/** The first index whose running sum reaches `level`; the last one where rounding left none. */
function firstAtLeast(sums: Float32Array | Float64Array, level: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    // Below the length.
    if (sums[middle]! < level) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Without replacement: the largest of weight / q, each q from the exponential distribution, is
 * category c with the probability weight / sum; the next largest is the next draw.
 */
function drawApart(
  weights: Float32Array | Float64Array,
  categories: number,
  samples: number,
  generator: Generator,
  out: Int32Array,
): void {
  const rates = weights.slice();
  generator.fillExponential(rates);
  // Same length.
  for (let i = 0; i < rates.length; i++) rates[i] = weights[i]! / rates[i]!;
  for (let start = 0, at = 0; at < out.length; start += categories, at += samples) {
    const order = Int32Array.from({ length: categories }, (_, c) => c);
    // Categories lie in the row.
    order.sort((a, b) => rates[start + b]! - rates[start + a]! || a - b);
    out.set(order.subarray(0, samples), at);
  }
}

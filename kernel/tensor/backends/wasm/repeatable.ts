/**
 * The ops whose results leave the arena without a copy: those that take about as long as one, and products,
 * while hardly any is wanted again. Results of other ops are small beside their inputs.
 */
import type { Backend } from "../../backend.ts";
import type { View } from "../../view.ts";
import { Dear, record } from "./recipes.ts";

/** Elements below which a copy costs no more than remembering. */
const WORTH_IT = 1024;
/** And of a product, which has to be worth an object or two more. */
const LARGE = 2 ** 16;

type Repeatable =
  | ("copy" | "unary" | "slope" | "binary" | "compare" | "where")
  | ("softmax" | "softmaxSlope" | "softmaxResidual" | "crossEntropy")
  | ("layerNorm" | "layerNormSlopes" | "batchNorm" | "batchNormSlopes" | "matmul");

/** Those ops, with large results remembered, or all. */
export function repeatable(
  ops: Pick<Backend, Repeatable>,
  isAll: boolean,
): Pick<Backend, Repeatable> {
  const least = isAll ? 1 : WORTH_IT;
  const leastProduct = isAll ? 1 : LARGE;
  const products = new Dear();
  const isLarge = ({ storage }: View) => storage.length >= least;

  /** What `run` gives, of which the large part is remembered. */
  function remembered<const I extends readonly View[], R>(
    inputs: I,
    run: (...inputs: I) => R,
    largeOf: (results: R) => View,
  ): R {
    const results = run(...inputs);
    const large = largeOf(results);
    if (isLarge(large)) record(large, inputs, (...inputs) => largeOf(run(...inputs)));
    return results;
  }

  return {
    // Written out: a step of a small net is made of these, and a function for each call is felt there.
    copy(x, dtype) {
      const result = ops.copy(x, dtype);
      if (isLarge(result)) record(result, [x], (x) => ops.copy(x, dtype));
      return result;
    },
    unary(name, x, parameter) {
      const result = ops.unary(name, x, parameter);
      if (isLarge(result)) record(result, [x], (x) => ops.unary(name, x, parameter));
      return result;
    },
    slope(name, g, saved, parameter) {
      const result = ops.slope(name, g, saved, parameter);
      if (isLarge(result))
        record(result, [g, saved], (g, saved) => ops.slope(name, g, saved, parameter));
      return result;
    },
    binary(name, a, b) {
      const result = ops.binary(name, a, b);
      if (isLarge(result)) record(result, [a, b], (a, b) => ops.binary(name, a, b));
      return result;
    },
    compare(name, a, b) {
      const result = ops.compare(name, a, b);
      if (isLarge(result)) record(result, [a, b], (a, b) => ops.compare(name, a, b));
      return result;
    },
    where(condition, a, b) {
      const result = ops.where(condition, a, b);
      if (isLarge(result))
        record(result, [condition, a, b], (condition, a, b) => ops.where(condition, a, b));
      return result;
    },
    matmul(a, b) {
      const result = ops.matmul(a, b);
      if (result.storage.length >= leastProduct)
        record(result, [a, b], (a, b) => ops.matmul(a, b), products);
      return result;
    },
    softmax: (x, log) => remembered([x], (x) => ops.softmax(x, log), whole),
    softmaxSlope: (g, y, log) => remembered([g, y], (g, y) => ops.softmaxSlope(g, y, log), whole),
    softmaxResidual: (p, labels, scale) =>
      remembered([p, labels, scale], ops.softmaxResidual, whole),
    crossEntropy: (x, labels) =>
      remembered([x, labels], ops.crossEntropy, ({ softmax }) => softmax),
    layerNorm: (x, weight, bias, eps) =>
      remembered([x, weight, bias], (...all) => ops.layerNorm(...all, eps), values),
    layerNormSlopes: (g, x, weight, moments) =>
      remembered([g, x, weight, moments], ops.layerNormSlopes, slopeOfInput),
    batchNorm: (x, weight, bias, eps) =>
      remembered([x, weight, bias], (...all) => ops.batchNorm(...all, eps), values),
    batchNormSlopes: (g, x, weight, moments) =>
      remembered([g, x, weight, moments], ops.batchNormSlopes, slopeOfInput),
  };
}

const whole = (result: View) => result;
const values = (results: { readonly values: View }) => results.values;
const slopeOfInput = (slopes: { readonly x: View }) => slopes.x;

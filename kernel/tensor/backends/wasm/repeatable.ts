/**
 * The ops whose results leave the arena without a copy: those that take about as long as one. Products,
 * convolutions and attention take longer, and results of other ops are small beside their inputs.
 */
import type { Backend } from "../../backend.ts";
import type { View } from "../../view.ts";
import { record } from "./recipes.ts";

/** Elements below which a copy costs no more than remembering. */
const WORTH_IT = 1024;

type Repeatable =
  | ("copy" | "unary" | "slope" | "binary" | "compare" | "where")
  | ("softmax" | "softmaxSlope" | "softmaxResidual" | "crossEntropy")
  | ("layerNorm" | "layerNormSlopes" | "batchNorm" | "batchNormSlopes");

/** Those ops, with large results remembered, or all. */
export function repeatable(
  ops: Pick<Backend, Repeatable>,
  isAll: boolean,
): Pick<Backend, Repeatable> {
  const least = isAll ? 1 : WORTH_IT;
  const isLarge = ({ storage }: View) => storage.length >= least;
  return {
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
    softmax(x, log) {
      const result = ops.softmax(x, log);
      if (isLarge(result)) record(result, [x], (x) => ops.softmax(x, log));
      return result;
    },
    softmaxSlope(g, y, log) {
      const result = ops.softmaxSlope(g, y, log);
      if (isLarge(result)) record(result, [g, y], (g, y) => ops.softmaxSlope(g, y, log));
      return result;
    },
    softmaxResidual(p, labels, scale) {
      const result = ops.softmaxResidual(p, labels, scale);
      if (isLarge(result))
        record(result, [p, labels, scale], (p, labels, scale) =>
          ops.softmaxResidual(p, labels, scale),
        );
      return result;
    },
    crossEntropy(x, labels) {
      const results = ops.crossEntropy(x, labels);
      if (isLarge(results.softmax))
        record(results.softmax, [x, labels], (x, labels) => ops.crossEntropy(x, labels).softmax);
      return results;
    },
    layerNorm(x, weight, bias, eps) {
      const results = ops.layerNorm(x, weight, bias, eps);
      if (isLarge(results.values))
        record(
          results.values,
          [x, weight, bias],
          (x, weight, bias) => ops.layerNorm(x, weight, bias, eps).values,
        );
      return results;
    },
    layerNormSlopes(g, x, weight, moments) {
      const results = ops.layerNormSlopes(g, x, weight, moments);
      if (isLarge(results.x))
        record(
          results.x,
          [g, x, weight, moments],
          (g, x, weight, moments) => ops.layerNormSlopes(g, x, weight, moments).x,
        );
      return results;
    },
    batchNorm(x, weight, bias, eps) {
      const results = ops.batchNorm(x, weight, bias, eps);
      if (isLarge(results.values))
        record(
          results.values,
          [x, weight, bias],
          (x, weight, bias) => ops.batchNorm(x, weight, bias, eps).values,
        );
      return results;
    },
    batchNormSlopes(g, x, weight, moments) {
      const results = ops.batchNormSlopes(g, x, weight, moments);
      if (isLarge(results.x))
        record(
          results.x,
          [g, x, weight, moments],
          (g, x, weight, moments) => ops.batchNormSlopes(g, x, weight, moments).x,
        );
      return results;
    },
  };
}

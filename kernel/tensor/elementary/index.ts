/**
 * Elementary functions of double numbers, made of nothing but addition, multiplication, division and
 * square roots, which IEEE 754 rounds alike everywhere. `Math.exp` and its kin may differ in the last
 * bit from one browser to the next, so no number that reaches a tensor comes from them. Less than 3
 * units in the last place from the truth, and exp, log and pow less than 1; what infinities, both zeros
 * and NaN give is IEEE 754's.
 */
export { exp, expm1 } from "./exponential.ts";
export { cosh, sinh, tanh } from "./hyperbolic.ts";
export { acos, asin, atan, atan2 } from "./inverse-trigonometric.ts";
export { log, log10, log1p, log2 } from "./logarithm.ts";
export { hypot, pow } from "./power.ts";
export { exponentOf, scaled } from "./powers-of-two.ts";
export { cos, sin, tan } from "./trigonometric.ts";

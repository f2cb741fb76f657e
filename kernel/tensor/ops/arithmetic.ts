/** Arithmetic on two operands, broadcast against each other. */
import { type DType, promote, toFloat, toNumber } from "../dtype.ts";
import type { Tensor } from "../tensor.ts";
import { binary, flat } from "./elementwise.ts";

const number = (a: DType, b: DType): DType => toNumber(promote(a, b));
const fraction = (a: DType, b: DType): DType => toFloat(promote(a, b));

/**
 * The share of `g` that goes to one of two: nothing where it loses, even of an infinite slope, half
 * where they are equal, else all.
 */
const share = (g: Tensor, loses: Tensor, ties: Tensor): Tensor =>
  g.mul(0.5).where(ties, g).maskedFill(loses, 0);

export const arithmetic = {
  // d(a + b) = da + db
  add: binary("add", "add", number, [(g) => g, (g) => g]),
  // d(a - b) = da - db
  sub: binary("sub", "sub", number, [(g) => g, (g) => g.neg()]),
  // d(ab) = b da + a db
  mul: binary("mul", "mul", number, [
    (g, saved) => g.mul(saved.input(1)),
    (g, saved) => g.mul(saved.input(0)),
  ]),
  // d(a/b) = da/b - (a/b) db/b
  div: binary("div", "div", fraction, [
    (g, saved) => g.div(saved.input(1)),
    (g, saved) => g.neg().mul(saved.output()).div(saved.input(1)),
  ]),
  // d(aᵇ) = b aᵇ⁻¹ da + aᵇ log(a) db, where b = 0 has no slope in a, nor a = 0 in b unless b < 0
  pow: binary("pow", "pow", number, [
    (g, saved) => {
      const b = saved.input(1);
      // One power for all, the usual case, takes two passes instead of five.
      if (b.numel() === 1 && !b.requiresGrad) return powerSlope(g, saved.input(0), b.item());
      const slope = b.mul(saved.input(0).pow(b.sub(1)));
      return g.mul(slope.where(b.ne(0), 0));
    },
    (g, saved) => {
      const a = saved.input(0);
      const hasSlope = a.ne(0).logicalOr(saved.input(1).lt(0));
      return g.mul(saved.output().mul(a.where(hasSlope, 1).log()));
    },
  ]),
  // Multiples of b taken away: d = da - ⌊a/b⌋ db
  remainder: binary("remainder", "remainder", number, [
    (g) => g,
    (g, saved) => g.neg().mul(saved.input(0).floorDivide(saved.input(1))),
  ]),
  // The same with the sign of a: d = da - trunc(a/b) db
  fmod: binary("fmod", "fmod", number, [
    (g) => g,
    (g, saved) => g.neg().mul(saved.input(0).div(saved.input(1)).trunc()),
  ]),
  // Flat between its steps.
  floorDivide: binary("floorDivide", "floorDivide", number, [flat, flat]),
  // d angle = (b da - a db) / (a² + b²), and 0 where there is no direction
  atan2: binary("atan2", "atan2", fraction, [
    (g, saved) => g.mul(turn(saved.input(1), saved.input(0), saved.input(1))),
    (g, saved) => g.neg().mul(turn(saved.input(0), saved.input(0), saved.input(1))),
  ]),
  maximum: binary("maximum", "maximum", promote, [
    (g, saved) => share(g, saved.input(0).lt(saved.input(1)), saved.input(0).eq(saved.input(1))),
    (g, saved) => share(g, saved.input(1).lt(saved.input(0)), saved.input(0).eq(saved.input(1))),
  ]),
  minimum: binary("minimum", "minimum", promote, [
    (g, saved) => share(g, saved.input(0).gt(saved.input(1)), saved.input(0).eq(saved.input(1))),
    (g, saved) => share(g, saved.input(1).gt(saved.input(0)), saved.input(0).eq(saved.input(1))),
  ]),
  // As maximum and minimum, but at the limit itself the slope still goes to what was limited.
  clampMin: binary("clamp", "maximum", number, [
    (g, saved) => g.where(saved.input(0).ge(saved.input(1)), 0),
    (g, saved) => g.where(saved.input(0).lt(saved.input(1)), 0),
  ]),
  clampMax: binary("clamp", "minimum", number, [
    (g, saved) => g.where(saved.input(0).le(saved.input(1)), 0),
    (g, saved) => g.where(saved.input(0).gt(saved.input(1)), 0),
  ]),
};

/** g n xⁿ⁻¹ */
function powerSlope(g: Tensor, x: Tensor, n: number): Tensor {
  if (n === 0) return flat(g);
  return n === 1 ? g : g.mul(n === 2 ? x : x.pow(n - 1)).mul(n);
}

/** side / (a² + b²), 0 at the origin. */
function turn(side: Tensor, a: Tensor, b: Tensor): Tensor {
  const square = a.square().add(b.square());
  const isOrigin = square.eq(0);
  return side.div(square.maskedFill(isOrigin, 1));
}

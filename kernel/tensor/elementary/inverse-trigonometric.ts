/** Angles of tangents, sines and cosines, all by the arctangent's series. Coefficients by Remez's exchange. */

/** π/4 and its double, each with what it was rounded by. */
const EIGHTH = [0.7853981633974483, 3.061616997868383e-17] as const;
const QUARTER = [1.5707963267948966, 6.123233995736766e-17] as const;
const HALF_LOW = 1.2246467991473532e-16;

/** `base` + arctan t for |t| <= tan(π/8). */
function arctanFrom(t: number, [high, low]: readonly [number, number]): number {
  const z = t * t;
  const late =
    -0.333333333333332 +
    z *
      (0.1999999999995404 +
        z *
          (-0.14285714280243997 +
            z *
              (0.11111110785902106 +
                z *
                  (-0.09090897829414461 +
                    z *
                      (0.07692061507895921 +
                        z *
                          (-0.06663118872619364 +
                            z *
                              (0.058479976351207295 +
                                z *
                                  (-0.05039793487304611 +
                                    z * (0.03807697079343938 + z * -0.01792077143147377)))))))));
  return high + (t + (t * z * late + low));
}

export function atan(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -27) return x;
  const angle =
    size <= Math.SQRT2 - 1
      ? arctanFrom(size, [0, 0])
      : size < Math.SQRT2 + 1
        ? arctanFrom((size - 1) / (size + 1), EIGHTH)
        : arctanFrom(-1 / size, QUARTER);
  return x < 0 ? -angle : angle;
}

/** The angle of the point (x, y), from -π to π. */
export function atan2(y: number, x: number): number {
  if (x !== x || y !== y) return NaN;
  // 1 / x tells the zeros apart.
  const isLeft = x < 0 || 1 / x < 0;
  if (y === 0) return isLeft ? withSign(Math.PI, y) : y;
  const isCorner = Math.abs(y) === Infinity && Math.abs(x) === Infinity;
  const angle = isCorner ? EIGHTH[0] : atan(Math.abs(y / x));
  return withSign(isLeft ? Math.PI - (angle - HALF_LOW) : angle, y);
}

function withSign(angle: number, y: number): number {
  return 1 / y < 0 || y < 0 ? -angle : angle;
}

export function asin(x: number): number {
  // Of 0 the quotient keeps the sign; beyond 1 the root is NaN.
  return atan2(x, Math.sqrt((1 - x) * (1 + x)));
}

export function acos(x: number): number {
  return 2 * atan(Math.sqrt((1 - x) / (1 + x)));
}

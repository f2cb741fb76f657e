/**
 * How near two points of a UMAP layout count as: 1 / (1 + a d^2b), with a and b such that points up to
 * `minDist` apart count as together and the rest fade with their distance.
 */

export interface Closeness {
  readonly a: number;
  readonly b: number;
}

const SAMPLES = 300;
const REACH = 3;
const ITERATIONS = 100;

/** Least squares by Gauss-Newton steps, damped where they would make it worse (Levenberg-Marquardt). */
export function fitCloseness(minDist: number): Closeness {
  const samples = Array.from({ length: SAMPLES }, (_, i) => {
    const x = ((i + 1) / SAMPLES) * REACH;
    return { x, y: x < minDist ? 1 : Math.exp(-(x - minDist)) };
  });
  const errorOf = (a: number, b: number) =>
    samples.reduce((sum, { x, y }) => sum + (1 / (1 + a * x ** (2 * b)) - y) ** 2, 0);
  let [a, b] = [1, 1];
  let error = errorOf(a, b);
  let damping = 1e-3;
  for (let i = 0; i < ITERATIONS; i++) {
    let [aa, ab, bb, ra, rb] = [0, 0, 0, 0, 0];
    for (const { x, y } of samples) {
      const power = x ** (2 * b);
      const value = 1 / (1 + a * power);
      const byA = -power * value * value;
      const byB = -2 * a * Math.log(x) * power * value * value;
      aa += byA * byA;
      ab += byA * byB;
      bb += byB * byB;
      ra += byA * (y - value);
      rb += byB * (y - value);
    }
    const [daa, dbb] = [aa * (1 + damping), bb * (1 + damping)];
    const determinant = daa * dbb - ab * ab;
    const nextA = a + (dbb * ra - ab * rb) / determinant;
    const nextB = b + (daa * rb - ab * ra) / determinant;
    const next = errorOf(nextA, nextB);
    if (next < error) {
      [a, b, error, damping] = [nextA, nextB, next, damping / 10];
    } else damping *= 10;
  }
  return { a, b };
}

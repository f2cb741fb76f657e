/** Data sets made from a formula: always the same points, whatever the default generator did. */
import { cos, sin } from "../elementary/index.ts";
import { tensor } from "../creation/create.ts";
import { Generator } from "../random.ts";
import { Dataset } from "./dataset.ts";

export interface GeneratedOptions {
  /** How many points. */
  readonly n?: number;
  /** How far points stray from the formula. */
  readonly noise?: number;
  /** Another seed gives other points. */
  readonly seed?: number;
}

type Point = readonly [x: number, y: number, label: number];

function planar(points: readonly Point[], classes: readonly string[]): Dataset {
  const x = tensor(points.map(([a, b]) => [a, b]));
  const y = tensor(Int32Array.from(points, ([, , label]) => label));
  return new Dataset(x, y, { classes });
}

/** Uniform in ±1. */
const stray = (generator: Generator): number => 2 * generator.uniform() - 1;

/** Two arms of 1.75 turns, radius up to 5. */
export function spiral({ n = 400, noise = 0.05, seed = 0 }: GeneratedOptions): Dataset {
  const generator = new Generator(seed);
  const each = Math.floor(n / 2);
  const arm = (label: number): Point[] =>
    Array.from({ length: each }, (_, i) => {
      const radius = (i / each) * 5;
      const angle = 1.75 * (i / each) * 2 * Math.PI + label * Math.PI;
      return [
        radius * sin(angle) + noise * stray(generator),
        radius * cos(angle) + noise * stray(generator),
        label,
      ];
    });
  return planar([...arm(0), ...arm(1)], ["first arm", "second arm"]);
}

/** A disc of radius 2.5 inside a ring from 3.5 to 5. */
export function circle({ n = 400, noise = 0.05, seed = 0 }: GeneratedOptions): Dataset {
  const generator = new Generator(seed);
  const each = Math.floor(n / 2);
  const ring = (label: number, inner: number, outer: number): Point[] =>
    Array.from({ length: each }, () => {
      const radius = inner + (outer - inner) * generator.uniform();
      const angle = 2 * Math.PI * generator.uniform();
      return [
        radius * sin(angle) + noise * stray(generator),
        radius * cos(angle) + noise * stray(generator),
        label,
      ];
    });
  return planar([...ring(0, 0, 2.5), ...ring(1, 3.5, 5)], ["disc", "ring"]);
}

/** The four corners of a square, where opposite corners belong together; noise moves copies of them. */
export function xor({ n = 4, noise = 0, seed = 0 }: GeneratedOptions): Dataset {
  const generator = new Generator(seed);
  const points = Array.from({ length: n }, (_, i): Point => {
    const [a, b] = [i & 1, (i >> 1) & 1];
    return [a + noise * stray(generator), b + noise * stray(generator), a ^ b];
  });
  return planar(points, ["equal", "different"]);
}

/** `x [n, 1]` from 0 to 1, `y [n, 1]`: two periods of a tone and a quieter one at twice its pitch. */
export function wave({ n = 200, noise = 0, seed = 0 }: GeneratedOptions): Dataset {
  const generator = new Generator(seed);
  const x = Array.from({ length: n }, (_, i) => i / n);
  const y = x.map((at) => {
    const angle = 4 * Math.PI * at;
    return sin(angle) + 0.4 * sin(2 * angle + 1) + noise * generator.normal();
  });
  return new Dataset(tensor(x.map((at) => [at])), tensor(y.map((value) => [value])));
}

/** `x [n, 1]`, `y [n, 1]`: y = 3x + 4 with normal noise. */
export function line({ n = 30, noise = 2, seed = 0 }: GeneratedOptions): Dataset {
  const generator = new Generator(seed);
  const x = Array.from({ length: n }, () => 10 * generator.uniform());
  const y = x.map((value) => 3 * value + 4 + noise * generator.normal());
  return new Dataset(tensor(x.map((value) => [value])), tensor(y.map((value) => [value])));
}

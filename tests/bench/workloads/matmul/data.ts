/** The factors of the products. */
import { Draw } from "../draw.ts";

export function matmulData(n: number): {
  a: Float32Array<ArrayBuffer>;
  b: Float32Array<ArrayBuffer>;
} {
  const draw = new Draw();
  return { a: draw.uniform(n * n), b: draw.uniform(n * n) };
}

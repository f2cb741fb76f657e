/** Layer normalisation and its slopes: rows of a dense `[rows, n]`, which index reads stay within. */
import type { Backend } from "../../backend.ts";
import type { TypedArray } from "../../dtype.ts";
import { sizeOf } from "../../shape.ts";
import { dense, unset } from "./host.ts";

/**
 * `out = (x - μ) / √(σ² + ε) · weight + bias` of each row. `moments [3, rows]`: μ in two parts, of which
 * the second is what the first was rounded by, and 1 / √(σ² + ε).
 */
function layerNormInto(
  x: TypedArray,
  weight: TypedArray,
  bias: TypedArray,
  eps: number,
  out: TypedArray,
  moments: TypedArray,
): void {
  const n = weight.length;
  const rows = moments.length / 3;
  for (let r = 0; r < rows; r++) {
    const row = r * n;
    let sum = 0;
    for (let c = 0; c < n; c++) sum += x[row + c]!;
    const mean = sum / n;
    let squares = 0;
    for (let c = 0; c < n; c++) squares += (x[row + c]! - mean) * (x[row + c]! - mean);
    const rate = 1 / Math.sqrt(squares / n + eps);
    for (let c = 0; c < n; c++) out[row + c] = (x[row + c]! - mean) * rate * weight[c]! + bias[c]!;
    moments[r] = mean;
    moments[rows + r] = mean - moments[r]!;
    moments[2 * rows + r] = rate;
  }
}

/**
 * With y = (x - μ)/σ:  dx = (g w - mean(g w) - y mean(g w y)) / σ,  dw = Σ g y,  db = Σ g over the rows.
 * `dw` and `db` begin as zeros.
 */
function layerNormSlopesInto(
  g: TypedArray,
  x: TypedArray,
  weight: TypedArray,
  moments: TypedArray,
  dx: TypedArray,
  dw: Float64Array,
  db: Float64Array,
): void {
  const n = weight.length;
  const rows = moments.length / 3;
  for (let r = 0; r < rows; r++) {
    const row = r * n;
    const mean = moments[r]! + moments[rows + r]!;
    const rate = moments[2 * rows + r]!;
    let level = 0;
    let tilt = 0;
    for (let c = 0; c < n; c++) {
      const slope = g[row + c]!;
      const y = (x[row + c]! - mean) * rate;
      level += slope * weight[c]!;
      tilt += slope * weight[c]! * y;
      dw[c]! += slope * y;
      db[c]! += slope;
    }
    for (let c = 0; c < n; c++) {
      const y = (x[row + c]! - mean) * rate;
      dx[row + c] = (g[row + c]! * weight[c]! - level / n - (y * tilt) / n) * rate;
    }
  }
}

export const layerNorms: Pick<Backend, "layerNorm" | "layerNormSlopes"> = {
  layerNorm(x, weight, bias, eps) {
    const out = unset(x.storage.dtype, x.shape);
    const n = sizeOf(weight.shape);
    const moments = unset(x.storage.dtype, [3, n === 0 ? 0 : out.values.length / n]);
    layerNormInto(dense(x), dense(weight), dense(bias), eps, out.values, moments.values);
    return { values: out.view, moments: moments.view };
  },

  layerNormSlopes(g, x, weight, moments) {
    const { dtype } = x.storage;
    const dx = unset(dtype, x.shape);
    const [dw, db] = [unset(dtype, weight.shape), unset(dtype, weight.shape)];
    const n = sizeOf(weight.shape);
    const [weightSums, biasSums] = [new Float64Array(n), new Float64Array(n)];
    const scale = dense(weight);
    layerNormSlopesInto(dense(g), dense(x), scale, dense(moments), dx.values, weightSums, biasSums);
    dw.values.set(weightSums);
    db.values.set(biasSums);
    return { x: dx.view, weight: dw.view, bias: db.view };
  },
};

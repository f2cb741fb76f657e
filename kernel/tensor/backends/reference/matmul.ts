/**
 * Dense matrix products, in tiles of 2 rows by 4 columns held in local variables. Both factors are
 * first packed into double-precision panels in the order the tile reads them: any strides cost only
 * that copy, sums are kept in double precision, and the inner loop converts nothing. Twice the speed
 * of a row-by-row product in V8. Index reads are in bounds: sizes were checked by the op.
 */
import { type TypedArray, zerosOf } from "../../dtype.ts";
import { attend } from "../wasm/threads/attend.ts";

/** A matrix with any strides; its size is the caller's to know. */
export interface Factor {
  readonly values: TypedArray;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** A matrix whose element [r, c] is `values[rows[r] + columns[c]]`: the patches of an image. */
export interface SumFactor {
  readonly values: Float64Array;
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

const tileColumns = 4;

// Kept between products and grown when one needs more: allocation would cost as much as a small one.
let rowPanel = new Float64Array(1024);
let columnPanels = new Float64Array(16384);

/** Writes `a [m, k] x b [k, n]` to `out`, row-major from `start`. */
export function multiplyInto(
  a: Factor,
  b: Factor,
  out: TypedArray,
  start: number,
  m: number,
  k: number,
  n: number,
): void {
  packColumns(b, k, n);
  multiplyPacked(a, out, start, m, k, n);
}

/** As `multiplyInto`, `a [m, k] x b [k, n]`, where `b` has the sizes. */
export function multiplySums(
  a: Factor,
  b: SumFactor,
  out: TypedArray,
  start: number,
  m: number,
): void {
  packSums(b);
  multiplyPacked(a, out, start, m, b.rows.length, b.columns.length);
}

function multiplyPacked(
  a: Factor,
  out: TypedArray,
  start: number,
  m: number,
  k: number,
  n: number,
): void {
  if (rowPanel.length < 2 * k) rowPanel = zerosOf("f64", 2 * k);
  for (let i = 0; i < m; i += 2) {
    attend();
    const isPair = i + 1 < m;
    packRows(a, i, isPair, k);
    for (let j = 0; j < n; j += tileColumns)
      multiplyTile(out, start + i * n + j, k, n, n - j, isPair);
  }
}

/** Columns in fours, each four as `[k][4]`, the last filled up with zeros. */
function packColumns(
  { values, offset, rowStride, columnStride }: Factor,
  k: number,
  n: number,
): void {
  const panels = panelsFor(k, n);
  let to = 0;
  for (let j = 0; j < n; j += tileColumns)
    for (let p = 0; p < k; p++) {
      const from = offset + p * rowStride + j * columnStride;
      for (let c = 0; c < tileColumns; c++)
        panels[to++] = j + c < n ? values[from + c * columnStride]! : 0;
    }
}

function packSums({ values, rows, columns }: SumFactor): void {
  const k = rows.length;
  const n = columns.length;
  const panels = panelsFor(k, n);
  let to = 0;
  for (let j = 0; j < n; j += tileColumns) {
    // The last four are filled up with what lies under the first column: no result is kept of them.
    const c0 = columns[j]!;
    const c1 = j + 1 < n ? columns[j + 1]! : 0;
    const c2 = j + 2 < n ? columns[j + 2]! : 0;
    const c3 = j + 3 < n ? columns[j + 3]! : 0;
    for (let p = 0; p < k; p++) {
      const row = rows[p]!;
      panels[to++] = values[row + c0]!;
      panels[to++] = values[row + c1]!;
      panels[to++] = values[row + c2]!;
      panels[to++] = values[row + c3]!;
    }
  }
}

function panelsFor(k: number, n: number): Float64Array {
  const size = Math.ceil(n / tileColumns) * tileColumns * k;
  if (columnPanels.length < size) columnPanels = zerosOf("f64", size);
  return columnPanels;
}

/** Rows i and i + 1 as `[k][2]`. */
function packRows(
  { values, offset, rowStride, columnStride }: Factor,
  i: number,
  isPair: boolean,
  k: number,
): void {
  const panel = rowPanel;
  for (let p = 0; p < k; p++) {
    const from = offset + i * rowStride + p * columnStride;
    panel[2 * p] = values[from]!;
    panel[2 * p + 1] = isPair ? values[from + rowStride]! : 0;
  }
}

/** The products of the packed rows with the four columns that begin `left` before the right edge. */
function multiplyTile(
  out: TypedArray,
  at: number,
  k: number,
  n: number,
  left: number,
  isPair: boolean,
): void {
  const rows = rowPanel;
  const columns = columnPanels;
  let [a0, a1, a2, a3, b0, b1, b2, b3] = [0, 0, 0, 0, 0, 0, 0, 0];
  let w = (n - left) * k;
  for (let p = 0; p < 2 * k; p += 2, w += tileColumns) {
    const a = rows[p]!;
    const b = rows[p + 1]!;
    const c0 = columns[w]!;
    const c1 = columns[w + 1]!;
    const c2 = columns[w + 2]!;
    const c3 = columns[w + 3]!;
    a0 += a * c0;
    a1 += a * c1;
    a2 += a * c2;
    a3 += a * c3;
    b0 += b * c0;
    b1 += b * c1;
    b2 += b * c2;
    b3 += b * c3;
  }
  out[at] = a0;
  if (left > 1) out[at + 1] = a1;
  if (left > 2) out[at + 2] = a2;
  if (left > 3) out[at + 3] = a3;
  if (!isPair) return;
  out[at + n] = b0;
  if (left > 1) out[at + n + 1] = b1;
  if (left > 2) out[at + n + 2] = b2;
  if (left > 3) out[at + n + 3] = b3;
}

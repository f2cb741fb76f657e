/**
 * How a kernel walks two operands of one shape: in rows, along which an operand goes on element by
 * element or stands still, as stretched views do.
 */
import { isContiguous, isUniform, sizeOf } from "../../shape.ts";
import type { View } from "../../view.ts";
import { mergeDimensions } from "../reference/rows.ts";
import { at, storageOf } from "./floats.ts";
import type { Machine } from "./machine.ts";
import type { Division } from "./threads/division.ts";

/** What a kernel of two operands is told: strides of rows in bytes; a step of 0 stands still. */
export type PairKernel = (
  a: number,
  aRow: number,
  aStep: number,
  b: number,
  bRow: number,
  bStep: number,
  out: number,
  rows: number,
  n: number,
  parameter: number,
) => number;

export interface Walk {
  /** Sizes and strides of the dimensions outside the two that the kernel walks. */
  readonly sizes: readonly number[];
  readonly aStrides: readonly number[];
  readonly bStrides: readonly number[];
  readonly rows: number;
  readonly n: number;
  readonly aRow: number;
  readonly aStep: number;
  readonly bRow: number;
  readonly bStep: number;
}

const none: readonly number[] = [];

/** One row: made field by field, as a copy of a part takes longer than the kernel of a small op. */
function flat(n: number, aStep: number, bStep: number): Walk {
  return {
    sizes: none,
    aStrides: none,
    bStrides: none,
    rows: 1,
    n,
    aRow: 0,
    aStep,
    bRow: 0,
    bStep,
  };
}

/** More calls than this for less than so many elements each are not worth it. */
const FEW = 16;
const MANY_ELEMENTS = 512;

/** The walk over `a` and `b`, or null where one of them has to be copied first. */
export function walkOf(a: View, b: View): Walk | null {
  const aFlows = isContiguous(a);
  const bFlows = isContiguous(b);
  const n = sizeOf(a.shape);
  if (aFlows && bFlows) return flat(n, 1, 1);
  if (aFlows && isUniform(b)) return flat(n, 1, 0);
  if (bFlows && isUniform(a)) return flat(n, 0, 1);
  const { sizes, strides } = mergeDimensions(a.shape, [a, b]);
  const [aStrides = [], bStrides = []] = strides;
  const length = sizes.pop() ?? 1;
  const aStep = aStrides.pop() ?? 1;
  const bStep = bStrides.pop() ?? 1;
  const walkable = (aStep === 1 && (bStep === 0 || bStep === 1)) || (aStep === 0 && bStep === 1);
  if (!walkable) return null;
  const rows = sizes.pop() ?? 1;
  const aRow = 4 * (aStrides.pop() ?? 0);
  const bRow = 4 * (bStrides.pop() ?? 0);
  const calls = sizeOf(sizes);
  if (calls > FEW && rows * length < MANY_ELEMENTS) return null;
  return { sizes, aStrides, bStrides, rows, n: length, aRow, aStep, bRow, bStep };
}

/**
 * Calls `kernel` for every place of the outer dimensions; all three are held. `width` is of a result, which
 * takes about `nanoseconds`.
 */
export function runPair(
  machine: Machine,
  kernel: PairKernel,
  walk: Walk,
  a: View,
  b: View,
  out: View,
  parameter: number,
  width: number,
  nanoseconds: number,
): void {
  const { sizes, rows, n, aRow, aStep, bRow, bStep } = walk;
  const aStart = at(a);
  const bStart = at(b);
  const outStart = storageOf(out).address;
  const calls = sizeOf(sizes);
  for (let call = 0; call < calls; call++) {
    let aAt = aStart;
    let bAt = bStart;
    let rest = call;
    for (let dim = sizes.length - 1; dim >= 0; dim--) {
      const size = sizes[dim]!; // dim is below the length, as for the strides
      const place = rest % size;
      rest = (rest - place) / size;
      aAt += 4 * place * walk.aStrides[dim]!;
      bAt += 4 * place * walk.bStrides[dim]!;
    }
    const outAt = outStart + width * call * rows * n;
    const work = nanoseconds * rows * n;
    if (machine.isShared(work)) {
      const values = [aAt, aRow, aStep, bAt, bRow, bStep, outAt, rows, n, parameter];
      const division: Division =
        rows === 1
          ? { steps: [4 * aStep, 0, 0, 4 * bStep, 0, 0, width], size: 8, grain: 64 }
          : { steps: [aRow, 0, 0, bRow, 0, 0, width * n], size: 7 };
      machine.share(kernel, values, rows === 1 ? n : rows, division, work);
    } else kernel(aAt, aRow, aStep, bAt, bRow, bStep, outAt, rows, n, parameter);
  }
}

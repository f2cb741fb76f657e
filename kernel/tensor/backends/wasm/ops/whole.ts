/**
 * Reductions of all of a large tensor to one number, in parts of a size that depends on nothing but how
 * many elements there are: what they give is the same for any number of threads.
 */
import type { Kernel, Machine } from "../machine.ts";
import type { Division } from "../threads/division.ts";

/** The fewest elements of a part, and the most parts. */
const FEWEST = 2 ** 16;
const PARTS = 32;

/** Writes what `n` f32 at `x` are reduced to, which takes some `work` nanoseconds, to `out`. */
export type Whole = (x: number, n: number, out: number, divisor: number, work: number) => void;

/** Whether `n` elements are reduced in parts. */
export function isInParts(n: number): boolean {
  return n >= 2 * FEWEST;
}

function divisionOf(n: number, size: number, width: number): Division & { part: number } {
  const even = Math.ceil(n / PARTS / 64) * 64;
  const partSteps = [0, 0, 0, 0];
  partSteps[size + 1] = width;
  return { steps: [4], size, part: Math.max(FEWEST, even), partSteps };
}

export interface Wholes {
  readonly sum: Whole;
  readonly size: Whole;
  readonly norm: Whole;
  readonly variance: Whole;
  readonly deviation: Whole;
  readonly max: Whole;
  readonly min: Whole;
}

export function wholes(machine: Machine): Wholes {
  const { scratch } = machine;
  const [sum, size, squares] = ["sumPart", "sizePart", "squarePart"].map((name) =>
    machine.kernel(name),
  ) as [Kernel, Kernel, Kernel];
  const [total, fill] = [machine.kernel("total"), machine.kernel("fill")];

  /** The sum of all parts, in f64. */
  function sumOf(kernel: Kernel, x: number, n: number, mean: number, work: number): number {
    const division = divisionOf(n, 1, 8);
    machine.call(kernel, [x, n, scratch, mean], n, division, work);
    return total(scratch, Math.ceil(n / division.part));
  }

  const mapped =
    (kernel: Kernel, last: (sum: number) => number): Whole =>
    (x, n, out, divisor, work) =>
      fill(out, last(sumOf(kernel, x, n, 0, work) / divisor), 1);
  const spread =
    (last: (variance: number) => number): Whole =>
    (x, n, out, divisor, work) => {
      const mean = sumOf(sum, x, n, 0, work / 2) / n;
      fill(out, last(sumOf(squares, x, n, mean, work / 2) / divisor), 1);
    };
  const extreme =
    (kernel: Kernel): Whole =>
    (x, n, out, _, work) => {
      const division = divisionOf(n, 2, 4);
      machine.call(kernel, [x, 1, n, scratch], n, division, work);
      kernel(scratch, 1, Math.ceil(n / division.part), out);
    };
  const same = (value: number) => value;
  return {
    sum: mapped(sum, same),
    size: mapped(size, same),
    norm: mapped(squares, Math.sqrt),
    variance: spread(same),
    deviation: spread(Math.sqrt),
    max: extreme(machine.kernel("maxRows")),
    min: extreme(machine.kernel("minRows")),
  };
}

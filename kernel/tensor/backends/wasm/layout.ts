/** Copies between layouts in the arena, as kernels want their operands side by side. */
import { isContiguous, sizeOf } from "../../shape.ts";
import type { View } from "../../view.ts";
import { mergeDimensions } from "../reference/rows.ts";
import { at, fresh, storageOf } from "./floats.ts";
import type { Kernel, Machine } from "./machine.ts";
import type { Division } from "./threads/division.ts";

/** A dimension of both sides of a copy, strides in bytes. */
interface Side {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** An element takes 0.2, of which other threads save the less the more of it is fetching what one has. */
const NANOSECONDS = 0.06;
/** Rows that the kernel turns at once. */
const BAND = 16;

export class Layout {
  readonly #machine: Machine;
  readonly #copy: Kernel;

  constructor(machine: Machine) {
    this.#machine = machine;
    this.#copy = machine.kernel("restride");
  }

  /** The elements of `x`, of four bytes each, in row-major order: its own where they lie so. */
  dense(x: View): View {
    return isContiguous(x) ? x : this.copied(x);
  }

  /** As `dense`, in a storage of their own. */
  copied(x: View): View {
    const out = fresh(x.storage.dtype, x.shape);
    this.#machine.arena.hold(storageOf(x), storageOf(out));
    this.move(x, out);
    return out;
  }

  /** Copies `source` to `target`, of one shape and of four bytes an element; both are held. */
  move(source: View, target: View): void {
    if (sizeOf(source.shape) === 0) return;
    const sides = this.#sidesOf(source, target);
    const inner = sides.pop() ?? { size: 1, from: 4, to: 4 };
    // Where columns of the source lie side by side, they are the rows: the kernel turns those.
    const turned = inner.from === 4 ? -1 : sides.findIndex((side) => side.from === 4);
    const [rows = { size: 1, from: 0, to: 0 }] = sides.splice(turned, 1);
    const [start, end] = [at(source), at(target)];
    const calls = sides.reduce((product, { size }) => product * size, 1);
    const work = NANOSECONDS * rows.size * inner.size;
    const isShared = this.#machine.isShared(work);
    for (let call = 0; call < calls; call++) {
      let [from, to, rest] = [start, end, call];
      for (let dim = sides.length - 1; dim >= 0; dim--) {
        const side = sides[dim]!; // dim is below the length
        const place = rest % side.size;
        rest = (rest - place) / side.size;
        from += place * side.from;
        to += place * side.to;
      }
      if (isShared) {
        const values = [from, rows.from, inner.from, to, rows.to, inner.to, rows.size, inner.size];
        const items = rows.size === 1 ? inner.size : rows.size;
        this.#machine.share(this.#copy, values, items, divisionOf(rows, inner), work);
      } else this.#copy(from, rows.from, inner.from, to, rows.to, inner.to, rows.size, inner.size);
    }
  }

  #sidesOf(source: View, target: View): Side[] {
    const { sizes, strides } = mergeDimensions(source.shape, [source, target]);
    const [from = [], to = []] = strides;
    return sizes.map((size, dim) => ({
      size,
      from: 4 * (from[dim] ?? 0),
      to: 4 * (to[dim] ?? 0),
    }));
  }
}

/** By rows, or a single row by elements. */
function divisionOf(rows: Side, inner: Side): Division {
  const [by, size, grain] = rows.size === 1 ? [inner, 7, 64] : [rows, 6, BAND];
  return { steps: [by.from, 0, 0, by.to], size, grain, isInPlace: true };
}

/**
 * Zeros in which values stand at some places, as the slope of a slice is: until somebody looks they are
 * the values and the places alone. Where all parts of a tensor were sliced off, as queries, keys and values
 * are, their slopes are written side by side once, and no zeros are added to them.
 */
import { hold, letGo } from "../../autograd/lifetimes.ts";
import { cutOf, fullView, isContiguous, sameShape, sizeOf } from "../../shape.ts";
import type { Cut, Shape, View } from "../../view.ts";
import type { Backend } from "../../backend.ts";
import { reference } from "../reference.ts";
import { HeapStorage, type Unmade } from "../storage.ts";
import { isFloats, storageOf } from "./floats.ts";
import type { Layout } from "./layout.ts";
import type { Machine } from "./machine.ts";

/** Elements below which the whole costs no more than knowing its parts. */
const WORTH_IT = 1024;
/** More parts than this take longer to compare than to write. */
const MOST = 128;

interface Part {
  readonly values: View;
  readonly cuts: readonly Cut[];
}

class Placed implements Unmade {
  readonly borrows = true;
  readonly shape: Shape;
  /** No two of them have a place in common. */
  readonly parts: readonly Part[];
  readonly #write: (placed: Placed, storage: HeapStorage) => void;

  constructor(
    shape: Shape,
    parts: readonly Part[],
    write: (placed: Placed, storage: HeapStorage) => void,
  ) {
    this.shape = shape;
    this.parts = parts;
    this.#write = write;
    for (const { values } of parts) hold(values.storage);
  }

  make(storage: HeapStorage): void {
    this.#write(this, storage);
  }

  release(): void {
    for (const { values } of this.parts) letGo(values.storage);
  }
}

/** The parts of `x`, where they are all that is known of it. */
function placedIn(x: View): Placed | null {
  const { storage } = x;
  if (!(storage instanceof HeapStorage) || !(storage.unmade instanceof Placed)) return null;
  return sameShape(storage.unmade.shape, x.shape) && isContiguous(x) ? storage.unmade : null;
}

/** Whether two parts have no place in common, as far as one dimension tells. */
function areApart(a: readonly Cut[], b: readonly Cut[]): boolean {
  return a.some((one, dim) => {
    const other = b[dim];
    if (other === undefined || one.step !== 1 || other.step !== 1) return false;
    return one.start + one.size <= other.start || other.start + other.size <= one.start;
  });
}

export interface Placing extends Pick<Backend, "place"> {
  /** `a + b`, where both are parts without a place in common; null elsewhere. */
  add(a: View, b: View): View | null;
}

export function placing(machine: Machine, layout: Layout): Placing {
  const { arena } = machine;
  const fill = machine.kernel("fill");

  function write({ shape, parts }: Placed, storage: HeapStorage): void {
    const whole = fullView(storage, shape);
    const written = parts.reduce((sum, { values }) => sum + sizeOf(values.shape), 0);
    arena.hold(storage);
    if (written < storage.length) fill(storage.address, 0, storage.length);
    for (const { values, cuts } of parts) {
      arena.hold(storageOf(values), storage);
      layout.move(values, cutOf(whole, cuts));
      arena.wrote(storage);
    }
  }

  function placed(shape: Shape, parts: readonly Part[]): View {
    const storage = new HeapStorage("f32", sizeOf(shape), null);
    storage.unmade = new Placed(shape, parts, write);
    return fullView(storage, shape);
  }

  return {
    place(x, cuts, shape) {
      const isLarge = sizeOf(shape) >= WORTH_IT && sizeOf(x.shape) > 0;
      if (!isFloats(x) || !isLarge) return reference.place(x, cuts, shape);
      const whole = placed(shape, [{ values: x, cuts }]);
      // What others see, they may change before somebody looks.
      if (!x.storage.isPrivate) storageOf(whole);
      return whole;
    },

    add(a, b) {
      const [left, right] = [placedIn(a), placedIn(b)];
      if (left === null || right === null) return null;
      const parts = [...left.parts, ...right.parts];
      const isApart =
        parts.length <= MOST &&
        left.parts.every((one) => right.parts.every((other) => areApart(one.cuts, other.cuts)));
      return isApart ? placed(left.shape, parts) : null;
    },
  };
}

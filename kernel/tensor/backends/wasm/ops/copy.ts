/** Copies, writes and conversions to f32. Other conversions the heap makes. */
import type { Backend } from "../../../backend.ts";
import { broadcastView, isContiguous, sizeOf } from "../../../shape.ts";
import { reference } from "../../reference.ts";
import { HeapStorage } from "../../storage.ts";
import { at, fresh, isFloats, isForKernels, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Machine } from "../machine.ts";
import type { Division } from "../threads/division.ts";

/** As in `layout.ts`. */
const NANOSECONDS = 0.06;
const grain = 64;
const ofInts: Division = { steps: [4, 4], size: 2, grain };
const ofBytes: Division = { steps: [1, 4], size: 2, grain };

/**
 * Elements from which values go to the arena at once: they are mostly computed with, and another copy on
 * the heap costs the first touch of as much memory again.
 */
const LARGE = 2 ** 16;

export function copying(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "store" | "copy" | "assign"> {
  const { arena } = machine;
  const [fromBytes, fromInts] = [machine.kernel("fromBytes"), machine.kernel("fromInts")];

  return {
    store(values, dtype) {
      const isLarge = values.length >= LARGE && 2 * values.byteLength <= arena.room;
      if (!(values instanceof Float32Array) || !isLarge) return reference.store(values, dtype);
      const storage = new HeapStorage("f32", values.length, null);
      return arena.bear(storage, values) ? storage : reference.store(values, dtype);
    },

    copy(x, dtype) {
      const from = x.storage.dtype;
      if (dtype === "f32" && from === "f32" && !isForKernels(x)) return reference.copy(x, dtype);
      if (from === dtype && (dtype === "f32" || dtype === "i32")) return layout.copied(x);
      if (dtype !== "f32" || from === "f64" || !isContiguous(x)) return reference.copy(x, dtype);
      const out = fresh("f32", x.shape);
      arena.hold(storageOf(x), storageOf(out));
      const n = sizeOf(x.shape);
      const [kernel, start, division] =
        from === "i32"
          ? [fromInts, at(x), ofInts]
          : [fromBytes, storageOf(x).address + x.offset, ofBytes];
      machine.call(kernel, [start, at(out), n], n, division, NANOSECONDS * n);
      return out;
    },

    assign(target, source) {
      if (!isForKernels(target) || !isFloats(source)) {
        reference.assign(target, source);
        return;
      }
      target.storage.version++;
      const stretched = broadcastView(source, target.shape);
      // An overlap reads old values throughout.
      const from = source.storage === target.storage ? layout.copied(stretched) : stretched;
      arena.hold(storageOf(from), storageOf(target));
      layout.move(from, target);
      arena.wrote(storageOf(target));
    },
  };
}

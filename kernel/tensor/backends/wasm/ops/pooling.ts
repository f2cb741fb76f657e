/** Pools, plane by plane. What is not f32 the heap computes. */
import type { Backend, Span } from "../../../backend.ts";
import { sizeAt, sizeOf } from "../../../shape.ts";
import type { Shape, View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { HeapStorage } from "../../storage.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Kernel, Machine } from "../machine.ts";
import { SCRATCH } from "../memory.ts";

/** An element under a window takes about as long, and one of a plane on the way back. */
const NANOSECONDS = 0.9;

export function pooling(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "maxPool" | "maxSpread" | "averagePool" | "averageSpread"> {
  const { arena, scratch } = machine;
  const [maxPool, maxSpread] = [machine.kernel("maxPool"), machine.kernel("maxSpread")];
  const [averagePool, averageSpread] = ["averagePool", "averageSpread"].map((name) =>
    machine.kernel(name),
  ) as [Kernel, Kernel];

  /** Runs a kernel of means between `x` and `out`, of which `plane` is the larger side. */
  function average(
    kernel: Kernel,
    x: View,
    out: View,
    plane: Shape,
    rows: readonly Span[],
    columns: readonly Span[],
  ): View {
    const [height, width] = [sizeAt(plane, 0), sizeAt(plane, 1)];
    const numbers = [...rows, ...columns].flatMap(({ start, end, count }) => [start, end, count]);
    const spans = new HeapStorage("i32", numbers.length, Int32Array.from(numbers));
    arena.hold(storageOf(x), storageOf(out), spans);
    const [first, second] = [spans.address, spans.address + 12 * rows.length];
    const end = second + 12 * columns.length;
    const planes = sizeOf(out.shape.slice(0, -2));
    const [from, to] = [x, out].map(({ shape }) => 4 * sizeOf(shape.slice(-2)));
    machine.call(
      kernel,
      [at(x), at(out), planes, height, width, first, second, end, scratch],
      planes,
      { steps: [from ?? 0, to ?? 0], size: 2, rooms: { 8: SCRATCH } },
      NANOSECONDS * planes * height * width,
    );
    spans.release();
    return out;
  }

  /** Whether there is something to do, and room for a line of it. */
  const isFit = (x: View, out: View, width: number) =>
    isFloats(x) && sizeOf(x.shape) > 0 && sizeOf(out.shape) > 0 && 8 * width <= SCRATCH;

  return {
    maxPool(given, window, count) {
      const shape = [...given.shape.slice(0, -2), ...count];
      if (!isFloats(given) || sizeOf(given.shape) === 0 || sizeOf(shape) === 0)
        return reference.maxPool(given, window, count);
      const x = layout.dense(given);
      const [values, index] = [fresh("f32", shape), fresh("i32", shape)];
      arena.hold(storageOf(x), storageOf(values), storageOf(index));
      const planes = sizeOf(shape.slice(0, -2));
      const { kernel, stride, dilation, before } = window;
      const sizes = [...x.shape.slice(-2), ...before, ...kernel, ...stride, ...dilation, ...count];
      const [plane, found] = [sizeOf(x.shape.slice(-2)), sizeOf(count)];
      machine.call(
        maxPool,
        [at(x), at(values), at(index), planes, ...sizes],
        planes,
        { steps: [4 * plane, 4 * found, 4 * found], size: 3 },
        NANOSECONDS * planes * found * sizeOf(kernel),
      );
      return { values, index };
    },

    maxSpread(givenG, givenIndex, size) {
      if (!isFloats(givenG)) return reference.maxSpread(givenG, givenIndex, size);
      const [g, index] = [layout.dense(givenG), layout.dense(givenIndex)];
      const out = fresh("f32", [...g.shape.slice(0, -2), ...size]);
      arena.hold(storageOf(g), storageOf(index), storageOf(out));
      const planes = sizeOf(g.shape.slice(0, -2));
      const [count, plane] = [sizeOf(g.shape.slice(-2)), sizeOf(size)];
      machine.call(
        maxSpread,
        [at(g), at(index), at(out), planes, count, plane],
        planes,
        { steps: [4 * count, 4 * count, 4 * plane], size: 3 },
        NANOSECONDS * planes * (plane + count),
      );
      return out;
    },

    averagePool(x, rows, columns) {
      const out = fresh("f32", [...x.shape.slice(0, -2), rows.length, columns.length]);
      const plane = x.shape.slice(-2);
      if (!isFit(x, out, sizeAt(plane, 1))) return reference.averagePool(x, rows, columns);
      return average(averagePool, layout.dense(x), out, plane, rows, columns);
    },

    averageSpread(g, rows, columns, size) {
      const out = fresh("f32", [...g.shape.slice(0, -2), ...size]);
      if (!isFit(g, out, sizeAt(size, 1))) return reference.averageSpread(g, rows, columns, size);
      return average(averageSpread, layout.dense(g), out, size, rows, columns);
    },
  };
}

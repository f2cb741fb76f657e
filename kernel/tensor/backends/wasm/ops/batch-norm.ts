/**
 * Batch normalisation. The kernels go from plane to plane; where a channel has but a few elements in each
 * image, those of all images are brought side by side first. What is not f32 the heap computes.
 */
import type { Backend } from "../../../backend.ts";
import { fullView, sizeAt, sizeOf } from "../../../shape.ts";
import type { Shape, View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, fresh, isFloats, storageOf } from "../floats.ts";
import type { Layout } from "../layout.ts";
import type { Machine } from "../machine.ts";
import type { Division } from "../threads/division.ts";

/** An element takes about as long, there and back. */
const NANOSECONDS = 0.8;

/** Fewer elements of a plane than this are not worth a walk of their own. */
const SMALL = 16;

/** How many images, channels, and elements of a channel in one image. */
type Sizes = readonly [images: number, channels: number, plane: number];

function sizesOf(shape: Shape): Sizes {
  return [sizeAt(shape, 0), sizeAt(shape, 1), sizeOf(shape.slice(2))];
}

export function batchNorms(
  machine: Machine,
  layout: Layout,
): Pick<Backend, "batchNorm" | "batchNormSlopes"> {
  const { arena } = machine;
  const forward = machine.kernel("batchNorm");
  const backward = machine.kernel("batchNormSlopes");

  const isTurned = ([images, , plane]: Sizes) => plane < SMALL && images > 1;

  /** `[images, channels, plane]`, dense, with the first two in the other order. */
  function turned(x: View, [images, channels, plane]: Sizes): View {
    return layout.copied({
      ...x,
      shape: [channels, images, plane],
      strides: [plane, channels * plane, 1],
    });
  }

  /** `x` as the kernels read it. */
  function planesOf(x: View, sizes: Sizes): View {
    const dense = layout.dense(x);
    return isTurned(sizes) ? turned(dense, sizes) : dense;
  }

  /** What the kernels wrote in the order of `planesOf`, in the order of `shape`. */
  function inOrder(out: View, shape: Shape, [images, channels, plane]: Sizes): View {
    if (!isTurned([images, channels, plane])) return fullView(out.storage, shape);
    const { storage } = turned(out, [channels, images, plane]);
    storageOf(out).release();
    return fullView(storage, shape);
  }

  /** How many channels and how they lie, as both kernels are told. */
  function layOf(sizes: Sizes): readonly number[] {
    const [images, channels, plane] = sizes;
    return isTurned(sizes)
      ? [channels, images * plane, 1, 0]
      : [channels, plane, images, 4 * channels * plane];
  }

  return {
    batchNorm(given, weight, bias, eps) {
      if (!isFloats(given) || sizeOf(given.shape) === 0)
        return reference.batchNorm(given, weight, bias, eps);
      const sizes = sizesOf(given.shape);
      const x = planesOf(given, sizes);
      const [scale, shift] = [layout.dense(weight), layout.dense(bias)];
      const [out, moments] = [fresh("f32", x.shape), fresh("f32", [4, sizes[1]])];
      const all = [x, scale, shift, out, moments];
      arena.holdEach(all.map(storageOf));
      const lay = layOf(sizes);
      const channel = 4 * (lay[1] ?? 0);
      const division: Division = { steps: [channel, 4, 4, channel, 4], size: 6 };
      const values = [...all.map(at), 4 * sizes[1], ...lay, eps];
      machine.call(forward, values, sizes[1], division, NANOSECONDS * sizeOf(x.shape));
      if (x.storage !== given.storage) storageOf(x).release();
      return { values: inOrder(out, given.shape, sizes), moments };
    },

    batchNormSlopes(slope, given, weight, moments) {
      if (!isFloats(given) || sizeOf(given.shape) === 0)
        return reference.batchNormSlopes(slope, given, weight, moments);
      const sizes = sizesOf(given.shape);
      const [g, x] = [planesOf(slope, sizes), planesOf(given, sizes)];
      const scale = layout.dense(weight);
      const out = fresh("f32", x.shape);
      const [dw, db] = [fresh("f32", weight.shape), fresh("f32", weight.shape)];
      const all = [g, x, scale, moments, out, dw, db];
      arena.holdEach(all.map(storageOf));
      const [from, to] = [all.slice(0, 4), all.slice(4)];
      const lay = layOf(sizes);
      const channel = 4 * (lay[1] ?? 0);
      const steps = [channel, channel, 4, 4, 0, channel, 4, 4];
      const values = [...from.map(at), 4 * sizes[1], ...to.map(at), ...lay];
      machine.call(backward, values, sizes[1], { steps, size: 8 }, NANOSECONDS * sizeOf(x.shape));
      if (x.storage !== given.storage) storageOf(x).release();
      if (g.storage !== slope.storage) storageOf(g).release();
      return { x: inOrder(out, given.shape, sizes), weight: dw, bias: db };
    },
  };
}

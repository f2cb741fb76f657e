/** Nodes that lay another shape over the values, pick some of them or put tensors together. */
import {
  arange,
  cat,
  F,
  full,
  type Index,
  type Tensor,
  tensor,
  where,
  zeros,
} from "../../../../kernel/tensor/index.ts";
import { dtypeOf, NotMapped } from "../model.ts";
import { type Call, type NodeRules, wholeNumbers } from "./node.ts";

function reshape(call: Call): Tensor {
  const wanted = call.numbers("shape", 1) ?? [];
  const zero = call.number("allowzero", 0) === 1;
  return call.x.reshape(wanted.map((n, i) => (n === 0 && !zero ? (call.x.shape[i] ?? 0) : n)));
}

function flatten(call: Call): Tensor {
  const { x } = call;
  const axis = call.number("axis", 1);
  const before = x.shape.slice(0, axis < 0 ? axis + x.ndim : axis);
  const rows = before.reduce((a, b) => a * b, 1);
  return x.reshape([rows, x.numel() / rows]);
}

function squeeze(call: Call): Tensor {
  const axes = call.numbers("axes", 1);
  if (axes === null) return call.x.squeeze();
  const dropped = axes.map((axis) => (axis < 0 ? axis + call.x.ndim : axis));
  return call.x.reshape(call.x.shape.filter((_, dim) => !dropped.includes(dim)));
}

function unsqueeze(call: Call): Tensor {
  const axes = call.numbers("axes", 1) ?? [];
  const rank = call.x.ndim + axes.length;
  const places = axes.map((axis) => (axis < 0 ? axis + rank : axis)).toSorted((a, b) => a - b);
  return places.reduce((made, axis) => made.unsqueeze(axis), call.x);
}

function slice(call: Call): Tensor {
  const starts = call.numbers("starts", 1) ?? [];
  const ends = call.numbers("ends", 2) ?? [];
  const axes = call.numbers("axes", 3) ?? starts.map((_, i) => i);
  const steps = call.numbers("steps", 4) ?? starts.map(() => 1);
  const ranges: Index[] = call.x.shape.map(() => null);
  axes.forEach((axis, i) => {
    const at = axis < 0 ? axis + call.x.ndim : axis;
    const size = call.x.shape[at] ?? 0;
    // An end far before the first element is written as a number too large for any tensor.
    const end = ends[i] ?? size;
    ranges[at] = [starts[i] ?? 0, end < -size ? null : end, steps[i] ?? 1];
  });
  return call.x.at(...ranges);
}

function split(call: Call): readonly Tensor[] {
  const axis = call.number("axis", 0);
  const sizes = call.numbers("split", 1);
  return sizes === null ? call.x.chunk(call.count, axis) : call.x.split(sizes, axis);
}

/** Indices may count from behind. */
function positive(index: Tensor, size: number): Tensor {
  return where(index.lt(0), index.add(size), index);
}

function gather(call: Call): Tensor {
  const { x } = call;
  const axis = call.number("axis", 0);
  const index = call.input(1);
  return x.at(...x.shape.slice(0, axis < 0 ? axis + x.ndim : axis).map(() => null), index);
}

function gatherElements(call: Call): Tensor {
  const axis = call.number("axis", 0);
  return call.x.gather(axis, positive(call.input(1), call.x.shape.at(axis) ?? 0));
}

function scatterElements(call: Call): Tensor {
  const axis = call.number("axis", 0);
  const index = positive(call.input(1), call.x.shape.at(axis) ?? 0);
  const how = call.text("reduction", "none");
  if (how === "add") return call.x.scatterAdd(axis, index, call.input(2));
  if (how !== "none") throw new NotMapped(`scatter with ${how}`);
  return call.x.scatter(axis, index, call.input(2));
}

/** The last dimension of the index names places: one index tensor for each of its entries. */
function places(index: Tensor): Tensor[] {
  return index.unbind(-1);
}

function gatherND(call: Call): Tensor {
  if (call.number("batch_dims", 0) === 0) return call.x.at(...places(call.input(1)));
  const rows = call.x.unbind(0).map((row, i) => row.at(...places(call.input(1).at(i))));
  return rows.length === 0 ? call.x : cat(rows.map((row) => row.unsqueeze(0)));
}

function scatterND(call: Call): Tensor {
  if (call.text("reduction", "none") !== "none") throw new NotMapped("ScatterND with a reduction");
  return call.x.clone().set(places(call.input(1)), call.input(2));
}

function pad(call: Call): Tensor {
  const pads = call.numbers("pads", 1) ?? [];
  const rank = pads.length / 2;
  const mode = call.text("mode", "constant");
  const ends = Array.from({ length: rank }, (_, i) => {
    const dim = rank - 1 - i;
    return [pads[dim] ?? 0, pads[dim + rank] ?? 0];
  }).flat();
  const value = call.optional(2)?.item() ?? call.number("value", 0);
  if (mode === "constant") return F.pad(call.x, ends, { value });
  // The other modes pad images: leading dimensions that stay as they are fall away.
  while (ends.length > 2 && ends.at(-1) === 0 && ends.at(-2) === 0) ends.splice(-2);
  return F.pad(call.x, ends, { mode: mode === "edge" ? "replicate" : "reflect" });
}

function oneHot(call: Call): Tensor {
  const depth = call.input(1).item();
  const [off = 0, on = 1] = wholeNumbers(call.input(2));
  const axis = call.number("axis", -1);
  const index = positive(call.x.to("i32"), depth);
  const hot = F.oneHot(index, depth)
    .mul(on - off)
    .add(off);
  return hot.movedim(-1, axis < 0 ? axis + hot.ndim : axis).to(call.input(2).dtype);
}

function unique(call: Call): readonly Tensor[] {
  if (call.number("sorted", 1) === 0) throw new NotMapped("Unique unsorted");
  const dim = call.has("axis") ? { dim: call.number("axis", 0) } : {};
  const found = call.x.unique({ ...dim, returnInverse: true, returnCounts: true });
  if (!("values" in found)) throw new Error("internal: asked for counts");
  const { values, inverse, counts } = found;
  // Where each first occurs.
  const first =
    counts.data.length === 0 ? [] : Array.from(counts.data, (_, i) => inverse.data.indexOf(i));
  return [values, tensor(Int32Array.from(first)), inverse.reshape([-1]), counts];
}

function compress(call: Call): Tensor {
  const flat = call.has("axis") ? call.x : call.x.reshape([-1]);
  const axis = call.number("axis", 0);
  const at = axis < 0 ? axis + flat.ndim : axis;
  const mask = call.input(1);
  const size = flat.shape[at] ?? 0;
  const whole = cat([mask, zeros([size - mask.numel()], { dtype: "bool" })]);
  return flat.at(...flat.shape.slice(0, at).map(() => null), whole);
}

/** Blocks of pixels and channels change places: `[n, c, h, w]`. */
function depthToSpace(call: Call): Tensor {
  const [n = 0, c = 0, h = 0, w = 0] = call.x.shape;
  const b = call.number("blocksize", 1);
  const deep = c / (b * b);
  const parts =
    call.text("mode", "DCR") === "DCR"
      ? call.x.reshape(n, b, b, deep, h, w).permute(0, 3, 4, 1, 5, 2)
      : call.x.reshape(n, deep, b, b, h, w).permute(0, 1, 4, 2, 5, 3);
  return parts.reshape(n, deep, h * b, w * b);
}

function spaceToDepth(call: Call): Tensor {
  const [n = 0, c = 0, h = 0, w = 0] = call.x.shape;
  const b = call.number("blocksize", 1);
  const parts = call.x.reshape(n, c, h / b, b, w / b, b).permute(0, 3, 5, 1, 2, 4);
  return parts.reshape(n, c * b * b, h / b, w / b);
}

function shapeOf(call: Call): Tensor {
  const rank = call.x.ndim;
  const start = call.number("start", 0);
  return tensor(Int32Array.from(call.x.shape.slice(start, call.number("end", rank))));
}

function constantOfShape(call: Call): Tensor {
  const value = call.tensor("value");
  return full(wholeNumbers(call.x), value?.item() ?? 0, { dtype: value?.dtype ?? "f32" });
}

function eyeLike(call: Call): Tensor {
  const [rows = 0, columns = 0] = call.x.shape;
  const dtype = call.has("dtype") ? dtypeOf(call.number("dtype", 1)) : call.x.dtype;
  const gap = arange(columns).sub(arange(rows).unsqueeze(1));
  return gap.eq(call.number("k", 0)).to(dtype);
}

function trilu(call: Call): Tensor {
  const k = call.optional(1)?.item() ?? 0;
  return call.number("upper", 1) === 1 ? call.x.triu(k) : call.x.tril(k);
}

export const shapes: NodeRules = {
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: (call) =>
    call.x.permute(call.list("perm") ?? call.x.shape.map((_, i) => call.x.ndim - 1 - i)),
  Expand: (call) => call.x.mul(full(wholeNumbers(call.input(1)), 1, { dtype: call.x.dtype })),
  Concat: (call) => cat(call.inputs(), call.number("axis", 1)),
  Split: split,
  Slice: slice,
  Gather: gather,
  GatherElements: gatherElements,
  GatherND: gatherND,
  Scatter: scatterElements,
  ScatterElements: scatterElements,
  ScatterND: scatterND,
  Pad: pad,
  Tile: (call) => call.x.tile(wholeNumbers(call.input(1))),
  Trilu: trilu,
  OneHot: oneHot,
  Unique: unique,
  NonZero: ({ x }) => x.nonzero().T,
  Compress: compress,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  Shape: shapeOf,
  Size: ({ x }) => tensor(x.numel(), { dtype: "i32" }),
  Constant: (call) => {
    const value = call.tensor("value");
    if (value !== null) return value;
    if (call.has("value_float")) return tensor(call.number("value_float", 0));
    if (call.has("value_int")) return tensor(call.number("value_int", 0), { dtype: "i32" });
    const ints = call.list("value_ints");
    if (ints === null) throw new NotMapped("a constant of another kind");
    return tensor(Int32Array.from(ints));
  },
  ConstantOfShape: constantOfShape,
  EyeLike: eyeLike,
  Range: (call) =>
    arange(call.x.item(), call.input(1).item(), call.input(2).item(), { dtype: call.x.dtype }),
};

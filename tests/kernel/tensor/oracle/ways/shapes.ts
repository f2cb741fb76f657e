/** Ops that lay another shape over the values, put tensors together or take them apart. */
import {
  arange,
  cat,
  eye,
  F,
  hstack,
  linspace,
  logspace,
  meshgrid,
  type Shape,
  stack,
  type Tensor,
  vstack,
} from "../../../../../kernel/tensor/index.ts";
import type { Along, One, Ways } from "./way.ts";

interface Shaped extends One {
  readonly shape: Shape;
}

interface Sized extends One {
  readonly sizes: Shape;
}

interface Joined {
  readonly tensors: readonly Tensor[];
  readonly dim?: number;
}

interface Steps {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

type Dims = number | readonly number[];

export const shapes: Ways = {
  reshape: [
    ({ x, shape }: Shaped) => x.reshape(shape),
    ({ x, shape }: Shaped) => x.reshape(...shape),
  ],
  view: [({ x, shape }: Shaped) => x.view(shape), ({ x, shape }: Shaped) => x.view(...shape)],
  flatten: ({ x, start, end }: One & { start?: number; end?: number }) => x.flatten(start, end),
  unflatten: ({ x, dim, sizes }: Along & Sized) => x.unflatten(dim, sizes),
  permute: [
    ({ x, order }: One & { order: Shape }) => x.permute(order),
    ({ x, order }: One & { order: Shape }) => x.permute(...order),
  ],
  transpose: ({ x, a, b }: One & { a: number; b: number }) => x.transpose(a, b),
  T: ({ x }: One) => x.T,
  squeeze: ({ x, dim }: One & { dim?: number }) => x.squeeze(dim),
  unsqueeze: ({ x, dim }: Along) => x.unsqueeze(dim),
  expand: ({ x, shape }: Shaped) => x.expand(shape),
  broadcastTo: ({ x, shape }: Shaped) => x.broadcastTo(shape),
  narrow: ({ x, dim, start, length }: Along & { start: number; length: number }) =>
    x.narrow(dim, start, length),
  movedim: ({ x, source, destination }: One & { source: Dims; destination: Dims }) =>
    x.movedim(source, destination),
  contiguous: ({ x }: One) => x.contiguous(),
  clone: ({ x }: One) => x.clone(),
  flip: ({ x, dims }: One & { dims: Shape }) => x.flip(dims),
  roll: ({ x, shifts, dims }: One & { shifts: Dims; dims?: Dims }) => x.roll(shifts, dims),
  tile: ({ x, sizes }: Sized) => x.tile(sizes),
  repeat: ({ x, sizes }: Sized) => x.repeat(sizes),
  repeatInterleave: ({ x, repeats, dim }: One & { repeats: number | Tensor; dim?: number }) =>
    x.repeatInterleave(repeats, dim),
  split: ({ x, sizes, dim }: One & { sizes: Dims; dim?: number }) => x.split(sizes, dim),
  chunk: ({ x, chunks, dim }: One & { chunks: number; dim?: number }) => x.chunk(chunks, dim),
  unbind: ({ x, dim }: One & { dim?: number }) => x.unbind(dim),
  diagonal: ({ x, offset, dim1, dim2 }: One & { offset?: number; dim1?: number; dim2?: number }) =>
    x.diagonal(offset, dim1, dim2),
  diag: ({ x, diagonal }: One & { diagonal?: number }) => x.diag(diagonal),
  tril: ({ x, diagonal }: One & { diagonal?: number }) => x.tril(diagonal),
  triu: ({ x, diagonal }: One & { diagonal?: number }) => x.triu(diagonal),
  trace: ({ x }: One) => x.trace(),
  pad: ({
    x,
    pad,
    ...options
  }: One & {
    pad: Shape;
    mode?: "constant" | "reflect" | "replicate" | "circular";
    value?: number;
  }) => F.pad(x, pad, options),
  cat: ({ tensors, dim }: Joined) => cat(tensors, dim),
  stack: ({ tensors, dim }: Joined) => stack(tensors, dim),
  hstack: ({ tensors }: Joined) => hstack(tensors),
  vstack: ({ tensors }: Joined) => vstack(tensors),
  meshgrid: ({ tensors, indexing }: Joined & { indexing: "ij" | "xy" }) =>
    meshgrid(tensors, { indexing }),
  arange: ({ start, end, step }: Steps) => arange(start, end, step, { dtype: "f64" }),
  linspace: ({ start, end, step }: Steps) => linspace(start, end, step, { dtype: "f64" }),
  logspace: ({ start, end, step, ...base }: Steps & { base?: number }) =>
    logspace(start, end, step, { dtype: "f64", ...base }),
  eye: ({ n, m }: { n: number; m: number }) => eye(n, m, { dtype: "f64" }),
};

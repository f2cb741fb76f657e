/** The workloads as data; PyTorch's process gets them as JSON. Sizes are those of the targets. */

export interface Mlp {
  readonly kind: "mlp";
  readonly name: string;
  readonly sizes: readonly number[];
  readonly batch: number;
  /** tanh goes with a squared error and SGD, relu with a cross entropy and Adam. */
  readonly activation: "tanh" | "relu";
  readonly lr: number;
}

export interface Convnet {
  readonly kind: "convnet";
  readonly name: string;
  /** Images are `[batch, 1, size, size]`, filters 3 by 3 with padding 1, pools 2 by 2. */
  readonly batch: number;
  readonly size: number;
  readonly channels: readonly [number, number];
  readonly classes: number;
  readonly lr: number;
}

export interface Transformer {
  readonly kind: "transformer";
  readonly name: string;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly context: number;
  readonly vocabulary: number;
  readonly batch: number;
  readonly lr: number;
  readonly weightDecay: number;
}

export interface Skipgram {
  readonly kind: "skipgram";
  readonly name: string;
  readonly vocabulary: number;
  readonly width: number;
  readonly batch: number;
  readonly negatives: number;
  readonly lr: number;
}

/** One op on `[rows, columns]`; gelu and layernorm with their slopes, tapedAdd recorded for them. */
export interface Op {
  readonly kind: "tapedAdd" | "gelu" | "softmax" | "layernorm" | "add" | "sum";
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/** `a b`, all `[n, n]`. */
export interface Matmul {
  readonly kind: "matmul";
  readonly name: string;
  readonly n: number;
}

/** The backend's matmul alone, without a tape; the letters say which factor is a transposed view. */
export interface Kernel {
  readonly kind: "kernel";
  readonly name: string;
  readonly n: number;
  readonly transpose: "nn" | "nt" | "tn" | "tt";
}

export type Spec = Mlp | Convnet | Transformer | Skipgram | OneOp | Matmul | Kernel;
type OneOp = { [K in Op["kind"]]: Op & { readonly kind: K } }[Op["kind"]];

const million = 1024 * 1024;

const training: readonly Spec[] = [
  {
    kind: "mlp",
    name: "mlp-tiny",
    sizes: [2, 16, 16, 1],
    batch: 64,
    activation: "tanh",
    lr: 0.05,
  },
  {
    kind: "mlp",
    name: "mlp-mnist",
    sizes: [784, 128, 64, 10],
    batch: 128,
    activation: "relu",
    lr: 0.001,
  },
  {
    kind: "mlp",
    name: "mlp-wide",
    sizes: [784, 1024, 1024, 10],
    batch: 256,
    activation: "relu",
    lr: 0.001,
  },
  {
    kind: "convnet",
    name: "convnet",
    batch: 64,
    size: 28,
    channels: [16, 32],
    classes: 10,
    lr: 0.001,
  },
  {
    kind: "transformer",
    name: "transformer",
    layers: 4,
    width: 128,
    heads: 4,
    context: 64,
    vocabulary: 65,
    batch: 16,
    lr: 0.001,
    weightDecay: 0.01,
  },
  {
    kind: "skipgram",
    name: "skipgram",
    vocabulary: 5000,
    width: 64,
    batch: 512,
    negatives: 5,
    lr: 1,
  },
];

const ops: readonly Spec[] = [
  { kind: "tapedAdd", name: "add-64", rows: 1, columns: 64 },
  { kind: "gelu", name: "gelu-1m", rows: 1024, columns: 1024 },
  { kind: "softmax", name: "softmax-4096x1024", rows: 4096, columns: 1024 },
  { kind: "layernorm", name: "layernorm-4096x1024", rows: 4096, columns: 1024 },
  { kind: "add", name: "add-4m", rows: 4, columns: million },
  { kind: "sum", name: "sum-16m", rows: 16, columns: million },
];

const matmuls: readonly Spec[] = [64, 128, 256, 512, 1024].map((n) => ({
  kind: "matmul",
  name: `matmul-${n}`,
  n,
}));

const kernels: readonly Spec[] = [256, 512, 1024].flatMap((n) =>
  (["nn", "nt", "tn", "tt"] as const).map((transpose): Spec => ({
    kind: "kernel",
    name: `matmul-kernel-${n}-${transpose}`,
    n,
    transpose,
  })),
);

export const specs: readonly Spec[] = [...training, ...ops, ...matmuls, ...kernels];

/** The figures to reach, as data: by workload and threads, how many times as fast as whom. */

export type Rival =
  /** The fastest of the browser peers, plain JavaScript included, with as many threads. */
  | "browser peers"
  /** The faster of its one and two threads. */
  | "jax-js jit, any"
  | "jax-js jit"
  | "jax-js jit, 2 threads"
  | "plain JavaScript"
  | "PyTorch"
  | "relaxed SIMD peak"
  /** Our own engine on one thread, in the same form. */
  | "one thread";

export type Claim =
  | { readonly kind: "speed"; readonly rival: Rival; readonly atLeast: number }
  /** Milliseconds of a call. */
  | { readonly kind: "time"; readonly atMost: number }
  /** The error of a sum is smaller than the browser engines'. */
  | { readonly kind: "exactness" };

/** How an op's result is parted with; `as one` where the workload has one form only. */
export type Form = "as one" | "dropped" | "using";

export interface Target {
  /** The name of a workload, or what stands before a hyphen in the names of several. */
  readonly workload: string;
  readonly threads: 1 | 2;
  /** All forms unless given. */
  readonly form?: Form;
  readonly claims: readonly Claim[];
}

const speed = (rival: Rival, atLeast: number): Claim => ({ kind: "speed", rival, atLeast });
const peers = (atLeast: number): Claim => speed("browser peers", atLeast);
const peak = (share: number): Claim => speed("relaxed SIMD peak", share);
const torch = (atLeast = 1): Claim => speed("PyTorch", atLeast);
const oneThread = (atLeast: number): Claim => speed("one thread", atLeast);

/** An op: what holds with `using`, what may be left when results are dropped, and two threads. */
const op = (
  workload: string,
  using: readonly Claim[],
  dropped: readonly Claim[],
  twoThreads: number,
): Target[] => [
  { workload, threads: 1, form: "using", claims: using },
  { workload, threads: 1, form: "dropped", claims: dropped },
  { workload, threads: 2, claims: [oneThread(twoThreads)] },
];

export const targets: readonly Target[] = [
  ...[256, 512, 1024].flatMap((n): Target[] => [
    { workload: `matmul-kernel-${n}`, threads: 1, claims: [peak(0.9)] },
    { workload: `matmul-kernel-${n}`, threads: 2, claims: [oneThread(1.8)] },
  ]),
  { workload: "matmul-64", threads: 1, claims: [peers(1.4)] },
  { workload: "matmul-512", threads: 1, claims: [peak(0.85)] },
  { workload: "matmul-1024", threads: 1, claims: [peak(0.85)] },
  { workload: "mlp-tiny", threads: 1, claims: [peers(2), torch()] },
  { workload: "mlp-tiny", threads: 2, claims: [oneThread(1)] },
  { workload: "mlp-mnist", threads: 1, claims: [speed("jax-js jit", 1.9)] },
  { workload: "mlp-mnist", threads: 2, claims: [speed("jax-js jit, any", 3)] },
  { workload: "mlp-wide", threads: 1, claims: [speed("jax-js jit", 1.9)] },
  { workload: "mlp-wide", threads: 2, claims: [speed("jax-js jit, 2 threads", 1.9)] },
  { workload: "convnet", threads: 1, claims: [peers(18), torch(1 / 1.5)] },
  { workload: "convnet", threads: 2, claims: [oneThread(1.6)] },
  { workload: "transformer", threads: 1, claims: [speed("jax-js jit", 2.5)] },
  { workload: "transformer", threads: 2, claims: [speed("jax-js jit, 2 threads", 3.8)] },
  { workload: "skipgram", threads: 1, claims: [speed("plain JavaScript", 3)] },
  { workload: "add-64", threads: 1, claims: [{ kind: "time", atMost: 0.001 }] },
  ...op("gelu-1m", [peers(5), torch()], [peers(2)], 1.7),
  ...op("layernorm", [peers(4.5), torch()], [peers(2)], 1.7),
  ...op("softmax", [peers(1.1)], [peers(0.4)], 1.6),
  ...op("add-4m", [peers(0.95)], [peers(0.4)], 1.6),
  ...op("sum-16m", [peers(2), { kind: "exactness" }], [peers(2), { kind: "exactness" }], 1.6),
];

/** The first step takes at most so many times a later one, or so many milliseconds. */
export const firstStep = { times: 3, ms: 30 };

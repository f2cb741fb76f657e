/** Who takes part: our engine's forms, and the browser peers with their threads. */
import type { Spec } from "../workloads/specs.ts";
import type { Form } from "./targets.ts";

export interface Contestant {
  readonly name: string;
  /** The worker's script with its options. */
  readonly script: string;
  readonly side: "ours" | "peer" | "peak";
  readonly threads: 1 | 2;
  /** The workloads it takes part in. */
  readonly kinds: readonly Spec["kind"][];
  /** Workloads in which it only says what is right. */
  readonly judges?: readonly Spec["kind"][];
  /** How results are parted with. */
  readonly form?: Form;
  /** Calls without a pause between them in each measurement, at least. */
  readonly calls: number;
}

const ops = ["gelu", "softmax", "layernorm", "add", "sum", "matmul"] as const;
const training = ["mlp", "convnet", "transformer", "skipgram"] as const;
const products = ["matmul", "kernel"] as const;
/** What a browser peer has: none has a tape to record, or kernels without one. */
const compared = [...training, ...ops] as const;

const ours = (
  name: string,
  form: Form,
  threads: 1 | 2,
  kinds: Contestant["kinds"],
): Contestant => ({
  name,
  form,
  threads,
  kinds,
  side: "ours",
  script: `descent.js?form=${form}&threads=${threads}`,
  // As many calls that what they leave behind does not fit: evicting it is part of the time.
  calls: form === "dropped" ? 200 : 1,
});

const peer = (name: string, script: string, threads: 1 | 2 = 1): Contestant => ({
  name,
  script: threads === 2 ? script : `${script}${script.includes("?") ? "&" : "?"}shared=no`,
  threads,
  side: "peer",
  kinds: compared,
  calls: 1,
});

const peak = (name: string, form: string): Contestant => ({
  name,
  script: `peak.js?form=${form}`,
  threads: 1,
  side: "peak",
  kinds: products,
  calls: 1,
});

export const contestants: readonly Contestant[] = [
  ...([1, 2] as const).flatMap((threads) => {
    const suffix = threads === 2 ? ", 2 threads" : "";
    return [
      ours(`descent${suffix}`, "as one", threads, [...training, "tapedAdd", "kernel"]),
      ours(`descent, dropped${suffix}`, "dropped", threads, ops),
      ours(`descent, using${suffix}`, "using", threads, ops),
    ];
  }),
  peer("jax-js jit", "jax.js?form=jit"),
  peer("jax-js eager", "jax.js?form=eager"),
  peer("jax-js jit, 2 threads", "jax.js?form=jit", 2),
  peer("tfjs wasm", "tfjs.js"),
  { ...peer("plain JavaScript", "plain.js"), judges: ["tapedAdd", "kernel"] },
  peak("relaxed SIMD peak", "relaxed"),
  peak("SIMD peak", "plain"),
];

/** jax-js on its wasm backend, compiled (`form=jit`) or op by op. */
import "./hide-shared-memory.ts";
import { defaultDevice, init } from "@jax-js/jax";
import { convnetWith } from "../workloads/convnet/jax.ts";
import { matmulWith } from "../workloads/matmul/jax.ts";
import { mlpWith } from "../workloads/mlp/jax.ts";
import { opsWith } from "../workloads/ops/jax.ts";
import { skipgramWith } from "../workloads/skipgram/jax.ts";
import { transformerWith } from "../workloads/transformer/jax.ts";
import { options } from "./options.ts";
import { type Engine, serve } from "./serve.ts";

async function start(): Promise<Engine> {
  await init("wasm");
  defaultDevice("wasm");
  const running = { compiled: options.get("form") === "jit" };
  return {
    device: "wasm",
    makers: {
      mlp: mlpWith(running),
      convnet: convnetWith(running),
      transformer: transformerWith(running),
      skipgram: skipgramWith(running),
      ...opsWith(running),
      matmul: matmulWith(running),
      kernel: "no kernels below its arrays",
    },
  };
}

serve(start());

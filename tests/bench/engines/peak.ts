/** The register peak, relaxed SIMD (`form=relaxed`) or plain: the ceiling of any kernel here. */
import { peak } from "../workloads/matmul/peak.ts";
import { options } from "./options.ts";
import { type Engine, serve } from "./serve.ts";

const none = "only multiplies and adds";

async function start(): Promise<Engine> {
  const variant = options.get("form") === "relaxed" ? "relaxed" : "plain";
  const product = await peak(variant);
  return {
    device: `${variant} SIMD`,
    makers: {
      mlp: none,
      convnet: none,
      transformer: none,
      skipgram: none,
      tapedAdd: none,
      gelu: none,
      softmax: none,
      layernorm: none,
      add: none,
      sum: none,
      matmul: ({ n }) => product(n),
      kernel: ({ n }) => product(n),
    },
  };
}

serve(start());

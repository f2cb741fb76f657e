/** Our engine, as "descent" gives it to cells. */
import "./hide-shared-memory.ts";
import { backend } from "../../../kernel/tensor/backends/current.ts";
import { convnet } from "../workloads/convnet/descent.ts";
import { dispose, drop } from "../workloads/descent.ts";
import { kernel, matmulWith } from "../workloads/matmul/descent.ts";
import { mlp } from "../workloads/mlp/descent.ts";
import { opsWith } from "../workloads/ops/descent.ts";
import { skipgram } from "../workloads/skipgram/descent.ts";
import { transformer } from "../workloads/transformer/descent.ts";
import { options } from "./options.ts";
import { type Engine, serve } from "./serve.ts";

async function start(): Promise<Engine> {
  if (options.get("threads") === "2") throw new Error("the engine has one thread");
  const part = options.get("form") === "using" ? dispose : drop;
  return {
    device: backend().name,
    makers: {
      mlp,
      convnet,
      transformer,
      skipgram,
      ...opsWith(part),
      matmul: matmulWith(part),
      kernel,
    },
  };
}

serve(start());

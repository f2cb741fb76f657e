/** Our engine, as "descent" gives it to cells. */
import "./hide-shared-memory.ts";
import { engine, prepareEngine } from "../../../kernel/tensor/backends/engine.ts";
import { convnet } from "../workloads/convnet/descent.ts";
import { dispose, drop } from "../workloads/descent.ts";
import { kernel, matmulWith } from "../workloads/matmul/descent.ts";
import { mlp } from "../workloads/mlp/descent.ts";
import { opsWith } from "../workloads/ops/descent.ts";
import { skipgram } from "../workloads/skipgram/descent.ts";
import { transformer } from "../workloads/transformer/descent.ts";
import { options } from "./options.ts";
import { type Engine, serve } from "./serve.ts";

/** With the backend that the machine has, started as the kernel starts it. */
async function start(): Promise<Engine> {
  prepareEngine().start();
  const { backend, threads } = engine();
  if (threads < Number(options.get("threads"))) throw new Error("the engine has one thread here");
  const part = options.get("form") === "using" ? dispose : drop;
  return {
    device: backend,
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

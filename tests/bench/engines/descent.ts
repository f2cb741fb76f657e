/** Our engine, as "descent" gives it to cells. */
import "./hide-shared-memory.ts";
import { backend as currentBackend, setBackend } from "../../../kernel/tensor/backends/current.ts";
import {
  prepareEngine,
  type SharedHelpers,
  startEngine,
} from "../../../kernel/tensor/backends/engine.ts";
import { whileIdle } from "../../../kernel/hosts/while-idle.ts";
import { createMemory } from "../../../kernel/tensor/backends/wasm/memory.ts";
import type { ThreadStart } from "../../../kernel/tensor/backends/wasm/threads/serve.ts";
import { convnet } from "../workloads/convnet/descent.ts";
import { dispose, drop } from "../workloads/descent.ts";
import { kernel, matmulWith } from "../workloads/matmul/descent.ts";
import { mlp } from "../workloads/mlp/descent.ts";
import { opsWith } from "../workloads/ops/descent.ts";
import { skipgram } from "../workloads/skipgram/descent.ts";
import { transformer } from "../workloads/transformer/descent.ts";
import { options } from "./options.ts";
import { Profile } from "./profile.ts";
import { type Engine, serve } from "./serve.ts";

/** Workers that help this one, as the kernel's frame makes them; null for one thread. */
function helpersFor(threads: number): SharedHelpers | null {
  const memory = threads > 1 ? createMemory(true, threads) : null;
  if (memory === null) return null;
  return {
    memory,
    threads,
    start(module) {
      for (let index = 1; index < threads; index++) {
        const worker = new Worker(new URL("./browser-thread.js", self.location.href));
        worker.postMessage({ module, memory, index } satisfies ThreadStart);
      }
    },
  };
}

/** With the backend that the machine has, started as the kernel starts it. */
async function start(): Promise<Engine> {
  const wanted = Number(options.get("threads"));
  const { backend, threads } = startEngine(helpersFor(wanted));
  if (threads < wanted) throw new Error("the engine has one thread here");
  whileIdle(prepareEngine);
  const profile = options.get("profile") === "yes" ? new Profile() : null;
  if (profile !== null) setBackend(profile.watch(currentBackend()));
  const part = options.get("form") === "using" ? dispose : drop;
  return {
    device: backend,
    profile,
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

/** Threads for tests of the engine: workers of Node, as the kernel's host starts them. */
import { Worker } from "node:worker_threads";
import { nodeKernelFiles } from "../../../../../../kernel/hosts/bundle.mjs";
import type { Helpers } from "../../../../../../kernel/tensor/backends/wasm/machine.ts";
import { createMemory } from "../../../../../../kernel/tensor/backends/wasm/memory.ts";
import { threadEnded } from "../../../../../../kernel/tensor/backends/wasm/threads/job.ts";
import type { ThreadStart } from "../../../../../../kernel/tensor/backends/wasm/threads/serve.ts";

export interface Workers {
  readonly memory: WebAssembly.Memory;
  readonly helpers: Helpers;
  /** Those that help, from index 1 on. */
  readonly started: readonly Worker[];
  terminate(): Promise<unknown>;
}

/** For `threads` threads, the test's own among them. */
export async function workersFor(threads: number): Promise<Workers> {
  const { threadFile } = await nodeKernelFiles();
  const memory = createMemory(true, threads);
  if (memory === null) throw new Error("no shared memory");
  const started: Worker[] = [];
  return {
    memory,
    started,
    helpers: {
      threads,
      start(module) {
        for (let index = 1; index < threads; index++) {
          const workerData: ThreadStart = { module, memory, index };
          const worker = new Worker(threadFile, { workerData });
          worker.on("exit", () => threadEnded(memory, index));
          started.push(worker);
        }
      },
    },
    terminate: () => Promise.all(started.map((worker) => worker.terminate())),
  };
}

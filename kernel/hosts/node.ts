/**
 * A kernel in a worker thread of Node; this thread plays the frame. A worker thread is no sandbox:
 * only notebooks that are trusted may run here.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { type Checkpoint, parseCheckpoint } from "../checkpoint.ts";
import { connectKernel } from "./connection.ts";
import { applyControl, type ControlMessage, createControl, tick } from "./control.ts";
import type { Engine } from "../protocol.ts";
import type { KernelEnd, KernelHost } from "./host.ts";
import type { NodeWorkerData } from "./node-worker.ts";
import { threadEnded } from "../tensor/backends/wasm/threads/job.ts";
import type { ThreadStart } from "../tensor/backends/wasm/threads/serve.ts";
import type { KernelMessage } from "./serve.ts";
import { createTeam } from "./team.ts";
import { createTicker } from "./ticker.ts";
import { createWaker } from "./waker.ts";

export interface NodeHostOptions {
  /** The bundle of `node-worker.ts`. */
  readonly workerFile: string;
  /** The bundle of `node-thread.ts`. */
  readonly threadFile: string;
  /** Where a cell's `import` of a package looks for `node_modules`. */
  readonly folder: string;
  /** What the generator of random numbers starts from, until a cell says otherwise. */
  readonly seed?: number;
}

export function createNodeHost(options: NodeHostOptions): KernelHost {
  const { workerFile, threadFile, folder, seed } = options;
  return {
    async start() {
      const control = createControl(true);
      const team = createTeam(availableParallelism());
      const threads: Worker[] = [];
      const { port1, port2 } = new MessageChannel();
      const workerData: NodeWorkerData = {
        memory: control.memory as SharedArrayBuffer,
        port: port2,
        folder,
        team,
        seed,
      };
      const worker = new Worker(workerFile, {
        workerData,
        transferList: [port2 as unknown as import("node:worker_threads").MessagePort],
      });
      const startThreads = (module: Uint8Array<ArrayBuffer>) => {
        if (team === null || threads.length > 0) return;
        for (let index = 1; index < team.threads; index++) {
          const start: ThreadStart = { module, memory: team.memory, index };
          const thread = new Worker(threadFile, { workerData: start });
          // Whatever ends it: calls do not wait for it, and go on without its help.
          thread.on("error", () => {}).on("exit", () => threadEnded(team.memory, index));
          threads.push(thread);
        }
      };
      const waker = createWaker((message) => worker.postMessage(message));
      let tellBackground: (running: boolean) => void = () => {};
      const ticker = createTicker(
        () => tick(control),
        (running) => tellBackground(running),
      );
      let checkpoint: Checkpoint | null = null;
      let tellReady: (engine: Engine) => void = () => {};
      const ready = new Promise<Engine>((resolve) => (tellReady = resolve));
      worker.on("message", (message: KernelMessage) => {
        if (message.kind === "ready") return tellReady(message.engine);
        if (message.kind === "help") return startThreads(message.module);
        if (message.kind === "checkpoint") {
          checkpoint = parseCheckpoint(message.checkpoint) ?? checkpoint;
          return;
        }
        if (message.kind === "background") return ticker.background(message.running);
        waker.busy(message.running);
        ticker.busy(message.running);
      });

      let reason = "the kernel was stopped";
      worker.on("error", (error: Error & { code?: string }) => {
        const isMemory = error.code === "ERR_WORKER_OUT_OF_MEMORY";
        reason = isMemory ? "the kernel ran out of memory" : `the kernel failed: ${error.message}`;
      });
      const ended = new Promise<KernelEnd>((resolve) => {
        worker.on("exit", () => {
          ticker.stop();
          port1.close();
          for (const thread of threads) void thread.terminate();
          resolve({ reason, checkpoint });
        });
      });

      const engine = await Promise.race([
        ready,
        ended.then(() => {
          throw new Error(reason);
        }),
      ]);
      return connectKernel({
        port: port1,
        shared: true,
        guard: "plain",
        engine,
        control(message: ControlMessage) {
          applyControl(control, message);
          waker.wrote(message);
        },
        onBackground: (tell) => (tellBackground = tell),
        terminate: () => void worker.terminate(),
        ended,
      });
    },
  };
}

/**
 * The trusted shim in the kernel's document. It owns the shared memory and the worker, writes into
 * the one what the page asks for, and ends the other. It runs nothing of a notebook itself.
 */
import { type Checkpoint, parseCheckpoint } from "../checkpoint.ts";
import type { Guard } from "../compile/compiler.ts";
import { threadEnded } from "../tensor/backends/wasm/threads/job.ts";
import type { ThreadStart } from "../tensor/backends/wasm/threads/serve.ts";
import { applyControl, createControl, tick } from "./control.ts";
import type { NetworkAccess } from "./host.ts";
import type {
  BootMessage,
  FrameMessage,
  OwnerMessage,
  StartMessage,
  WorkerMessage,
} from "./frame-messages.ts";
import { createTeam, type Team } from "./team.ts";
import { createTicker } from "./ticker.ts";
import { createWaker } from "./waker.ts";

/**
 * All the worker holds until the kernel arrives. A `data:` address is the one kind that all
 * browsers take in an opaque document; a long one fails silently, so the kernel comes as a message.
 */
const BOOTSTRAP = `onmessage = (event) => {
  onmessage = null;
  (0, eval)(event.data.kernel);
  const { start } = descentKernel;
  delete globalThis.descentKernel;
  start(event.data, event.ports[0]);
};`;

/** The bundle of `browser-thread.ts`, short enough to be an address. */
declare const THREAD_TEXT: string;

addEventListener("message", function begin(event: MessageEvent<StartMessage>) {
  if (event.source !== parent || event.data.kind !== "start") return;
  removeEventListener("message", begin);
  const [kernelPort, ownerPort] = event.ports;
  if (kernelPort === undefined || ownerPort === undefined) return;
  const tellPage = (message: FrameMessage, transfer: ArrayBuffer[] = []) =>
    ownerPort.postMessage(message, transfer);
  if (self.origin !== "null") {
    // Whoever serves this page dropped the header: cells could reach all that the page can.
    tellPage({ kind: "refused", reason: "the kernel's document is not sandboxed" });
    return;
  }
  const { kernel, network } = event.data;
  if (network.origins.length > 0) narrow(network.origins);
  startKernel(kernel, network, kernelPort, ownerPort, tellPage);
});

/**
 * Leaves of the network that this document's header allows the hosts of the reader. Workers made
 * from here on inherit it, and nothing can widen it again.
 */
function narrow(origins: readonly string[]): void {
  const sockets = origins.map((origin) => origin.replace(/^http/, "ws"));
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content =
    `script-src 'unsafe-inline' 'unsafe-eval' blob: data: ${origins.join(" ")}; ` +
    `connect-src ${[...origins, ...sockets].join(" ")}`;
  document.head.append(policy);
}

function startKernel(
  kernel: string,
  network: NetworkAccess,
  kernelPort: MessagePort,
  ownerPort: MessagePort,
  tellPage: (message: FrameMessage, transfer?: ArrayBuffer[]) => void,
): void {
  // Some browsers say they are isolated and have no shared memory.
  const shared = self.crossOriginIsolated && typeof SharedArrayBuffer === "function";
  const guard = guardFor(shared);
  const control = createControl(shared);
  const team = shared ? createTeam(navigator.hardwareConcurrency) : null;
  const worker = workerOf(BOOTSTRAP);
  const boot: BootMessage = { kernel, memory: control.memory, guard, team, network };
  let isReady = false;
  let isHelped = false;
  const waker = createWaker((message) => worker.postMessage(message));
  const ticker = createTicker(
    // Without shared memory nobody would see it.
    shared ? () => tick(control) : null,
    (running) => tellPage({ kind: "background", running }),
  );
  /** The newest: it is what a kernel leaves that has to be ended. */
  let checkpoint: Checkpoint | null = null;
  const tellEnd = (reason: string) => {
    tellPage({ kind: "ended", reason, checkpoint }, checkpoint ? [checkpoint.bytes.buffer] : []);
    checkpoint = null;
  };

  worker.onmessage = ({ data }: MessageEvent<WorkerMessage | null>) => {
    // A cell can post whatever it likes.
    if (data === null || data === undefined) return;
    if (data.kind === "ready" && !isReady) {
      isReady = true;
      tellPage({ kind: "started", shared, guard, engine: data.engine });
    } else if (data.kind === "help" && team !== null && !isHelped) {
      isHelped = true;
      startThreads(team, data.module);
    } else if (data.kind === "checkpoint") {
      checkpoint = parseCheckpoint(data.checkpoint) ?? checkpoint;
    } else if (data.kind === "busy") {
      waker.busy(data.running === true);
      ticker.busy(data.running === true);
    } else if (data.kind === "background") {
      ticker.background(data.running === true);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    // Later errors are cells' own and have been reported by the kernel.
    if (!isReady) tellEnd(`the kernel failed: ${event.message}`);
  };
  worker.postMessage(boot, [kernelPort]);

  ownerPort.onmessage = ({ data }: MessageEvent<OwnerMessage>) => {
    if (data.kind === "end") {
      worker.terminate();
      return tellEnd("the kernel was stopped");
    }
    if (data.kind === "echo") return tellPage({ kind: "echoed" });
    applyControl(control, data);
    // The block says it all where it is shared.
    if (shared) waker.wrote(data);
    else worker.postMessage(data);
  };
}

/** They end with this document, as the kernel does. */
function startThreads({ memory, threads }: Team, module: Uint8Array<ArrayBuffer>): void {
  for (let index = 1; index < threads; index++) {
    const start: ThreadStart = { module, memory, index };
    const thread = workerOf(THREAD_TEXT);
    thread.onerror = (event) => {
      event.preventDefault();
      // It has no memory for the kernels, perhaps: calls go on without its help.
      threadEnded(memory, index);
    };
    thread.postMessage(start);
  }
}

function workerOf(text: string): Worker {
  return new Worker(`data:text/javascript,${encodeURIComponent(text)}`);
}

/** Plain reads cost nothing on V8 and are hoisted out of endless loops elsewhere. */
function guardFor(shared: boolean): Guard {
  if (!shared) return "countdown";
  return /\bChrom(?:e|ium)\//.test(navigator.userAgent) ? "plain" : "atomic";
}

/**
 * The trusted shim in the kernel's document. It owns the shared memory and the worker, writes into
 * the one what the page asks for, and ends the other. It runs nothing of a notebook itself.
 */
import type { Guard } from "../compile/compiler.ts";
import { applyControl, createControl, tick, TICK_MS } from "./control.ts";
import type {
  BootMessage,
  FrameMessage,
  OwnerMessage,
  StartMessage,
  WorkerMessage,
} from "./frame-messages.ts";

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

addEventListener("message", function begin(event: MessageEvent<StartMessage>) {
  if (event.source !== parent || event.data.kind !== "start") return;
  removeEventListener("message", begin);
  const [kernelPort, ownerPort] = event.ports;
  if (kernelPort === undefined || ownerPort === undefined) return;
  const tellPage = (message: FrameMessage) => ownerPort.postMessage(message);
  if (self.origin !== "null") {
    // Whoever serves this page dropped the header: cells could reach all that the page can.
    tellPage({ kind: "refused", reason: "the kernel's document is not sandboxed" });
    return;
  }
  startKernel(event.data.kernel, kernelPort, ownerPort, tellPage);
});

function startKernel(
  kernel: string,
  kernelPort: MessagePort,
  ownerPort: MessagePort,
  tellPage: (message: FrameMessage) => void,
): void {
  // Some browsers say they are isolated and have no shared memory.
  const shared = self.crossOriginIsolated && typeof SharedArrayBuffer === "function";
  const guard = guardFor(shared);
  const control = createControl(shared);
  const worker = new Worker(`data:text/javascript,${encodeURIComponent(BOOTSTRAP)}`);
  const boot: BootMessage = { kernel, memory: control.memory, guard };
  let isReady = false;
  let ticking: ReturnType<typeof setInterval> | undefined;

  worker.onmessage = ({ data }: MessageEvent<WorkerMessage>) => {
    if (data.kind === "ready" && !isReady) {
      isReady = true;
      tellPage({ kind: "started", shared, guard, engine: data.engine });
    } else if (data.kind === "busy") {
      clearInterval(ticking);
      // Without shared memory nobody would see it.
      if (shared && data.running) ticking = setInterval(() => tick(control), TICK_MS);
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    // Later errors are cells' own and have been reported by the kernel.
    if (!isReady) tellPage({ kind: "ended", reason: `the kernel failed: ${event.message}` });
  };
  worker.postMessage(boot, [kernelPort]);

  ownerPort.onmessage = ({ data }: MessageEvent<OwnerMessage>) => {
    applyControl(control, data);
    // The block says it all where it is shared; the message wakes a kernel that waits in an await.
    if (!shared || data.kind !== "knob") worker.postMessage(data);
  };
}

/** Plain reads cost nothing on V8 and are hoisted out of endless loops elsewhere. */
function guardFor(shared: boolean): Guard {
  if (!shared) return "countdown";
  return /\bChrom(?:e|ium)\//.test(navigator.userAgent) ? "plain" : "atomic";
}

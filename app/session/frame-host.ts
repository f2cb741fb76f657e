/**
 * Kernels in the browser: a hidden frame with an opaque origin around a worker. The frame's own
 * header makes it opaque; where the host of these files drops that header, the frame's `sandbox`
 * attribute does, without shared memory.
 */
import { connectKernel } from "../../kernel/hosts/connection.ts";
import type {
  FrameMessage,
  OwnerMessage,
  StartMessage,
} from "../../kernel/hosts/frame-messages.ts";
import { parseEngine } from "../../kernel/protocol.ts";
import type { KernelConnection, KernelHost } from "../../kernel/hosts/host.ts";

/** A frame that has said nothing by then is not ours. */
const START_TIMEOUT_MS = 30_000;

export interface FrameHostOptions {
  /** Where `kernel-frame.html` and `kernel.js` lie. */
  readonly base: URL;
}

export function createFrameHost({ base }: FrameHostOptions): KernelHost {
  const frameUrl = new URL("kernel-frame.html", base).href;
  const kernelUrl = new URL("kernel.js", base).href;
  let kernelText: Promise<string> | null = null;
  let needsAttribute = false;

  async function start(): Promise<KernelConnection> {
    kernelText ??= fetchText(kernelUrl);
    let kernel: string;
    try {
      kernel = await kernelText;
    } catch (error) {
      kernelText = null;
      throw error;
    }
    // Its own question to the host: another start may learn the answer meanwhile.
    const withAttribute = needsAttribute;
    const connection = await startFrame(frameUrl, kernel, withAttribute);
    if (connection !== "refused") return connection;
    if (withAttribute) throw new Error("the kernel's frame could not be sandboxed");
    needsAttribute = true;
    return start();
  }

  return { start };
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

async function startFrame(
  url: string,
  kernel: string,
  attribute: boolean,
): Promise<KernelConnection | "refused"> {
  const frame = document.createElement("iframe");
  if (attribute) frame.setAttribute("sandbox", "allow-scripts");
  frame.allow = "cross-origin-isolated *";
  frame.title = "Kernel";
  frame.hidden = true;
  frame.setAttribute("aria-hidden", "true");
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  frame.src = url;
  document.body.append(frame);
  await loaded;

  const toKernel = new MessageChannel();
  const toOwner = new MessageChannel();
  const owner = toOwner.port1;
  const first = nextMessage(owner);
  const message: StartMessage = { kind: "start", kernel };
  // The frame's origin is opaque: "*" is the only name there is for it.
  frame.contentWindow?.postMessage(message, "*", [toKernel.port2, toOwner.port2]);
  const answer = await first;
  if (answer.kind !== "started") {
    frame.remove();
    if (answer.kind === "refused") return "refused";
    throw new Error(answer.reason);
  }

  let end: (end: { readonly reason: string }) => void = () => {};
  const ended = new Promise<{ readonly reason: string }>((resolve) => (end = resolve));
  const close = (reason: string) => {
    // Takes the document's workers with it, however busy they are.
    frame.remove();
    toKernel.port1.close();
    owner.close();
    end({ reason });
  };
  owner.onmessage = ({ data }: MessageEvent<unknown>) => {
    const later = parseFrameMessage(data);
    if (later?.kind === "ended") close(later.reason);
  };
  return connectKernel({
    port: toKernel.port1,
    shared: answer.shared,
    guard: answer.guard,
    engine: answer.engine,
    control: (control: OwnerMessage) => owner.postMessage(control),
    terminate: () => close("the kernel was stopped"),
    ended,
  });
}

function nextMessage(port: MessagePort): Promise<FrameMessage> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      const reason = "the kernel's frame did not answer";
      resolve({ kind: "ended", reason });
    }, START_TIMEOUT_MS);
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = parseFrameMessage(data);
      if (message === null) return;
      clearTimeout(timer);
      resolve(message);
    };
  });
}

function parseFrameMessage(sent: unknown): FrameMessage | null {
  if (typeof sent !== "object" || sent === null || !("kind" in sent)) return null;
  const { kind, shared, guard, engine, reason } = sent as Record<string, unknown>;
  if (kind === "started" && typeof shared === "boolean") {
    const known = guard === "plain" || guard === "atomic" || guard === "countdown";
    const parsed = parseEngine(engine);
    return known && parsed !== null ? { kind, shared, guard, engine: parsed } : null;
  }
  if ((kind === "refused" || kind === "ended") && typeof reason === "string")
    return { kind, reason };
  return null;
}

/**
 * Kernels in the browser: a hidden frame with an opaque origin around a worker. The frame's own
 * header makes it opaque; where the host of these files drops that header, the frame's `sandbox`
 * attribute does, without shared memory.
 */
import { parseCheckpoint } from "../../kernel/checkpoint.ts";
import { connectKernel } from "../../kernel/hosts/connection.ts";
import type {
  FrameMessage,
  OwnerMessage,
  StartMessage,
} from "../../kernel/hosts/frame-messages.ts";
import { parseEngine } from "../../kernel/protocol.ts";
import type {
  KernelConnection,
  KernelEnd,
  KernelHost,
  NetworkAccess,
} from "../../kernel/hosts/host.ts";

/** A frame that has said nothing by then is not ours. */
const START_TIMEOUT_MS = 30_000;
/** After that it is asked whether a silent frame's document can be had at all. */
const PATIENCE_MS = 2_000;
/** How long a frame may take to end its kernel and hand over the last checkpoint. */
const FAREWELL_MS = 1_000;

export interface FramesOptions {
  /** Where the frames' documents and `kernel.js` lie. */
  readonly base: URL;
}

/** The hosts of all kernels of the page: what one has learnt of the server serves the others. */
export interface Frames {
  /** `network` is asked at each start. */
  host(network: () => NetworkAccess): KernelHost;
}

export function createFrames({ base }: FramesOptions): Frames {
  const kernelUrl = new URL("kernel.js", base).href;
  let kernelText: Promise<string> | null = null;
  let needsAttribute = false;

  async function start(network: () => NetworkAccess): Promise<KernelConnection> {
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
    const connection = await startFrame(base, kernel, network(), withAttribute);
    if (connection !== "refused") return connection;
    if (withAttribute) throw new Error("the kernel's frame could not be sandboxed");
    needsAttribute = true;
    return start(network);
  }

  return { host: (network) => ({ start: () => start(network) }) };
}

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.text();
}

async function startFrame(
  base: URL,
  kernel: string,
  network: NetworkAccess,
  attribute: boolean,
): Promise<KernelConnection | "refused"> {
  const frame = document.createElement("iframe");
  if (attribute) frame.setAttribute("sandbox", "allow-scripts");
  frame.allow = "cross-origin-isolated *";
  frame.title = "Kernel";
  frame.hidden = true;
  frame.setAttribute("aria-hidden", "true");
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  // Without hosts the document's own header forbids all network: no script has to be trusted.
  const page = network.origins.length > 0 ? "network-frame.html" : "kernel-frame.html";
  frame.src = new URL(page, base).href;
  document.body.append(frame);
  await loaded;

  const toKernel = new MessageChannel();
  const toOwner = new MessageChannel();
  const owner = toOwner.port1;
  const first = nextMessage(owner);
  const message: StartMessage = { kind: "start", kernel, network };
  // The frame's origin is opaque: "*" is the only name there is for it.
  frame.contentWindow?.postMessage(message, "*", [toKernel.port2, toOwner.port2]);
  const answer = await answerOrAbsence(first, frame.src);
  if (answer.kind !== "started") {
    frame.remove();
    if (answer.kind === "refused") return "refused";
    throw new Error(answer.reason);
  }

  let tellBackground: (running: boolean) => void = () => {};
  let end: (end: KernelEnd) => void = () => {};
  const ended = new Promise<KernelEnd>((resolve) => (end = resolve));
  const echoes: (() => void)[] = [];
  const close = ({ reason, checkpoint }: KernelEnd) => {
    // Takes the document's workers with it, however busy they are.
    frame.remove();
    toKernel.port1.close();
    owner.close();
    end({ reason, checkpoint });
    for (const echoed of echoes) echoed();
  };
  owner.onmessage = ({ data }: MessageEvent<unknown>) => {
    const later = parseFrameMessage(data);
    if (later?.kind === "ended") close(later);
    else if (later?.kind === "background") tellBackground(later.running);
    else if (later?.kind === "echoed") echoes.shift()?.();
  };
  const terminate = () => {
    const farewell: OwnerMessage = { kind: "end" };
    owner.postMessage(farewell);
    // A document that does not answer is taken away all the same, with what it kept.
    const silent = { reason: "the kernel was stopped", checkpoint: null };
    setTimeout(() => close(silent), FAREWELL_MS);
  };
  return connectKernel({
    port: toKernel.port1,
    shared: answer.shared,
    guard: answer.guard,
    engine: answer.engine,
    control: (control: OwnerMessage) => owner.postMessage(control),
    controlled: () =>
      new Promise((resolve) => {
        echoes.push(resolve);
        owner.postMessage({ kind: "echo" } satisfies OwnerMessage);
      }),
    onBackground: (tell) => (tellBackground = tell),
    terminate,
    ended,
  });
}

/** What a frame says to its start. */
type Answer = Exclude<FrameMessage, { kind: "background" | "echoed" }>;

/** The first message of a frame; without a connection the browser's own error page stands in it, and says nothing. */
async function answerOrAbsence(first: Promise<Answer>, url: string): Promise<Answer> {
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  if ((await Promise.race([first, late])) !== null) return first;
  return fetch(url).then(
    () => first,
    (error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      const reason = `the kernel's document could not be fetched (${why}): check the connection, then restart`;
      return { kind: "ended", reason, checkpoint: null };
    },
  );
}

function nextMessage(port: MessagePort): Promise<Answer> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      const reason = "the kernel's frame did not answer";
      resolve({ kind: "ended", reason, checkpoint: null });
    }, START_TIMEOUT_MS);
    port.onmessage = ({ data }: MessageEvent<unknown>) => {
      const message = parseFrameMessage(data);
      if (message === null || message.kind === "background" || message.kind === "echoed") return;
      clearTimeout(timer);
      resolve(message);
    };
  });
}

function parseFrameMessage(sent: unknown): FrameMessage | null {
  if (typeof sent !== "object" || sent === null || !("kind" in sent)) return null;
  const { kind, shared, guard, engine, running, reason, checkpoint } = sent as Record<
    string,
    unknown
  >;
  if (kind === "started" && typeof shared === "boolean") {
    const known = guard === "plain" || guard === "atomic" || guard === "countdown";
    const parsed = parseEngine(engine);
    return known && parsed !== null ? { kind, shared, guard, engine: parsed } : null;
  }
  if (kind === "background" && typeof running === "boolean") return { kind, running };
  if (kind === "echoed") return { kind };
  if (typeof reason !== "string") return null;
  if (kind === "refused") return { kind, reason };
  if (kind === "ended") return { kind, reason, checkpoint: parseCheckpoint(checkpoint) };
  return null;
}

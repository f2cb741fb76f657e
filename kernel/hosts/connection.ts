/**
 * The host's end of the line. Whatever comes from the kernel is parsed here; comlink is used to
 * call only, for an exposed object would let the kernel run code on this side.
 */
import { type Endpoint, transferHandlers, wrap } from "comlink";
import type { Guard } from "../compile/compiler.ts";
import {
  type Engine,
  type EventBatch,
  type KernelApi,
  parseBatch,
  parseRunReport,
  type RunId,
} from "../protocol.ts";
import type { ControlMessage } from "./control.ts";
import type { KernelConnection } from "./host.ts";

// A reply that says it is a proxy would give the kernel a port to answer for an object of ours.
transferHandlers.delete("proxy");

/** Unacknowledged batches beyond which a kernel is not keeping to its credits. */
const TOO_MANY_BATCHES = 16;

/** How a kernel is reached, whoever started it. */
export interface KernelLink {
  readonly port: Endpoint;
  readonly shared: boolean;
  readonly guard: Guard;
  readonly engine: Engine;
  readonly control: (message: ControlMessage) => void;
  readonly terminate: () => void;
  /** Resolves when the kernel is gone, by `terminate` or by itself. */
  readonly ended: Promise<{ readonly reason: string }>;
}

/** The kernel died before it answered. */
export class KernelEnded extends Error {
  override readonly name = "KernelEnded";
}

export function connectKernel(link: KernelLink): KernelConnection {
  // Kept for the connection's life: a collected proxy takes its pending calls with it.
  const remote = wrap<KernelApi>(link.port);
  const pending = new Set<(reason: KernelEnded) => void>();
  let receive: (batch: EventBatch) => void = () => {};
  let running: RunId | null = null;
  let malformed = 0;
  let lastBatch = 0;
  let unacknowledged = 0;
  let endReason: string | null = null;
  let misbehaved: string | null = null;

  const ended = link.ended.then(({ reason }) => {
    endReason = misbehaved ?? reason;
    for (const reject of pending) reject(new KernelEnded(endReason));
    pending.clear();
    return { reason: endReason };
  });

  /** Rejects when the kernel dies before the answer. */
  function answer<T>(call: () => Promise<T>): Promise<T> {
    if (endReason !== null) return Promise.reject(new KernelEnded(endReason));
    return new Promise((resolve, reject) => {
      pending.add(reject);
      call()
        .then(resolve, reject)
        .finally(() => pending.delete(reject));
    });
  }

  link.port.addEventListener("message", (event) => {
    const message: unknown = (event as MessageEvent<unknown>).data;
    // Answers to calls are comlink's.
    if (typeof message === "object" && message !== null && "id" in message) return;
    const parsed = parseBatch(message);
    if (parsed === null || parsed.batch.batch <= lastBatch) {
      malformed += 1;
      return;
    }
    malformed += parsed.malformed;
    lastBatch = parsed.batch.batch;
    unacknowledged += 1;
    if (unacknowledged > TOO_MANY_BATCHES) {
      misbehaved ??= "the kernel sent more output than it had leave to";
      link.terminate();
      return;
    }
    receive(parsed.batch);
  });

  return {
    shared: link.shared,
    guard: link.guard,
    engine: link.engine,
    api: {
      async run(program) {
        running = program.run;
        try {
          const report = parseRunReport(await answer(() => remote.run(program)));
          if (report !== null) return report;
        } finally {
          running = null;
        }
        malformed += 1;
        throw new TypeError("run: the kernel answered with something that is not a report");
      },
      provideData: (name, bytes) => answer(() => remote.provideData(name, bytes)),
      answerRead: (request, bytes) => answer(() => remote.answerRead(request, bytes)),
    },
    onBatch(next) {
      receive = next;
    },
    interrupt() {
      if (running !== null) link.control({ kind: "interrupt", run: running });
    },
    setKnob: (slot, value) => link.control({ kind: "knob", slot, value }),
    acknowledge(batch) {
      unacknowledged = Math.max(0, unacknowledged - 1);
      link.control({ kind: "acknowledge", batch });
    },
    terminate: link.terminate,
    ended,
    malformed: () => malformed,
  };
}

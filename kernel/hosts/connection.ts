/**
 * The host's end of the line. Whatever comes from the kernel is parsed here; comlink is used to
 * call only, for an exposed object would let the kernel run code on this side.
 */
import { type Endpoint, releaseProxy, transferHandlers, wrap } from "comlink";
import type { Guard } from "../compile/compiler.ts";
import {
  type Engine,
  type EventBatch,
  type KernelApi,
  parseBatch,
  parseRestored,
  parseRunReport,
  type RunId,
  type RunReport,
} from "../protocol.ts";
import { isRecord } from "../plain-data.ts";
import type { ControlMessage } from "./control.ts";
import type { KernelConnection, KernelEnd } from "./host.ts";

// A reply that says it is a proxy would give the kernel a port to answer for an object of ours.
transferHandlers.delete("proxy");
// Comlink would make a text of whatever the kernel sends as an error's message: with a list of four
// thousand million gaps, for ever.
const thrown = transferHandlers.get("throw");
if (thrown === undefined) throw new Error("internal: comlink has no handler of errors");
transferHandlers.set("throw", {
  ...thrown,
  deserialize(sent: unknown) {
    throw new Error(reasonIn(sent));
  },
});

/** Unacknowledged batches beyond which a kernel is not keeping to its credits. */
const TOO_MANY_BATCHES = 16;

/** Messages that are no batch and no answer, beyond which this is no kernel of ours. */
const TOO_MANY_MALFORMED = 200;

/** How a kernel is reached, whoever started it. */
export interface KernelLink {
  readonly port: Endpoint;
  readonly shared: boolean;
  readonly guard: Guard;
  readonly engine: Engine;
  readonly control: (message: ControlMessage) => void;
  /** Resolves when all that was told so is done, where that takes another way than calls do. */
  readonly controlled?: () => Promise<void>;
  /** Whom to tell when code of runs that are over goes on, or does no more. */
  readonly onBackground: (tell: (running: boolean) => void) => void;
  readonly terminate: () => void;
  /** Resolves when the kernel is gone, by `terminate` or by itself. */
  readonly ended: Promise<KernelEnd>;
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
  let calls = 0;
  let answers = 0;
  let steps = 0;
  let looks = 0;
  /** A hand has moved a knob since the last run began: what runs now must find it there. */
  let isTurned = false;
  let endReason: string | null = null;
  let misbehaved: string | null = null;

  const ended = link.ended.then(({ reason, checkpoint }) => {
    endReason = misbehaved ?? reason;
    for (const reject of pending) reject(new KernelEnded(endReason));
    pending.clear();
    // Comlink would keep the port of a proxy that nobody released, and with it all that its listeners
    // hold: in Node the memory that a kernel shared with its threads.
    remote[releaseProxy]();
    return { reason: endReason, checkpoint };
  });

  /** Rejects when the kernel dies before the answer. */
  function answer(call: () => Promise<unknown>): Promise<unknown> {
    if (endReason !== null) return Promise.reject(new KernelEnded(endReason));
    calls += 1;
    return new Promise((resolve, reject) => {
      pending.add(reject);
      call()
        .then(resolve, reject)
        .finally(() => pending.delete(reject));
    });
  }

  /** Nothing comes of it but the count; a flood of them would keep this thread busy. */
  function ignore(count: number): void {
    malformed += count;
    if (malformed > TOO_MANY_MALFORMED) terminateFor("the kernel sent what no kernel sends");
  }

  function terminateFor(reason: string): void {
    misbehaved ??= reason;
    link.terminate();
  }

  link.port.addEventListener("message", (event) => {
    const message: unknown = (event as MessageEvent<unknown>).data;
    if (endReason !== null || misbehaved !== null) return;
    // Answers to calls are comlink's, one each.
    if (typeof message === "object" && message !== null && "id" in message) {
      answers += 1;
      if (answers > calls) ignore(1);
      return;
    }
    const parsed = parseBatch(message);
    if (parsed === null || parsed.batch.batch <= lastBatch) return ignore(1);
    ignore(parsed.malformed);
    lastBatch = parsed.batch.batch;
    unacknowledged += 1;
    if (unacknowledged > TOO_MANY_BATCHES) {
      return terminateFor("the kernel sent more output than it had leave to");
    }
    receive(parsed.batch);
  });

  /** What a call reports of the run that Stop means meanwhile. */
  async function reported(run: RunId, call: () => Promise<unknown>): Promise<RunReport> {
    running = run;
    try {
      if (isTurned) {
        isTurned = false;
        await link.controlled?.();
      }
      const report = parseRunReport(await answer(call));
      if (report !== null) return report;
    } finally {
      running = null;
    }
    malformed += 1;
    throw new TypeError("run: the kernel answered with something that is not a report");
  }

  return {
    shared: link.shared,
    guard: link.guard,
    engine: link.engine,
    api: {
      run: (program) => reported(program.run, () => remote.run(program)),
      press: (press) => reported(press.run, () => remote.press(press)),
      async provideData(name, bytes) {
        await answer(() => remote.provideData(name, bytes));
      },
      async answerRead(request, bytes) {
        await answer(() => remote.answerRead(request, bytes));
      },
      async restore(checkpoint) {
        const restored = parseRestored(await answer(() => remote.restore(checkpoint)));
        if (restored !== null) return restored;
        malformed += 1;
        throw new TypeError("restore: the kernel did not say what it restored");
      },
    },
    onBatch(next) {
      receive = next;
    },
    interrupt() {
      if (running !== null) link.control({ kind: "interrupt", run: running });
    },
    steer(run, how) {
      if (how.kind === "pause") return link.control({ kind: "pause", run });
      if (how.kind === "step") return link.control({ kind: "step", step: (steps += 1) });
      if (how.kind === "look") return link.control({ ...how, look: (looks += 1) });
      if (how.kind === "pace") return link.control({ ...how, run });
      link.control(how);
    },
    interruptBackground: (run) => link.control({ kind: "interrupt", run }),
    onBackground: link.onBackground,
    turnKnob(message) {
      isTurned = true;
      link.control(message);
    },
    acknowledge(batch) {
      unacknowledged = Math.max(0, unacknowledged - 1);
      link.control({ kind: "acknowledge", batch });
    },
    terminate: link.terminate,
    ended,
    malformed: () => malformed,
  };
}

/** Why a call was refused, in comlink's words for it: an error is data like any other. */
function reasonIn(sent: unknown): string {
  const value: unknown = isRecord(sent) ? sent.value : null;
  const message: unknown = isRecord(value) ? value.message : value;
  return typeof message === "string" ? message.slice(0, 1_000) : "no reason was given";
}

/** The worker of one projector: layouts beside the page and beside the kernel, so that neither waits. */
import { startEngine } from "../../../kernel/tensor/backends/engine.ts";
import type { FromWorker, ToWorker } from "./layout-messages.ts";
import { createLayoutSession } from "./layout-session.ts";

startEngine(null);

/** A message to oneself waits behind the messages that are there already, and no timer's 4 ms. */
const turn = new MessageChannel();
let work: (() => void) | null = null;
turn.port1.addEventListener("message", () => {
  const now = work;
  work = null;
  now?.();
});
turn.port1.start();

const session = createLayoutSession({
  post(message: FromWorker) {
    const moved =
      message.kind === "frame" && message.points !== null ? [message.points.buffer] : [];
    postMessage(message, { transfer: moved });
  },
  later(next) {
    work = next;
    turn.port2.postMessage(null);
  },
  now: () => performance.now(),
});

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => session.hear(data));

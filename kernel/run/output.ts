/**
 * Sends waiting output in batches: at most one a display frame, at most two that the host has not
 * rendered yet. The host's credits are read from the control block, so output also moves while a
 * synchronous function runs and no message can arrive.
 */
import { ACKNOWLEDGED, type Control, TICK_MS } from "../hosts/control.ts";
import type { EventBatch, HostEvent, OutputEvent } from "../protocol.ts";
import { createOutputQueue } from "./output-queue.ts";
import type { Owner } from "./run.ts";
import { after } from "./turns.ts";

const UNACKNOWLEDGED = 2;

/** A running cell's figures, drawn and sent, take at most one part in so many of its time … */
const DRAWING_SHARE = 33;
/** … but wait no longer than this for their next drawing, in ms. */
const LONGEST_WAIT_MS = 120;

/** Something whose newest state is asked for only when a batch is about to leave. */
export interface Dirty {
  readonly owner: Owner;
  /** The event that brings the reader up to date; null when there is nothing to say. */
  render(): OutputEvent | null;
}

export interface Output {
  emit(owner: Owner, event: OutputEvent | HostEvent): void;
  /** `render` is called once, however often this is called before the next batch. */
  invalidate(dirty: Dirty): void;
  /** Sends what waits if a frame has passed and the host keeps up. */
  flush(): void;
  /** Sends what waits at once, beyond the credits: for the last words of a run. */
  finish(): void;
  /** Nothing waits to be sent. */
  isIdle(): boolean;
  /** A batch is being put together, for which a figure may run a cell's function. */
  isFlushing(): boolean;
}

export interface OutputOptions {
  readonly control: Control;
  readonly send: (batch: EventBatch) => void;
  /** Whether a cell is at work, whose time the drawings take. */
  readonly isRunning?: () => boolean;
  readonly now?: () => number;
}

export function createOutput({
  control,
  send,
  isRunning = () => false,
  now = () => performance.now(),
}: OutputOptions): Output {
  const queue = createOutputQueue();
  const dirty = new Set<Dirty>();
  let batch = 0;
  let sentAt = -Infinity;
  let drawsAgainAt = -Infinity;
  let flushing = false;
  let scheduled = false;

  const isIdle = () => queue.isEmpty() && dirty.size === 0;
  const hasCredit = () => batch - Atomics.load(control.flags, ACKNOWLEDGED) < UNACKNOWLEDGED;

  function schedule(): void {
    if (scheduled || isIdle()) return;
    scheduled = true;
    after(TICK_MS, () => {
      scheduled = false;
      flush();
      schedule();
    });
  }

  function renderDirty(): void {
    const items = [...dirty];
    dirty.clear();
    for (const item of items) {
      const event = item.render();
      if (event !== null) queue.push(item.owner, event);
    }
  }

  const drawsNow = () => dirty.size > 0 && (!isRunning() || now() >= drawsAgainAt);

  function sendAll(draws: boolean): void {
    // A renderer may run a cell's own function, whose guards come back here.
    flushing = true;
    const begunAt = now();
    try {
      if (draws) renderDirty();
      const events = queue.take();
      if (events.length === 0) return;
      batch += 1;
      sentAt = now();
      send({ batch, events });
    } finally {
      flushing = false;
      // Making a message of a figure may take as long as drawing it.
      if (draws)
        drawsAgainAt = begunAt + Math.min(LONGEST_WAIT_MS, DRAWING_SHARE * (now() - begunAt));
    }
  }

  function flush(): void {
    if (flushing || isIdle() || !hasCredit() || now() - sentAt < TICK_MS - 1) return;
    sendAll(drawsNow());
  }

  return {
    emit(owner, event) {
      queue.push(owner, event);
      schedule();
    },
    invalidate(item) {
      dirty.add(item);
      schedule();
    },
    flush,
    finish() {
      if (!flushing && !isIdle()) sendAll(true);
    },
    isIdle,
    isFlushing: () => flushing,
  };
}

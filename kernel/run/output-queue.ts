/**
 * Output waiting to be sent, in bounded memory however fast a cell produces: neighbouring stream
 * text merges, a display's newer state replaces its waiting older one, and of very many outputs
 * the first and the last are kept. Knows nothing of batches, credits or time.
 */
import type { DisplayId, HostEvent, KernelEvent, OutputEvent, RunId } from "../protocol.ts";
import { boundedBundle } from "./bounded-bundle.ts";
import { type BoundedText, createBoundedText } from "./bounded-text.ts";
import type { Owner } from "./run.ts";

/** Waiting outputs of one run: this many of the first and as many of the last are kept. */
const KEPT = 250;
/** How much waits for one run, in its first outputs and in its last, by size; what is more goes. */
const KEPT_SIZE = 8 * 1024 * 1024;
/** Of a text that floods, in UTF-16 units: a page that gets more at every frame has to clean up after it. */
const FLOOD_TAIL = 32 * 1024;
/** Of the middle only so many results, errors and mistakes are kept. */
const KEPT_PRECIOUS = 50;

interface StreamEntry {
  readonly kind: "stream";
  readonly name: "stdout" | "stderr";
  readonly text: BoundedText;
}

interface EventEntry {
  readonly kind: "event";
  event: OutputEvent;
  readonly size: number;
  gone: boolean;
}

type Entry = StreamEntry | EventEntry;

interface Waiting {
  readonly owner: Owner;
  head: Entry[];
  tail: Entry[];
  tailSize: number;
  precious: number;
  dropped: number;
  progress: OutputEvent | null;
  pause: OutputEvent | null;
  training: HostEvent | null;
  recorded: HostEvent | null;
  host: HostEvent[];
}

export interface OutputQueue {
  push(owner: Owner, event: OutputEvent | HostEvent): void;
  isEmpty(): boolean;
  /** Empties the queue, in order of production within each run. */
  take(): KernelEvent[];
}

export function createOutputQueue(): OutputQueue {
  let waiting = new Map<RunId, Waiting>();
  let displays = new Map<DisplayId, EventEntry>();
  /** The run whose text was cut last: of a flood the reader keeps the first head and the newest tail. */
  let flooding: RunId | null = null;

  function waitingFor(owner: Owner): Waiting {
    let queue = waiting.get(owner.run);
    if (queue === undefined) {
      queue = {
        owner,
        head: [],
        tail: [],
        tailSize: 0,
        precious: 0,
        dropped: 0,
        progress: null,
        pause: null,
        training: null,
        recorded: null,
        host: [],
      };
      waiting.set(owner.run, queue);
    }
    return queue;
  }

  function append(queue: Waiting, entry: Entry): void {
    if (queue.tail.length === 0 && hasRoom(queue.head)) {
      queue.head.push(entry);
      return;
    }
    queue.tail.push(entry);
    queue.tailSize += sizeOf(entry);
    while (queue.tail.length > KEPT || (queue.tailSize > KEPT_SIZE && queue.tail.length > 1)) {
      const oldest = queue.tail.shift();
      if (oldest === undefined) return;
      queue.tailSize -= sizeOf(oldest);
      if (isPrecious(oldest) && queue.precious < KEPT_PRECIOUS) {
        queue.precious += 1;
        queue.head.push(oldest);
      } else {
        queue.dropped += 1;
        if (oldest.kind === "event") oldest.gone = true;
      }
    }
  }

  function empty(queue: Waiting): void {
    for (const entry of [...queue.head, ...queue.tail]) {
      if (entry.kind === "event") entry.gone = true;
    }
    Object.assign(queue, { head: [], tail: [], tailSize: 0, precious: 0, dropped: 0 });
  }

  /** `size`: of its bundle, if it has one. */
  function pushOutput(queue: Waiting, event: OutputEvent, size: number): void {
    const last = queue.tail.at(-1) ?? queue.head.at(-1);
    const clears = last?.kind === "event" && last.event.kind === "clear" && last.event.wait;
    switch (event.kind) {
      case "stream": {
        if (last?.kind === "stream" && last.name === event.name) {
          const before = last.text.length();
          last.text.append(event.text);
          if (queue.tail.length > 0) queue.tailSize += last.text.length() - before;
          return;
        }
        if (clears) replaceByClear(queue);
        const { owner } = queue;
        const text =
          flooding === owner.run ? createBoundedText(FLOOD_TAIL, true) : createBoundedText();
        text.append(event.text);
        append(queue, { kind: "stream", name: event.name, text });
        return;
      }
      case "display":
      case "update": {
        const shown = event.display === undefined ? undefined : displays.get(event.display);
        if (shown !== undefined && !shown.gone && event.kind === "update") {
          // Its place and kind stay: only what it shows is newer.
          shown.event = {
            ...shown.event,
            data: event.data,
            metadata: event.metadata,
          } as OutputEvent;
          return;
        }
        if (clears && event.kind === "display") replaceByClear(queue);
        const entry: EventEntry = { kind: "event", event, size, gone: false };
        if (event.display !== undefined) displays.set(event.display, entry);
        append(queue, entry);
        return;
      }
      case "clear":
        if (!event.wait) empty(queue);
        append(queue, { kind: "event", event, size: 0, gone: false });
        return;
      case "progress":
        queue.progress = event;
        return;
      case "pause":
        queue.pause = event;
        return;
      case "mistake":
        append(queue, { kind: "event", event, size: 0, gone: false });
        return;
      case "omitted":
        queue.dropped += event.count;
        return;
      case "result":
      case "error":
        if (clears) replaceByClear(queue);
        append(queue, { kind: "event", event, size, gone: false });
        return;
      default:
        event satisfies never;
    }
  }

  /** An output arrived after `clear({ wait: true })`: nothing before it will be seen. */
  function replaceByClear(queue: Waiting): void {
    empty(queue);
    append(queue, { kind: "event", event: { kind: "clear", wait: true }, size: 0, gone: false });
  }

  return {
    push(owner, event) {
      const queue = waitingFor(owner);
      switch (event.kind) {
        case "write-file":
        case "read-file":
        case "blocked":
        case "package":
        case "restored":
          queue.host.push(event);
          return;
        case "training":
          queue.training = event;
          return;
        case "recorded":
          queue.recorded = event;
          return;
        default: {
          if (!("data" in event)) return pushOutput(queue, event, 0);
          const { bundle, size } = boundedBundle(event.data);
          pushOutput(queue, { ...event, data: bundle }, size);
        }
      }
    },
    isEmpty: () => waiting.size === 0,
    take() {
      const events: KernelEvent[] = [];
      for (const queue of waiting.values()) {
        const { cell, run } = queue.owner;
        for (const event of eventsOf(queue)) {
          if (event.kind === "stream" && event.omitted !== undefined) flooding = run;
          events.push({ cell, run, event });
        }
      }
      waiting = new Map();
      displays = new Map();
      return events;
    },
  };
}

function* eventsOf(queue: Waiting): Generator<OutputEvent | HostEvent, void, undefined> {
  for (const entry of queue.head) yield toEvent(entry);
  if (queue.dropped > 0) {
    yield { kind: "omitted", count: queue.dropped };
  }
  for (const entry of queue.tail) yield toEvent(entry);
  if (queue.progress !== null) yield queue.progress;
  if (queue.pause !== null) yield queue.pause;
  if (queue.training !== null) yield queue.training;
  if (queue.recorded !== null) yield queue.recorded;
  yield* queue.host;
}

function toEvent(entry: Entry): OutputEvent {
  if (entry.kind === "event") return entry.event;
  const { text, omitted } = entry.text.take();
  const event = { kind: "stream", name: entry.name, text } as const;
  return omitted === null ? event : { ...event, omitted };
}

/** The last one may still grow by what a stream adds to it, which is bounded by itself. */
function hasRoom(entries: readonly Entry[]): boolean {
  if (entries.length >= KEPT) return false;
  let size = 0;
  for (const entry of entries) size += sizeOf(entry);
  return size < KEPT_SIZE;
}

/** Kept whatever follows: how a run ended, and that its outputs were emptied. */
function isPrecious(entry: Entry): boolean {
  if (entry.kind === "stream") return false;
  const { kind } = entry.event;
  return kind === "error" || kind === "result" || kind === "mistake";
}

function sizeOf(entry: Entry): number {
  return entry.kind === "stream" ? entry.text.length() : entry.size;
}

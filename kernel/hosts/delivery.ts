/**
 * Turns a kernel's batches into notices, in order, and answers its file requests. A batch is
 * acknowledged when the owner has shown it: that is what keeps a fast cell from flooding a page.
 */
import { mapEachFrame, mapFrames, withPlaces } from "../compile/frames.ts";
import { withLines } from "../plot/diagram.ts";
import {
  type CellError,
  type CellId,
  type EventBatch,
  FIGURE_PARTS_MIME,
  type FileEvent,
  KNOB_MIME,
  type KnobView,
  type Mistake,
  type Pause,
  knobsIn,
  parseFigureParts,
  parseKnobView,
  type RawError,
  type RawMistake,
  type RawPause,
  type RunId,
} from "../protocol.ts";
import { messageOf } from "./ended-errors.ts";
import type { KernelConnection, NotebookFiles } from "./host.ts";
import type { Notice, Output } from "./notices.ts";
import type { RunTexts } from "./run-texts.ts";

export interface DeliveryOptions {
  readonly files: NotebookFiles;
  readonly notify: (notices: readonly Notice[]) => void | Promise<void>;
  readonly texts: Pick<RunTexts, "mapOf" | "lineOf">;
  readonly onKnob: (view: KnobView) => void;
  /** An optimiser took its state from a checkpoint; so many are still to be made. */
  readonly onRestored: (left: number) => void;
}

export interface Delivery {
  tell(...notices: Notice[]): void;
  batch(from: KernelConnection, batch: EventBatch): void;
  /** Resolves when all that was told so far is shown and all files so far are written. */
  settled(): Promise<void>;
  /** An error of a run in the cells' own coordinates. */
  toCellError(error: RawError): CellError;
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { files, notify, texts, onKnob, onRestored } = options;
  const mapOf = (_: CellId, run: RunId) => texts.mapOf(run);
  let shown: Promise<void> = Promise.resolve();
  let filed: Promise<void> = Promise.resolve();

  function tell(notices: readonly Notice[]): Promise<void> {
    shown = shown.then(async () => {
      try {
        await notify(notices);
      } catch (error) {
        // The owner's fault, and the owner's to see; the notices after this one still matter.
        reportLater(error);
      }
    });
    return shown;
  }

  function toCellError({ frames, ...error }: RawError): CellError {
    const mapped = mapEachFrame(frames, mapOf);
    const at = mapped.findIndex((frame) => frame !== null);
    const [raw, first] = [frames[at], mapped[at]];
    const text = raw && first ? texts.lineOf(raw.run, first.line) : null;
    return {
      ...error,
      frames: mapped.filter((frame) => frame !== null),
      ...(text === null ? {} : { text }),
    };
  }

  function toMistake({ frames, ...told }: RawMistake): Mistake {
    const [frame = null] = mapFrames(frames, mapOf);
    return { ...told, frame };
  }

  function toPause({ frames, variables }: RawPause): Pause {
    const [frame = null] = mapFrames(frames, mapOf);
    return { frame, variables };
  }

  /** What a graph shows and a stack says leads to lines of cells, not of programs. */
  function inCells<E extends Output>(event: E, cell: CellId): E {
    if (event.kind === "stream") return { ...event, ...streamInCells(event, cell) };
    if (!("data" in event)) return event;
    const data = withLines(event.data, (lines) => mapEachFrame(lines, mapOf));
    const text = data["text/plain"];
    if (typeof text !== "string" || !text.includes("cell://")) {
      return data === event.data ? event : { ...event, data };
    }
    return { ...event, data: { ...data, "text/plain": withPlaces(text, cell, mapOf) } };
  }

  function streamInCells({ text, omitted }: Output & { kind: "stream" }, cell: CellId) {
    if (omitted === undefined) return { text: withPlaces(text, cell, mapOf) };
    const head = withPlaces(text.slice(0, omitted.at), cell, mapOf);
    const tail = withPlaces(text.slice(omitted.at), cell, mapOf);
    return { text: head + tail, omitted: { ...omitted, at: head.length } };
  }

  async function file(from: KernelConnection, run: Owned, event: FileEvent): Promise<void> {
    try {
      if (event.kind === "write-file") await files.write(event.name, event.bytes);
      else await from.api.answerRead(event.request, await files.read(event.name));
    } catch (error) {
      const did = event.kind === "write-file" ? "saved" : "read";
      const text = `"${event.name}" could not be ${did}: ${messageOf(error)}\n`;
      await tell([{ kind: "output", ...run, output: { kind: "stream", name: "stderr", text } }]);
      // The cell that waits must not wait for ever.
      if (event.kind === "read-file")
        await from.api.answerRead(event.request, null).catch(() => {});
    }
  }

  return {
    tell: (...notices) => void tell(notices),
    batch(from, { batch, events }) {
      const notices: Notice[] = [];
      for (const { cell, run, event } of events) {
        const owner = { cell, run };
        if (event.kind === "write-file" || event.kind === "read-file") {
          filed = filed.then(() => file(from, owner, event));
        } else if (
          event.kind === "blocked" ||
          event.kind === "package" ||
          event.kind === "training" ||
          event.kind === "recorded"
        ) {
          notices.push({ ...owner, ...event });
        } else if (event.kind === "restored") {
          onRestored(event.left);
        } else if (event.kind === "error") {
          const output = { kind: "error", error: toCellError(event.error) } as const;
          notices.push({ kind: "output", ...owner, output });
        } else if (event.kind === "pause") {
          const output = { kind: "pause", pause: event.pause && toPause(event.pause) } as const;
          notices.push({ kind: "output", ...owner, output });
        } else if (event.kind === "mistake") {
          const output = { kind: "mistake", mistake: toMistake(event.mistake) } as const;
          notices.push({ kind: "output", ...owner, output });
        } else {
          if (event.kind === "display") {
            noteKnob(event.data[KNOB_MIME]);
            for (const view of knobsIn(parseFigureParts(event.data[FIGURE_PARTS_MIME])))
              onKnob(view);
          }
          notices.push({ kind: "output", ...owner, output: inCells(event, cell) });
        }
      }
      // Who writes files faster than a disk takes them waits for it, as for the page.
      const isWriting = events.some(({ event }) => event.kind === "write-file");
      void Promise.all([tell(notices), isWriting ? filed : null]).then(() =>
        from.acknowledge(batch),
      );
    },
    async settled() {
      await filed;
      await shown;
    },
    toCellError,
  };

  function noteKnob(sent: unknown): void {
    const view = sent === undefined ? null : parseKnobView(sent);
    if (view !== null) onKnob(view);
  }
}

type Owned = Pick<Extract<Notice, { kind: "output" }>, "cell" | "run">;

function reportLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

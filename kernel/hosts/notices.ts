/** What a kernel client tells its owner (the page's store, the command line), in order. */
import type { CellNames } from "../compile/compiler.ts";
import type {
  CellError,
  CellId,
  Engine,
  Mistake,
  OutputEvent,
  RunId,
  RunReport,
} from "../protocol.ts";

/** An output as it is shown: errors and mistakes carry positions in cells. */
export type Output =
  | Exclude<OutputEvent, { kind: "error" | "mistake" }>
  | { readonly kind: "mistake"; readonly mistake: Mistake }
  | { readonly kind: "error"; readonly error: CellError };

export type KernelStatus = "starting" | "idle" | "busy" | "dead";

export type Notice =
  | { readonly kind: "queued"; readonly cell: CellId; readonly run: RunId }
  /** Removed from the queue without having run: an earlier cell failed, or Stop. */
  | { readonly kind: "cancelled"; readonly cell: CellId; readonly run: RunId }
  | {
      readonly kind: "started";
      readonly cell: CellId;
      readonly run: RunId;
      readonly executionCount: number;
      readonly names: CellNames | null;
      /** The text that runs: a cell edited since is stale. */
      readonly source: string;
    }
  | { readonly kind: "output"; readonly cell: CellId; readonly run: RunId; readonly output: Output }
  /** `report` is null when the kernel died under the run. */
  | {
      readonly kind: "finished";
      readonly cell: CellId;
      readonly run: RunId;
      readonly status: "ok" | "error" | "interrupted" | "killed";
      readonly report: RunReport | null;
    }
  | {
      readonly kind: "kernel";
      readonly status: KernelStatus;
      /** False: stop is heard at yields only, or the hard way. */
      readonly shared: boolean;
      /** What computes, as soon as it is known. */
      readonly engine?: Engine;
      readonly reason?: string;
    };

export interface RunRequest {
  readonly cell: CellId;
  readonly source: string;
  /** The tag `raises-exception`: an error of this cell does not empty the queue. */
  readonly raisesException?: boolean;
}

/**
 * The owner's handle on a kernel: one queue, run ids, interrupt with a grace time, restart.
 * Implemented by `client.ts`; the same class serves the page and the command line.
 */
export interface KernelClient {
  /** Appends to the queue; resolves when all of these have finished or were cancelled. */
  run(requests: readonly RunRequest[]): Promise<void>;
  /** Soft stop, queue emptied. A second call, or the grace time of 2 s, terminates the kernel. */
  interrupt(): void;
  /** Terminates and starts afresh at once: names gone, queue emptied, counter back to 1. */
  restart(): Promise<void>;
  /** A reader's hand on a knob. Remembered, so a re-run of the cell starts from it. */
  setKnob(id: string, value: number): void;
  close(): void;
}

/** What a kernel client tells its owner (the page's store, the command line), in order. */
import type { Trained } from "../checkpoint.ts";
import type { CellNames } from "../compile/compiler.ts";
import type {
  CellError,
  CellId,
  Engine,
  KnobValue,
  Mistake,
  NetworkEvent,
  OutputEvent,
  Pause,
  RunId,
  RunReport,
} from "../protocol.ts";
import type { RunManner, TrainingEvent } from "../training.ts";

/** An output as it is shown: errors, mistakes and pauses carry positions in cells. */
export type Output =
  | Exclude<OutputEvent, { kind: "error" | "mistake" | "pause" }>
  | { readonly kind: "pause"; readonly pause: Pause | null }
  | { readonly kind: "mistake"; readonly mistake: Mistake }
  | { readonly kind: "error"; readonly error: CellError };

/** `background`: no cell runs, and code of runs that are over goes on. */
export type KernelStatus = "starting" | "idle" | "background" | "busy" | "dead";

/** What a reader is offered after a kernel had to be ended. */
export interface CheckpointOffer {
  readonly trained: readonly Trained[];
  /** It is in the kernel, and comes back as the cells that make its optimisers run. */
  readonly isWaiting: boolean;
}

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
  | ({ readonly cell: CellId; readonly run: RunId } & NetworkEvent)
  | ({ readonly cell: CellId; readonly run: RunId } & TrainingEvent)
  /** The reader's wish is on its way to the cell; null: it is no more. */
  | {
      readonly kind: "wished";
      readonly cell: CellId;
      readonly run: RunId;
      readonly wish: "pause" | "finish" | null;
    }
  /** What an ended kernel was training can be had back; null: it is back, or not wanted. */
  | { readonly kind: "checkpoint"; readonly offer: CheckpointOffer | null }
  /** `report` is null when the kernel died under the run. */
  | {
      readonly kind: "finished";
      readonly cell: CellId;
      readonly run: RunId;
      readonly status: "ok" | "error" | "interrupted" | "killed";
      readonly report: RunReport | null;
    }
  /** A press was answered by a function of the cell, which changed these names. */
  | {
      readonly kind: "answered";
      readonly cell: CellId;
      readonly run: RunId;
      readonly wrote: readonly string[];
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

/** What a reader can do to a running cell besides stopping it. */
export type Steering =
  /** Held at the head of its loop's next turn, where names and figures can be looked at. */
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  /** Of a paused run: on to the head of its loop's next turn. */
  | { readonly kind: "step" }
  /** Ends a loop with a handle as if its condition had become false; the cell goes on. */
  | { readonly kind: "finish"; readonly loop: number }
  /** Turns of its loop a second at the most; null: as many as there can be. */
  | { readonly kind: "pace"; readonly perSecond: number | null }
  /** Of a run that is held or over: figures, weights and random numbers as they were at a recorded step. */
  | { readonly kind: "look"; readonly run: RunId; readonly step: number };

export interface RunRequest {
  readonly cell: CellId;
  readonly source: string;
  /** The tag `raises-exception`: an error of this cell does not empty the queue. */
  readonly raisesException?: boolean;
  /** How it begins and how fast it goes, where that is not as ever. */
  readonly how?: RunManner;
}

/**
 * The owner's handle on a kernel: one queue, run ids, interrupt with a grace time, restart.
 * Implemented by `client.ts`; the same class serves the page and the command line.
 */
export interface KernelClient {
  /** Appends to the queue; resolves when all of these have finished or were cancelled. */
  run(requests: readonly RunRequest[]): Promise<void>;
  /** Which names a text makes and reads; null when it does not compile. Runs nothing. */
  analyze(cell: CellId, source: string): Promise<CellNames | null>;
  /** Soft stop, queue emptied. A second call, or the grace time of 2 s, terminates the kernel. */
  interrupt(): void;
  /** The reader's hand on the running cell; nothing when none runs. */
  steer(how: Steering): void;
  /** Gives what an ended kernel was training to the kernel of now; with false, forgets it. */
  restore(isWanted: boolean): Promise<void>;
  /** Terminates and starts afresh at once: names gone, queue emptied, counter back to 1. */
  restart(): Promise<void>;
  /** A reader's hand on a knob. Remembered, so a re-run of the cell starts from it. */
  setKnob(id: string, value: KnobValue): void;
  /**
   * A press of a button: whether a function of its cell answers it, or it is counted for who reads it;
   * null when there is no such button now.
   */
  pressKnob(id: string): "answered" | "counted" | null;
  close(): void;
}

/** What page and kernel frame say to each other; the frame is trusted, the worker inside it is not. */
import type { Checkpoint } from "../checkpoint.ts";
import type { Guard } from "../compile/compiler.ts";
import type { Engine } from "../protocol.ts";
import type { NetworkAccess } from "./host.ts";
import type { ControlMessage } from "./control.ts";
import type { KernelMessage } from "./serve.ts";
import type { Team } from "./team.ts";

/** Page to frame, once, with two ports: the kernel's, then the owner's. */
export interface StartMessage {
  readonly kind: "start";
  /** The bundle of `browser-worker.ts`. */
  readonly kernel: string;
  readonly network: NetworkAccess;
}

/** Frame to page, on the owner's port. */
export type FrameMessage =
  | {
      readonly kind: "started";
      readonly shared: boolean;
      readonly guard: Guard;
      readonly engine: Engine;
    }
  /** The document is not opaque: no kernel may run in it. */
  | { readonly kind: "refused"; readonly reason: string }
  /** Code of runs that are over goes on for a while now, or does no more. */
  | { readonly kind: "background"; readonly running: boolean }
  /** All that was said before an `echo` is done. */
  | { readonly kind: "echoed" }
  /** With the last checkpoint, where there is one. */
  | { readonly kind: "ended"; readonly reason: string; readonly checkpoint: Checkpoint | null };

/** Page to frame, on the owner's port. */
export type OwnerMessage =
  | ControlMessage
  /** `echoed` answers. */
  | { readonly kind: "echo" }
  /** The kernel shall end, whatever it does; `ended` answers. */
  | { readonly kind: "end" };

/** Frame to worker, once, with the kernel's port. */
export interface BootMessage {
  readonly kernel: string;
  readonly memory: ArrayBufferLike;
  readonly guard: Guard;
  readonly team: Team | null;
  readonly network: NetworkAccess;
}

/** Worker to frame. Anything else is ignored. */
export type WorkerMessage = KernelMessage;

/** How a kernel is started and reached, whoever hosts it: a frame in the browser, a worker thread in Node. */
import type { Checkpoint } from "../checkpoint.ts";
import type { Guard } from "../compile/compiler.ts";
import type { KnobMessage } from "./control.ts";
import type { Engine, EventBatch, KernelApi, RunId } from "../protocol.ts";
import type { Steering } from "./notices.ts";

/** How a kernel ended, and what it leaves. */
export interface KernelEnd {
  readonly reason: string;
  /** What was being trained in it, as it last was. */
  readonly checkpoint: Checkpoint | null;
}

/** A running kernel. Dead after `terminate()`; `ended` then resolves. */
export interface KernelConnection {
  /** Whether interrupt, knobs and credits travel through shared memory, at once even in a busy loop. */
  readonly shared: boolean;
  readonly guard: Guard;
  readonly engine: Engine;
  /** Calls reject when the kernel dies. Replies have been parsed. */
  readonly api: KernelApi;
  /** The one receiver of parsed event batches; malformed ones were dropped and counted. */
  onBatch(receive: (batch: EventBatch) => void): void;
  /** Asks the running cell to stop. Without shared memory it is heard at the next yield. */
  interrupt(): void;
  /** Asks what goes on without a run to stop. `run` is a number that no run has. */
  interruptBackground(run: RunId): void;
  /** Whom to tell when code of runs that are over goes on for a while, or does no more. */
  onBackground(tell: (running: boolean) => void): void;
  /** The reader's hand on a run, which may not have begun yet. */
  steer(run: RunId, how: Steering): void;
  turnKnob(message: KnobMessage): void;
  /** The host has rendered this batch: the kernel may send another. */
  acknowledge(batch: number): void;
  terminate(): void;
  readonly ended: Promise<KernelEnd>;
  readonly malformed: () => number;
}

export interface KernelHost {
  start(): Promise<KernelConnection>;
}

/** What a kernel may reach. A host without a sandbox (Node) keeps nothing from it. */
export interface NetworkAccess {
  /** As `https://cdn.example`: the reader allowed code and data to come from there. None: no network. */
  readonly origins: readonly string[];
  /**
   * Where a package's module lies, with `{name}`, `{version}` and `{path}` to fill in. What comes
   * before and up to the version must also be the address of the package's files.
   */
  readonly packagePattern: string;
  /** Versions this notebook has settled on, by what its cells import: `d3`, `d3@7`. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The files that belong to a notebook: what `save` writes and `load` reads. */
export interface NotebookFiles {
  read(name: string): Promise<Uint8Array | null>;
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** Bundled data sets by name, as the kernel's decoder wants them. `null`: no such data set. */
export interface DataSource {
  readonly names: readonly string[];
  fetch(name: string): Promise<Uint8Array>;
}

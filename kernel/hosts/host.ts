/** How a kernel is started and reached, whoever hosts it: a frame in the browser, a worker thread in Node. */
import type { Guard } from "../compile/compiler.ts";
import type { Engine, EventBatch, KernelApi } from "../protocol.ts";

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
  setKnob(slot: number, value: number): void;
  /** The host has rendered this batch: the kernel may send another. */
  acknowledge(batch: number): void;
  terminate(): void;
  readonly ended: Promise<{ readonly reason: string }>;
  readonly malformed: () => number;
}

export interface KernelHost {
  start(): Promise<KernelConnection>;
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

/** What a kernel is given: its engine, its host and the global scope of its cells. Types only. */
import type { Checkpoint } from "../checkpoint.ts";
import type { Guard } from "../compile/compiler.ts";
import type { Control } from "../hosts/control.ts";
import type { EventBatch, RawMistake } from "../protocol.ts";
import type { CheckpointSource } from "./checkpoints.ts";
import type { LearningSource } from "./learning.ts";
import type { ImportPackage, ModuleTable } from "./modules.ts";
import type { NetworkScope } from "./network-guard.ts";
import type { TimerScope } from "./timers.ts";

/** What the engine tells about training, counted since the kernel began. */
export interface Activity {
  readonly backwards: number;
  readonly steps: number;
  readonly draws: number;
}

/** How the engine tells mistakes that run. `site` was made in the line to look at. */
export interface Mistakes {
  observe(next: (mistake: Omit<RawMistake, "frames"> & { readonly site: Error }) => void): void;
  /** A run begins: what was seen in earlier ones counts no more. */
  begin(): void;
  /** A run is over: last chance to speak. */
  end(): void;
}

export interface KernelEnvironment {
  readonly control: Control;
  readonly guard: Guard;
  readonly send: (batch: EventBatch) => void;
  /** A run begins or has ended: the host ticks busy kernels only. */
  readonly busy: (running: boolean) => void;
  /** Code of runs that are over goes on, or does no more: it is ticked too. */
  readonly background: (running: boolean) => void;
  readonly modules: ModuleTable;
  readonly importPackage: ImportPackage;
  /** What cells may reach; null: there is no sandbox, so nothing is refused. */
  readonly origins: readonly string[] | null;
  readonly activity: Activity;
  /** How often the tensors of a value have been written in place. */
  readonly writesInto: (value: unknown) => number;
  readonly mistakes: Mistakes;
  /** Has calls of the engine that take long ask now and then, by what throws, whether to end. */
  readonly attendInCalls: (attend: () => void) => void;
  /** A run begins; `draws`: its program speaks of graphs, so lines of what it computes will be asked for. */
  readonly beginOrigins: (draws: boolean) => void;
  readonly checkpoints: CheckpointSource;
  readonly learning: LearningSource;
  /** Keeps a checkpoint outside of this realm, in place of the one before. */
  readonly keep: (checkpoint: Checkpoint) => void;
  readonly provideData: (name: string, bytes: Uint8Array) => void;
  /** The global scope of cells. */
  readonly globals: TimerScope & NetworkScope & object;
}

/** The kernel's end of the line, the same in a browser's worker and in Node's: one port for calls and events. */
import { expose, type Endpoint } from "comlink";
import type { Checkpoint } from "../checkpoint.ts";
import type { Guard } from "../compile/compiler.ts";
import type { Engine } from "../protocol.ts";
import { engine, moduleTable } from "../public.ts";
import { createKernel, type Kernel } from "../run/kernel.ts";
import type { ImportPackage } from "../run/modules.ts";
import type { Team } from "./team.ts";
import { applyControl, type Control, type ControlMessage } from "./control.ts";
import { whileIdle } from "./while-idle.ts";

/** What a kernel tells the owner of its control block. */
export type KernelMessage =
  | { readonly kind: "ready"; readonly engine: Engine }
  /** There is work for the threads: they shall start, with these kernels. */
  | { readonly kind: "help"; readonly module: Uint8Array<ArrayBuffer> }
  | { readonly kind: "busy"; readonly running: boolean }
  /** Code of runs that are over goes on, or does no more. */
  | { readonly kind: "background"; readonly running: boolean }
  /** To be kept, in place of the one before, for when the kernel has to be ended. */
  | { readonly kind: "checkpoint"; readonly checkpoint: Checkpoint };

export interface ServeOptions {
  readonly port: Endpoint;
  readonly control: Control;
  readonly guard: Guard;
  /** `transfer` moves arrays without a copy. */
  readonly tellOwner: (message: KernelMessage, transfer?: ArrayBuffer[]) => void;
  readonly importPackage: ImportPackage;
  readonly team: Team | null;
  /** What may be reached; null where nothing stands in the way. */
  readonly origins: readonly string[] | null;
}

export interface ServedKernel extends Pick<Kernel, "reportUncaught"> {
  /** Says that it is ready, and gets the engine so. Programs that come meanwhile wait. */
  begin(): void;
  /** The owner has written to the control block, or asks for it where memory is not shared. */
  receive(message: ControlMessage): void;
}

export function serveKernel(options: ServeOptions): ServedKernel {
  const { port, control, guard, tellOwner, importPackage, team, origins } = options;
  let endPreparing = (): void => {};
  const kernel = createKernel({
    control,
    guard,
    send: (batch) => port.postMessage(batch),
    busy(running) {
      endPreparing();
      tellOwner({ kind: "busy", running });
    },
    background: (running) => tellOwner({ kind: "background", running }),
    modules: moduleTable,
    importPackage,
    origins,
    activity: engine.activity,
    writesInto: engine.writesInto,
    mistakes: engine.mistakes,
    attendInCalls: engine.attendInCalls,
    beginOrigins: engine.beginOrigins,
    checkpoints: engine.checkpoints,
    learning: engine.learning,
    keep: (checkpoint) => tellOwner({ kind: "checkpoint", checkpoint }, [checkpoint.bytes.buffer]),
    provideData: engine.provideData,
    globals: globalThis,
  });
  expose(kernel.api, port);
  return {
    begin() {
      const start = (module: Uint8Array<ArrayBuffer>) => tellOwner({ kind: "help", module });
      // What computes is known when it does: a machine may promise kernels and refuse them.
      tellOwner({ kind: "ready", engine: engine.start(team === null ? null : { ...team, start }) });
      endPreparing = whileIdle(engine.prepare);
    },
    receive(message) {
      // Where memory is shared its owner has written it, and by now perhaps something newer.
      if (guard === "countdown") applyControl(control, message);
      kernel.attend();
    },
    reportUncaught: kernel.reportUncaught,
  };
}

/**
 * The one table of what cells can import. The kernel's module registry is made from it; so will be
 * the package's exports and the declarations that the language service reads.
 */
import * as descent from "./descent.ts";
import { installDisplays } from "./plot/displays.ts";
import { beginOrigins } from "./tensor/autograd/origin.ts";
import { prepareEngine, startEngine } from "./tensor/backends/engine.ts";
import { attendInCalls } from "./tensor/backends/wasm/threads/attend.ts";
import { captureCheckpoint, restoreCheckpoint } from "./tensor/io/checkpoint.ts";
import { beginNotices, endNotices, observeNotices } from "./tensor/notices/notice.ts";
import {
  frameOf,
  frameOfValue,
  restoreFrame,
  sameFrame,
  sizeOfFrames,
  sizeOfValue,
} from "./tensor/io/frame.ts";
import { beginWork, optimizersAtWork } from "./tensor/optim/at-work.ts";
import { describeWork } from "./tensor/optim/description.ts";
import { type GeneratorState, seeds } from "./tensor/random.ts";
import { writesInto } from "./tensor/writes.ts";

keepNames(descent);
installDisplays();

/** Every specifier that is built in, with its namespace. Subpaths are for bundlers. */
export const moduleTable: ReadonlyMap<string, object> = new Map<string, object>([
  ["descent", descent],
  ["descent/data", descent.data],
  ["descent/files", descent.files],
  ["descent/nn", descent.nn],
  ["descent/optim", descent.optim],
  ["descent/plot", descent.plot],
  ["descent/ui", descent.ui],
]);

/** What a kernel itself needs of the engine that its cells use. */
export const engine = {
  start: startEngine,
  prepare: prepareEngine,
  activity: descent.activity,
  writesInto,
  provideData: descent.data.provide,
  manualSeed: descent.manualSeed,
  mistakes: { observe: observeNotices, begin: beginNotices, end: endNotices },
  attendInCalls,
  beginOrigins,
  checkpoints: { begin: beginWork, capture: captureCheckpoint, restore: restoreCheckpoint },
  learning: {
    describe: describeWork,
    seeds,
    manualSeed: descent.manualSeed,
    generator: () => descent.defaultGenerator.getState(),
    setGenerator: (state: GeneratorState) => descent.defaultGenerator.setState(state),
    keep: frameOfValue,
    sizeOf: sizeOfValue,
    capture: frameOf,
    atWork: optimizersAtWork,
    named: (values: ReadonlyMap<string, unknown>) =>
      [...values.values()].filter((value) => value instanceof descent.optim.Optimizer),
    bytesOf: sizeOfFrames,
    restore: restoreFrame,
    same: sameFrame,
  },
};

/**
 * Bundlers rename classes (minified to `t`, even unminified to `_Sequential`), and errors and printed
 * networks say them: each is called by the name under which cells import it.
 */
function keepNames(namespace: object): void {
  for (const [name, value] of Object.entries(namespace) as [string, unknown][]) {
    if (typeof value === "function") Object.defineProperty(value, "name", { value: name });
    else if (isNamespace(value)) keepNames(value);
  }
}

/** A module's namespace has no prototype of its own, before bundling and after. */
function isNamespace(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

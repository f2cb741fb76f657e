/**
 * The one table of what cells can import. The kernel's module registry is made from it; so will be
 * the package's exports and the declarations that the language service reads.
 */
import * as plot from "./plot/index.ts";
import * as ui from "./inputs/index.ts";
import { forever, progress } from "./run/loops.ts";

const descent = { forever, plot, progress, ui };

/** Every specifier that is built in, with its namespace. */
export const moduleTable: ReadonlyMap<string, object> = new Map([["descent", descent]]);

/** What a kernel itself needs of the engine that its cells use. */
export const engine = {
  activity: { backwards: 0, steps: 0, draws: 0 },
  provideData: (_name: string, _bytes: Uint8Array): void => {},
};

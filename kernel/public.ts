/**
 * The one table of what cells can import. The kernel's module registry is made from it; so will be
 * the package's exports and the declarations that the language service reads.
 */
import * as descent from "./descent.ts";
import { beginNotices, endNotices, observeNotices } from "./tensor/notices/notice.ts";

/** Every specifier that is built in, with its namespace. Subpaths are for bundlers. */
export const moduleTable: ReadonlyMap<string, object> = new Map<string, object>([
  ["descent", descent],
  ["descent/data", descent.data],
  ["descent/nn", descent.nn],
  ["descent/optim", descent.optim],
  ["descent/plot", descent.plot],
  ["descent/ui", descent.ui],
]);

/** What a kernel itself needs of the engine that its cells use. */
export const engine = {
  activity: descent.activity,
  provideData: descent.data.provide,
  mistakes: { observe: observeNotices, begin: beginNotices, end: endNotices },
};

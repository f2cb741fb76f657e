/**
 * The module that cells import as "descent": the engine, figures, knobs, loops with a bar, and the
 * notebook's files. `public.ts` says under which names its parts can be imported one by one.
 */
export * from "./tensor/index.ts";
export * as plot from "./plot/index.ts";
export * as ui from "./inputs/index.ts";
export { CheckError, expect } from "./checks/expect.ts";
export * as files from "./run/attached-files.ts";
export { load, save } from "./run/files.ts";
export { forever, progress } from "./run/loops.ts";

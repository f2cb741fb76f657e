/**
 * Imported before an engine: without shared memory it stays on one thread, as on a page that is not
 * isolated. `?shared=no` asks for it.
 */
import { options } from "./options.ts";

if (options.get("shared") === "no") Reflect.deleteProperty(globalThis, "SharedArrayBuffer");

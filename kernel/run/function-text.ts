/** A cell's function as text: without what the compiler has woven in, which means nothing elsewhere. */
import { withoutWoven } from "../compile/woven.ts";

/**
 * Has `String(f)` give what the cell has, so that it can be read, and run in a worker of the cell's own.
 * `functions` is `Function.prototype`.
 */
export function installFunctionText(functions: Function): void {
  // A proxy is native code to whoever asks it for its own text.
  const toString = new Proxy(functions.toString, {
    apply: (native, self) => withoutWoven(Reflect.apply(native, self, [])),
  });
  Object.defineProperty(functions, "toString", { value: toString });
}

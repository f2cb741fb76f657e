/**
 * Errors as a cell's own code meets them, before any card: messages in the cell's words, stacks without
 * our frames.
 */
import { plainMessage } from "../compile/woven.ts";
import { CELL_FUNCTION } from "../compile/wrap.ts";
import { isError } from "./errors.ts";

/** Has an error that the platform made name what the cell names. Gives what it is given; never throws. */
export function caught<T>(thrown: T): T {
  try {
    if (!isError(thrown)) return thrown;
    const message = messageOf(thrown);
    const plain = plainMessage(message);
    if (plain !== message) {
      Object.defineProperty(thrown, "message", {
        value: plain,
        writable: true,
        configurable: true,
      });
    }
  } catch {
    // Proxies and frozen errors stay as they are.
  }
  return thrown;
}

/** Of a class with a message of its own making nothing is asked; the platform's exceptions inherit theirs. */
function messageOf(error: Error): string {
  const own: unknown = Object.getOwnPropertyDescriptor(error, "message")?.value;
  if (own === undefined && error instanceof DOMException) return error.message;
  return typeof own === "string" ? own : "";
}

/** Callbacks for rejections, of `catch` and `allSettled` too, meet errors as catch clauses do. */
export function installPlainRejections(promises: Promise<unknown>): void {
  // A proxy is native code to whoever asks it for its text.
  const then = new Proxy(promises.then, {
    apply(native, self, [onFulfilled, onRejected]: unknown[]) {
      const told =
        typeof onRejected === "function"
          ? (reason: unknown) => Reflect.apply(onRejected, undefined, [caught(reason)]) as unknown
          : onRejected;
      return Reflect.apply(native, self, [onFulfilled, told]) as unknown;
    },
  });
  // oxlint-disable-next-line unicorn/no-thenable -- promises have one
  Reflect.defineProperty(promises, "then", { value: then });
}

/**
 * Has `error.stack` name cells, packages and the platform, and not us. V8 asks a function when a stack is
 * first read; Firefox has an accessor.
 */
export function installPlainStacks(errors: ErrorConstructor): void {
  const [, us = "descent-kernel.js"] =
    /(?:at |\(|@)([^()@\n]+?):\d+:\d+\)?$/m.exec(new Error().stack ?? "") ?? [];
  const plainStack = (lines: readonly string[]) =>
    lines
      .filter((line) => !line.includes(us) && !/[ (@](?:node|data):/.test(line))
      .map((line) => line.replace(topLevel, "$1").replace(`${CELL_FUNCTION}/`, ""))
      .join("\n");
  Object.assign(errors, {
    prepareStackTrace: (error: unknown, sites: readonly unknown[]) =>
      plainStack([headOf(error), ...sites.map((site) => `    at ${String(site)}`)]),
  });
  const accessor = Object.getOwnPropertyDescriptor(errors.prototype, "stack");
  const native = accessor?.get;
  if (native === undefined) return;
  Object.defineProperty(errors.prototype, "stack", {
    ...accessor,
    get(this: unknown) {
      const stack: unknown = Reflect.apply(native, this, []);
      return typeof stack === "string" ? plainStack(stack.split("\n")) : stack;
    },
  });
}

/** A cell's top level has no name for its reader, nor has what V8 calls `eval`. */
const topLevel = new RegExp(`(?:\\${CELL_FUNCTION}|\\beval)(?: \\((cell:.+)\\)$|(?=@))`);

function headOf(error: unknown): string {
  try {
    return plainMessage(Error.prototype.toString.call(error));
  } catch {
    return "Error";
  }
}

/**
 * What a value looks like: its own MIME bundle if it has one, else text. The protocol is that of
 * Jupyter for Deno: a method named `Symbol.for("Jupyter.display")` that returns a bundle, maybe
 * as a promise; an empty bundle shows nothing.
 */
import type { MimeBundle } from "../protocol.ts";
import { inspect } from "./inspect.ts";

export const DISPLAY = Symbol.for("Jupyter.display");

const MIME_TYPE = /^[a-z]+\/[a-zA-Z0-9][\w.+-]*$/;

/** The bundle of a value; null when it shows nothing. */
export function bundleOf(value: unknown): MimeBundle | null | Promise<MimeBundle | null> {
  if (value === undefined) return null;
  const method = displayMethod(value);
  if (method !== null) {
    const made: unknown = method();
    return made instanceof Promise
      ? made.then((bundle: unknown) => asBundle(bundle, value))
      : asBundle(made, value);
  }
  return isMimeBundle(value) ? value : { "text/plain": inspect(value) };
}

function displayMethod(value: unknown): (() => unknown) | null {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return null;
  const method: unknown = Reflect.get(value, DISPLAY);
  return typeof method === "function" ? () => Reflect.apply(method, value, []) as unknown : null;
}

function asBundle(made: unknown, value: unknown): MimeBundle | null {
  if (typeof made === "object" && made !== null && Object.keys(made).length === 0) return null;
  if (isMimeBundle(made)) return made;
  throw new TypeError(
    `display: Symbol.for("Jupyter.display") of ${inspect(value)} must return an object of MIME types, got ${inspect(made)}`,
  );
}

function isMimeBundle(value: unknown): value is MimeBundle {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => MIME_TYPE.test(key));
}

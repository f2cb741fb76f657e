/** Anything a cell can throw, as data. Frames stay in generated coordinates: the host maps them. */
import { parseFrames } from "../compile/frames.ts";
import { plainMessage } from "../compile/woven.ts";
import type { RawError, RawFrame } from "../protocol.ts";
import { inspect } from "./inspect.ts";
import { Interrupted } from "./interrupted.ts";

const MAX_FRAMES = 50;
const MAX_CAUSES = 8;
const MAX_MESSAGE = 20_000;

/** Never throws, whatever getters the thrown value has. */
export function toRawError(thrown: unknown): RawError {
  try {
    return describe(thrown);
  } catch {
    return {
      kind: "runtime",
      name: "Error",
      message: "the cell threw a value that cannot be read",
      frames: [],
      causes: [],
    };
  }
}

/**
 * V8 keeps ten frames of a stack unless told otherwise, and the engine is deeper than that: the
 * cell's own line would be cut off.
 */
export function keepWholeStacks(): void {
  Object.assign(Error, { stackTraceLimit: 2 * MAX_FRAMES });
}

/**
 * The frames inside cells, innermost first; of an error that the platform made outside all of them, as
 * `Promise.any` does, those of what stands behind it. Never throws.
 */
export function framesOf(thrown: unknown): readonly RawFrame[] {
  try {
    if (!isError(thrown)) return [];
    const stacks = [thrown, ...reasonsOf(thrown)].map(framesIn);
    return stacks.find((frames) => frames.length > 0) ?? [];
  } catch {
    // A getter or a proxy that does not let itself be read has no place to tell.
    return [];
  }
}

/**
 * A call whose errors have the place where it was made: what comes back to a cell after a wait has none
 * in Firefox.
 */
export function placed<Given extends unknown[], Result>(
  call: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return async (...given) => {
    const { stack: site = "" } = new Error();
    try {
      return await call(...given);
    } catch (error) {
      if (isError(error) && framesOf(error).length === 0) {
        const value = `${error.stack ?? ""}\n${site.replace(/^Error\n/, "")}`;
        Reflect.defineProperty(error, "stack", { value, writable: true, configurable: true });
      }
      throw error;
    }
  };
}

function framesIn(error: unknown): readonly RawFrame[] {
  if (!isError(error) || typeof error.stack !== "string") return [];
  return parseFrames(error.stack).slice(0, MAX_FRAMES);
}

function describe(thrown: unknown): RawError {
  if (!isError(thrown)) {
    return { kind: "runtime", name: "Thrown", message: textOf(thrown), frames: [], causes: [] };
  }
  const hint = hintOf(thrown);
  return {
    kind: thrown instanceof Interrupted ? "interrupted" : "runtime",
    name: cut(String(thrown.name)),
    message: messageOf(thrown),
    ...(hint === null ? {} : { hint }),
    frames: framesOf(thrown),
    causes: causesOf(thrown),
  };
}

/** For what engines say when there is no room: of V8, then of Firefox. */
const hints: readonly (readonly [message: RegExp, hint: (error: Error) => string])[] = [
  [
    /^maximum call stack size exceeded|^too much recursion/i,
    (error) =>
      isDeep(error)
        ? "A function calls itself and never reaches an end."
        : "Something here nests deeper than there is room for: a pattern, or values within values.",
  ],
  [
    /^invalid (string|array|typed array) length|^array buffer allocation failed|^allocation size overflow|^out of memory/i,
    () => "It is more than there is room for: make it smaller, or work on a part at a time.",
  ],
];

/** Patterns, and what the platform does with values, use the same stack and leave no frames on it. */
function isDeep({ stack = "" }: Error): boolean {
  return stack.split("\n").length > MAX_FRAMES;
}

function hintOf(error: Error): string | null {
  const hint: unknown = Reflect.get(error, "hint");
  if (typeof hint === "string") return cut(hint);
  return hints.find(([engines]) => engines.test(error.message))?.[1](error) ?? null;
}

/** Outermost first; of an error that stands for several, each with its own causes. */
function causesOf(error: Error): RawError["causes"] {
  const causes: { name: string; message: string }[] = [];
  const open: unknown[] = reasonsOf(error);
  const told = new Set([error]);
  while (open.length > 0 && causes.length < MAX_CAUSES) {
    const cause = open.shift();
    if (!isError(cause)) {
      causes.push({ name: "Thrown", message: textOf(cause) });
      continue;
    }
    if (told.has(cause)) continue;
    told.add(cause);
    causes.push({ name: cut(String(cause.name)), message: messageOf(cause) });
    open.unshift(...reasonsOf(cause));
  }
  return causes;
}

/** `cause`, the `errors` of an AggregateError, and the two of a failed `using`. */
function reasonsOf(error: Error): unknown[] {
  const errors: unknown = Reflect.get(error, "errors");
  const several: unknown[] = Array.isArray(errors) ? errors.slice(0, MAX_CAUSES) : [];
  if (error.name === "SuppressedError") {
    several.push(Reflect.get(error, "error"), Reflect.get(error, "suppressed"));
  }
  return error.cause === undefined ? several : [error.cause, ...several];
}

/** The platform's own exceptions are no errors everywhere: some of Firefox's are `DOMException` only. */
export function isError(thrown: unknown): thrown is Error {
  return (
    thrown instanceof Error || Object.prototype.toString.call(thrown) === "[object DOMException]"
  );
}

function messageOf(error: Error): string {
  return cut(plainMessage(String(error.message)));
}

function textOf(thrown: unknown): string {
  return cut(typeof thrown === "string" ? thrown : inspect(thrown));
}

function cut(text: string): string {
  if (text.length <= MAX_MESSAGE) return text;
  return `${text.slice(0, MAX_MESSAGE)}… (${text.length - MAX_MESSAGE} more characters)`;
}

/**
 * Any JavaScript value as text a person can read: like a browser's console, bounded in depth, in
 * items and in length, and never throwing, whatever getters and proxies a value has.
 */
const MAX_DEPTH = 4;
const MAX_ITEMS = 100;
/** Names of an object that are looked at. */
const MAX_ASKED = 1_000;
const MAX_STRING = 2_000;
const MAX_TOTAL = 100_000;
const WIDTH = 80;

/** `value` on one line if it fits 80 columns, else one part a line. Strings come quoted. */
export function inspect(value: unknown): string {
  const text = inspectWithin(value, { depth: 0, parents: [], budget: { left: 20_000 } });
  if (text.length <= MAX_TOTAL) return text;
  return `${text.slice(0, MAX_TOTAL)}… (${text.length - MAX_TOTAL} more characters)`;
}

interface Place {
  readonly depth: number;
  readonly parents: readonly object[];
  /** Parts that may still be printed in the whole text. */
  readonly budget: { left: number };
}

function inspectWithin(value: unknown, place: Place): string {
  if (typeof value === "string") return quote(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "symbol") return value.toString();
  if (Object.is(value, -0)) return "-0";
  if (value === null || (typeof value !== "object" && typeof value !== "function")) {
    return String(value);
  }
  try {
    return inspectObject(value, place);
  } catch (error) {
    return `[cannot be shown: ${error instanceof Error ? error.message : "its getter threw"}]`;
  }
}

function quote(text: string): string {
  const shown = text.length > MAX_STRING ? text.slice(0, MAX_STRING) : text;
  const quoted = JSON.stringify(shown);
  return shown === text ? quoted : `${quoted}… (${text.length - MAX_STRING} more characters)`;
}

function inspectObject(value: object, place: Place): string {
  const cycle = place.parents.indexOf(value);
  if (cycle >= 0) return "[circular]";
  const own = ownText(value);
  if (own !== null) return indent(own, place.depth);
  if (typeof value === "function") return inspectFunction(value);
  if (value instanceof Error) return indent(inspectError(value, place), place.depth);
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? "Invalid Date" : value.toISOString();
  }
  if (value instanceof RegExp) return value.toString();
  if (value instanceof Promise) return "Promise {}";
  if (value instanceof WeakMap || value instanceof WeakSet) return `${nameOf(value)} {}`;
  if (place.depth >= MAX_DEPTH || place.budget.left <= 0) return summary(value);

  const inner: Place = {
    depth: place.depth + 1,
    parents: [...place.parents, value],
    budget: place.budget,
  };
  if (Array.isArray(value)) return inspectArray(value, inner);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    const items = value as unknown as ArrayLike<unknown>;
    return `${nameOf(value)}(${items.length}) ${enclose("[", listItems(items, inner), "]", inner)}`;
  }
  if (value instanceof Map) {
    const parts = limited(value.entries(), value.size, inner, ([key, item]) => {
      return `${inspectWithin(key, inner)} => ${inspectWithin(item, inner)}`;
    });
    return `${nameOf(value)}(${value.size}) ${enclose("{", parts, "}", inner)}`;
  }
  if (value instanceof Set) {
    const parts = limited(value.values(), value.size, inner, (item) => inspectWithin(item, inner));
    return `${nameOf(value)}(${value.size}) ${enclose("{", parts, "}", inner)}`;
  }
  if (value instanceof ArrayBuffer) return `ArrayBuffer(${value.byteLength})`;
  return inspectFields(value, inner);
}

/** What a class says of itself: tensors, modules and figures have their own `toString`. */
function ownText(value: object): string | null {
  const method: unknown = Reflect.get(value, "toString");
  if (typeof method !== "function" || isBuiltIn(method)) return null;
  const text: unknown = Reflect.apply(method, value, []);
  return typeof text === "string" ? text : null;
}

const builtInTexts = new Set<unknown>(
  [Object, Function, Array, Date, RegExp, Error, Int8Array].map(
    (constructor) => (constructor.prototype as object).toString,
  ),
);

function isBuiltIn(method: object): boolean {
  return builtInTexts.has(method) || /\{\s*\[native code\]\s*\}\s*$/.test(sourceOf(method));
}

function sourceOf(value: object): string {
  return Function.prototype.toString.call(value);
}

function inspectFunction(value: object): string {
  const name = String(Reflect.get(value, "name") ?? "");
  const isClass = /^class\b/.test(sourceOf(value));
  return `[${isClass ? "class" : "Function"}${name === "" ? " (anonymous)" : ` ${name}`}]`;
}

function inspectError(error: Error, place: Place): string {
  const head = `${error.name}: ${error.message}`;
  if (error.cause === undefined || place.depth >= MAX_DEPTH) return head;
  const inner = { ...place, depth: place.depth + 1, parents: [...place.parents, error] };
  return `${head}\n  caused by ${inspectWithin(error.cause, inner)}`;
}

function inspectArray(array: readonly unknown[], inner: Place): string {
  const name = nameOf(array);
  const prefix = name === "Array" ? "" : `${name}(${array.length}) `;
  return prefix + enclose("[", listItems(array, inner), "]", inner);
}

function listItems(items: ArrayLike<unknown>, inner: Place): string[] {
  const parts: string[] = [];
  const shown = Math.min(items.length, MAX_ITEMS);
  for (let i = 0; i < shown && inner.budget.left > 0; i++) {
    inner.budget.left -= 1;
    parts.push(i in (items as object) ? inspectWithin(items[i], inner) : "<empty>");
  }
  if (parts.length < items.length) parts.push(`… ${items.length - parts.length} more`);
  return parts;
}

function limited<T>(
  items: Iterable<T>,
  size: number,
  inner: Place,
  print: (item: T) => string,
): string[] {
  const parts: string[] = [];
  for (const item of items) {
    if (parts.length >= MAX_ITEMS || inner.budget.left <= 0) break;
    inner.budget.left -= 1;
    parts.push(print(item));
  }
  if (parts.length < size) parts.push(`… ${size - parts.length} more`);
  return parts;
}

function inspectFields(value: object, inner: Place): string {
  const all = Reflect.ownKeys(value);
  // Each question may be answered by a proxy: of very many names those beyond count as shown ones.
  const asked = all.slice(0, MAX_ASKED).filter((key) => {
    return Object.getOwnPropertyDescriptor(value, key)?.enumerable === true;
  });
  const count = asked.length + Math.max(0, all.length - MAX_ASKED);
  const parts = limited(asked, count, inner, (key) => {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    const text =
      descriptor?.get === undefined ? inspectWithin(descriptor?.value, inner) : "[getter]";
    return `${printKey(key)}: ${text}`;
  });
  const name = nameOf(value);
  return (name === "Object" ? "" : `${name} `) + enclose("{", parts, "}", inner);
}

function printKey(key: string | symbol): string {
  if (typeof key === "symbol") return `[${key.toString()}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? key : JSON.stringify(key);
}

function enclose(open: string, parts: readonly string[], close: string, inner: Place): string {
  if (parts.length === 0) return open + close;
  const padding = open === "{" ? " " : "";
  const line = `${open}${padding}${parts.join(", ")}${padding}${close}`;
  if (line.length + 2 * inner.depth <= WIDTH && !line.includes("\n")) return line;
  const margin = "  ".repeat(inner.depth);
  const lines = open === "[" ? filled(parts, WIDTH - margin.length) : parts;
  return `${open}\n${lines.map((part) => `${margin}${part},\n`).join("")}${margin.slice(2)}${close}`;
}

/** Short items share a line, so that a thousand numbers do not take a thousand lines. */
function filled(parts: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    const joined = line === "" ? part : `${line}, ${part}`;
    if (line !== "" && (joined.length > width || joined.includes("\n"))) {
      lines.push(line);
      line = part;
    } else {
      line = joined;
    }
  }
  if (line !== "") lines.push(line);
  return lines;
}

function indent(text: string, depth: number): string {
  return depth === 0 ? text : text.replaceAll("\n", `\n${"  ".repeat(depth)}`);
}

function summary(value: object): string {
  if (Array.isArray(value)) return `[Array(${value.length})]`;
  return `[${nameOf(value)}]`;
}

function nameOf(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return "[Object: null prototype]";
  const constructor: unknown = Reflect.get(prototype as object, "constructor");
  return typeof constructor === "function" && constructor.name !== "" ? constructor.name : "Object";
}

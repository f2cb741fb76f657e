/** The notebook's top-level names: one box each, shared by all cells. See `Box` for the rules. */
import type { Box, DefinitionKind } from "../compile/cell-interface.ts";
import { intrinsics } from "../compile/intrinsics.ts";
import { nearest } from "./nearest.ts";

/** What cells have besides the language. */
const outside = ["display", "clear", "setTimeout", "setInterval", "fetch", "structuredClone"];

/** The values of all names at one moment; a name without a value is absent. */
export type ScopeSnapshot = ReadonlyMap<string, unknown>;

/** What names stood for at one moment, and how often that had been written in place. */
export interface ScopeState {
  readonly values: ScopeSnapshot;
  readonly writes: ReadonlyMap<string, number>;
}

export interface Scope {
  box(name: string): Box;
  define(name: string, kind: DefinitionKind): Box;
  peek(box: Box, name: string): unknown;
  /** A run begins: none of its names has been declared yet. */
  beginRun(): void;
  snapshot(): ScopeState;
  /** The values of the names that no cell has imported, but for those that refuse to be asked what they are. */
  ownValues(): ScopeSnapshot;
  /** Has a name stand for a value again that it had before. */
  rebind(name: string, value: unknown): void;
  /** Names that have another value than in `before`, or tensors written since: what a run wrote. */
  changedSince(before: ScopeState): string[];
}

/**
 * `writesInto`: how often the tensors of a value have been written in place. `offered`: what a cell
 * would have with an import from "descent".
 */
export function createScope(
  writesInto: (value: unknown) => number = () => 0,
  offered: object = {},
): Scope {
  const boxes = new Map<string, Box>();
  const empty = new Set<string>();
  const declared = new Set<string>();
  const imported = new Set<string>();
  let declaredByRun = new Set<string>();

  function box(name: string): Box {
    let found = boxes.get(name);
    if (found === undefined) {
      found = emptyBox(name);
      boxes.set(name, found);
    }
    return found;
  }

  /** An accessor until the first write; then a plain property, which engines make fast. */
  function emptyBox(name: string): Box {
    empty.add(name);
    const created: object = {};
    Object.defineProperty(created, "v", {
      configurable: true,
      enumerable: true,
      get: () => readEmpty(name),
      set: (value: unknown) => {
        if (declared.has(name)) fill(created as Box, name, value);
        else writeUndeclared(name, value);
      },
    });
    return created as Box;
  }

  function fill(target: Box, name: string, value: unknown): void {
    empty.delete(name);
    Object.defineProperty(target, "v", {
      configurable: true,
      enumerable: true,
      writable: true,
      value,
    });
  }

  function readEmpty(name: string): unknown {
    if (name in globalThis) return Reflect.get(globalThis, name);
    throw undefinedName(name);
  }

  function writeUndeclared(name: string, value: unknown): void {
    if (!(name in globalThis)) throw undefinedName(name);
    Reflect.set(globalThis, name, value);
  }

  function undefinedName(name: string): ReferenceError {
    if (declaredByRun.has(name)) {
      return new ReferenceError(`${name} is used before the line that defines it`);
    }
    const error = new ReferenceError(
      `${name} is not defined (run the cell that defines it first)`,
    ) as ReferenceError & { hint?: string };
    const hint = hintFor(name);
    if (hint !== null) error.hint = hint;
    return error;
  }

  function hintFor(name: string): string | null {
    if (Object.hasOwn(offered, name)) return `Import it: import { ${name} } from "descent"`;
    const known = [...boxes.keys()].filter((other) => !empty.has(other));
    const guess = nearest(name, known) ?? nearest(name, [...intrinsics, ...outside]);
    if (guess !== null) return `Did you mean ${guess}?`;
    const meant = nearest(name, Object.keys(offered));
    return meant === null
      ? null
      : `Did you mean ${meant}? Import it: import { ${meant} } from "descent"`;
  }

  function valuesNow(): Map<string, unknown> {
    const values = new Map<string, unknown>();
    for (const [name, found] of boxes) if (!empty.has(name)) values.set(name, found.v);
    return values;
  }

  return {
    box,
    define(name, kind) {
      const found = box(name);
      declared.add(name);
      declaredByRun.add(name);
      if (kind === "import") imported.add(name);
      else imported.delete(name);
      if (kind === "enum" || (kind === "var" && empty.has(name))) fill(found, name, undefined);
      return found;
    },
    peek(target, name) {
      if (!empty.has(name)) return target.v;
      return Reflect.get(globalThis, name);
    },
    beginRun() {
      declaredByRun = new Set();
    },
    snapshot() {
      const values = valuesNow();
      const writes = new Map([...values].map(([name, value]) => [name, writesInto(value)]));
      return { values, writes };
    },
    ownValues: () =>
      new Map([...valuesNow()].filter(([name, value]) => !imported.has(name) && isReadable(value))),
    rebind(name, value) {
      fill(box(name), name, value);
    },
    changedSince({ values, writes }) {
      const changed: string[] = [];
      for (const [name, found] of boxes) {
        if (empty.has(name)) continue;
        const isOther = !values.has(name) || !Object.is(values.get(name), found.v);
        if (isOther || writes.get(name) !== writesInto(found.v)) changed.push(name);
      }
      return changed;
    },
  };
}

/** A proxy may throw at the first question. */
function isReadable(value: unknown): boolean {
  try {
    Object.getPrototypeOf(Object(value));
    return true;
  } catch {
    return false;
  }
}

/** The tree of modules: what hangs on one, under which name, and how the whole is printed. */
import type { Module } from "./module.ts";

/** Own fields in the order they were written, entries of arrays one by one as `field.0`. */
export function fieldsOf(module: object): [string, unknown][] {
  return Object.entries(module).flatMap(([name, value]: [string, unknown]): [string, unknown][] =>
    Array.isArray(value)
      ? value.map((entry: unknown, i): [string, unknown] => [`${name}.${i}`, entry])
      : [[name, value]],
  );
}

export function dotted(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}

/**
 * `module` and all below it, parents first. A module that hangs in several places comes once for
 * each, but never below itself.
 */
export function* places(
  module: Module,
  path = "",
  above: readonly Module[] = [],
): Generator<[string, Module]> {
  if (above.includes(module)) return;
  yield [path, module];
  for (const [name, child] of module.namedChildren())
    yield* places(child, dotted(path, name), [...above, module]);
}

/** Which names a pattern means: a parameter, all below a module, `*` for any run of characters. */
export function nameTest(pattern: string | RegExp): (name: string) => boolean {
  if (pattern instanceof RegExp) return (name) => pattern.test(name);
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const whole = new RegExp(`^${parts.join(".*")}(\\..*)?$`);
  return (name) => whole.test(name);
}

/** The tree as PyTorch prints it; an array of modules looks like the `ModuleList` it stands for. */
export function printTree(module: Module): string {
  const lines = childLines(module.namedChildren());
  const own = module.describe();
  const name = module.constructor.name;
  if (lines.length === 0) return `${name}(${own})`;
  return block(name, own === "" ? lines : [own, ...lines]);
}

function childLines(children: readonly (readonly [string, Module])[]): string[] {
  const lists = new Map<string, [string, Module][]>();
  const lines: (() => string)[] = [];
  for (const [name, child] of children) {
    const [list, entry] = split(name);
    if (entry === null) {
      lines.push(() => `(${name}): ${printTree(child)}`);
      continue;
    }
    const found = lists.get(list);
    if (found !== undefined) {
      found.push([entry, child]);
      continue;
    }
    const entries: [string, Module][] = [[entry, child]];
    lists.set(list, entries);
    lines.push(() => `(${list}): ${block("ModuleList", childLines(entries))}`);
  }
  return lines.map((line) => line());
}

/** `layers.0` into the list and the entry. */
function split(name: string): [string, string | null] {
  const dot = name.lastIndexOf(".");
  return dot < 0 ? [name, null] : [name.slice(0, dot), name.slice(dot + 1)];
}

function block(name: string, lines: readonly string[]): string {
  return `${name}(\n  ${lines.map((line) => line.replaceAll("\n", "\n  ")).join("\n  ")}\n)`;
}

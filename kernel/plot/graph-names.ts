/** What the tensors and modules of a computation are called: by their notebook, their network, or their cell. */
import { surface } from "../run/surface.ts";
import { Module } from "../tensor/nn/module.ts";

/** Names for what has none, or another in the notebook. */
export type Names = Readonly<Record<string, object>>;

export interface GraphNames {
  /** "" for what has no name. */
  of(thing: object): string;
  /** The innermost module that a parameter belongs to, with those around it, the outermost first. */
  ownersOf(parameter: object): readonly Module[];
}

/** `roots`: networks that took part, whether they have a name or not. */
export function graphNames(given: Names, roots: readonly Module[]): GraphNames {
  const names = new Map<object, string>();
  const owners = new Map<object, readonly Module[]>();
  const note = (thing: unknown, name: string) => {
    const isThing = (typeof thing === "object" && thing !== null) || typeof thing === "function";
    if (isThing && !names.has(thing)) names.set(thing, name);
  };
  for (const [name, thing] of [...Object.entries(given), ...surface().names()]) note(thing, name);
  const networks = [...names.keys()].filter((thing) => thing instanceof Module);
  // A layer that hangs in a network is known by its place there, whatever else the notebook calls it.
  const inner = new Set([...networks, ...roots].flatMap((root) => below(root)));
  const outermost = new Set([...networks, ...roots].filter((each) => !inner.has(each)));
  for (const root of outermost) {
    const name = names.get(root) ?? root.constructor.name;
    names.set(root, name);
    const byPath = new Map(root.namedModules());
    for (const [path, module] of byPath) if (path !== "") names.set(module, `${name}.${path}`);
    for (const [path, parameter] of root.namedParameters()) {
      names.set(parameter, `${name}.${path}`);
      owners.set(parameter, ownersAlong(path, byPath));
    }
  }
  return {
    of: (thing) => names.get(thing) ?? "",
    ownersOf: (parameter) => owners.get(parameter) ?? [],
  };
}

function below(root: Module): readonly Module[] {
  return root.namedModules().flatMap(([path, module]) => (path === "" ? [] : [module]));
}

/** Of "hidden.0.weight": the network, `hidden` if it is a module, `hidden.0`. */
function ownersAlong(path: string, modules: ReadonlyMap<string, Module>): readonly Module[] {
  const parts = path.split(".");
  return parts.flatMap((_, i) => modules.get(parts.slice(0, i).join(".")) ?? []);
}

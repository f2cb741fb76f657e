/** What the `import` of a cell gives. */
import type { NetworkEvent } from "../protocol.ts";
import { nearest } from "./nearest.ts";

export type ModuleTable = ReadonlyMap<string, object>;
export type TellNetwork = (event: NetworkEvent) => void;
/** Gives a package's namespace from where this host takes packages. */
export type ImportPackage = (specifier: string, tell: TellNetwork) => Promise<object>;

export interface Modules {
  import(specifier: string): Promise<object>;
  named(namespace: object, name: string, specifier: string): unknown;
}

export function createModules(
  builtIn: ModuleTable,
  importPackage: ImportPackage,
  teller: () => TellNetwork,
): Modules {
  return {
    async import(specifier) {
      const found = builtIn.get(specifier);
      if (found !== undefined) return found;
      const guess = nearest(specifier, builtIn.keys());
      if (/^descent(?:\/|$)/.test(specifier)) {
        const there = quoted(builtIn.keys());
        const message = `import: there is no module "${specifier}" here, built in are ${there}`;
        throw hinted(new Error(message), guess && `Did you mean "${guess}"?`);
      }
      try {
        return await importPackage(specifier, teller());
      } catch (error) {
        throw guess !== null && error instanceof Error
          ? hinted(error, `Did you mean "${guess}"?`)
          : error;
      }
    },
    named(namespace, name, specifier) {
      if (name in namespace) return Reflect.get(namespace, name);
      const names = Object.keys(namespace);
      const guess = nearest(name, names);
      const hint =
        names.length === 0
          ? "It exports nothing: it may be a script for pages, not a module."
          : guess && `Did you mean ${guess}?`;
      throw hinted(new SyntaxError(`import: "${specifier}" has no export named ${name}`), hint);
    },
  };
}

function hinted(error: Error, hint: string | null): Error {
  return hint === null ? error : Object.assign(error, { hint });
}

function quoted(names: Iterable<string>): string {
  return [...names].map((name) => `"${name}"`).join(", ");
}

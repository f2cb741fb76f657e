/** What the `import` of a cell gives. */
import { nearest } from "./nearest.ts";

export type ModuleTable = ReadonlyMap<string, object>;
/** Gives a package's namespace, where the host has a place to take packages from. */
export type ImportPackage = (specifier: string) => Promise<object>;

export interface Modules {
  import(specifier: string): Promise<object>;
  named(namespace: object, name: string, specifier: string): unknown;
}

export function createModules(builtIn: ModuleTable, importPackage: ImportPackage | null): Modules {
  return {
    async import(specifier) {
      const found = builtIn.get(specifier);
      if (found !== undefined) return found;
      const name = specifier.replace(/^npm:/, "");
      if (specifier.startsWith("descent") || importPackage === null) {
        const error = new Error(
          `import: there is no module "${specifier}" here, built in are ${quoted(builtIn.keys())}`,
        ) as Error & { hint?: string };
        const guess = nearest(name, builtIn.keys());
        if (guess !== null) error.hint = `Did you mean "${guess}"?`;
        throw error;
      }
      return importPackage(name);
    },
    named(namespace, name, specifier) {
      if (name in namespace) return Reflect.get(namespace, name);
      const error = new SyntaxError(
        `import: "${specifier}" has no export named ${name}`,
      ) as SyntaxError & { hint?: string };
      const guess = nearest(name, Object.keys(namespace));
      if (guess !== null) error.hint = `Did you mean ${guess}?`;
      throw error;
    },
  };
}

function quoted(names: Iterable<string>): string {
  return [...names].map((name) => `"${name}"`).join(", ");
}

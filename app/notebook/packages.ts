/**
 * Which packages a notebook imports from where, in its metadata under `descent`: `cdn`, a pattern
 * of addresses, and `packages`, the versions its imports have settled on.
 */
import { isVersion } from "../../kernel/protocol.ts";
import { isJsonObject, type Metadata, type Notebook } from "./document.ts";

/** Versions by what a cell writes, `d3` or `d3@7`. */
export function versionsOf({ descent }: Metadata): Readonly<Record<string, string>> {
  const packages = isJsonObject(descent) ? descent["packages"] : undefined;
  if (!isJsonObject(packages)) return {};
  const pairs = Object.entries(packages).filter((pair): pair is [string, string] =>
    isVersion(pair[1]),
  );
  return Object.fromEntries(pairs);
}

/** Where this notebook wants its packages from, if it says so. */
export function packagePatternOf({ descent }: Metadata): string | null {
  const pattern = isJsonObject(descent) ? descent["cdn"] : undefined;
  return typeof pattern === "string" && isPackagePattern(pattern) ? pattern : null;
}

/** An address of the web with places for a package's name and version. */
export function isPackagePattern(pattern: string): boolean {
  const parts = /^https?:\/\/[^/{}\s]+\/\S*\{name\}\S*\{version\}/;
  return parts.test(pattern) && URL.canParse(pattern);
}

/** No notebook imports more; a kernel that says so is none of ours. */
const MOST_PACKAGES = 200;

/** The notebook with an import settled on a version. */
export function pinPackage(notebook: Notebook, wanted: string, version: string): Notebook {
  const { metadata } = notebook;
  const { descent } = metadata;
  const own = isJsonObject(descent) ? descent : {};
  const packages = { ...versionsOf(metadata), [wanted]: version };
  if (Object.keys(packages).length > MOST_PACKAGES) return notebook;
  return { ...notebook, metadata: { ...metadata, descent: { ...own, packages } } };
}

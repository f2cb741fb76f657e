/**
 * Which packages a notebook imports from where, in its metadata under `descent`: `cdn`, a pattern
 * of addresses, and `packages`, the versions its imports have settled on.
 */
import { isVersion } from "../../kernel/protocol.ts";
import { isJsonObject, type Json, type Metadata, type Notebook } from "./document.ts";
import type { Edit } from "./edits.ts";

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

/** Has this notebook's packages come from elsewhere; null: from where the page takes them. */
export function takePackagesFrom({ metadata }: Notebook, pattern: string | null): Edit {
  return { kind: "set-notebook-metadata", metadata: withOwn(metadata, "cdn", pattern) };
}

/** No notebook imports more; a kernel that says so is none of ours. */
const MOST_PACKAGES = 200;

/** The notebook with an import settled on a version. */
export function pinPackage(notebook: Notebook, wanted: string, version: string): Notebook {
  const { metadata } = notebook;
  const packages = { ...versionsOf(metadata), [wanted]: version };
  if (Object.keys(packages).length > MOST_PACKAGES) return notebook;
  return { ...notebook, metadata: withOwn(metadata, "packages", packages) };
}

/** The notebook with the versions that `other` has settled on. */
export function withPinsOf(notebook: Notebook, other: Notebook): Notebook {
  const packages = versionsOf(other.metadata);
  const pins = Object.keys(packages).length > 0 ? packages : null;
  return { ...notebook, metadata: withOwn(notebook.metadata, "packages", pins) };
}

/** One of our own keys set; null takes it away. */
function withOwn(metadata: Metadata, key: string, value: Json): Metadata {
  const { descent, ...others } = metadata;
  const { [key]: _, ...own } = isJsonObject(descent) ? descent : {};
  const ours = value === null ? own : { ...own, [key]: value };
  return Object.keys(ours).length > 0 ? { ...others, descent: ours } : others;
}

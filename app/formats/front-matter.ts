/**
 * What a percent file says of the whole notebook, in a comment at its top between two `// ---`:
 * `key: value` lines. The title, the silenced notices, and where packages come from at which versions
 * are the notebook's; the rest is kept as it stands.
 */
import { isJsonObject, type Json, type Metadata, type Notebook } from "../notebook/document.ts";
import { isPackagePattern, packagePatternOf, versionsOf } from "../notebook/packages.ts";
import { silencedBy } from "../notebook/silenced.ts";

const FENCE = "// ---";
const KEY = "front_matter";
/** As YAML writes a short list. */
const SILENCED = /^silenced: \[([\w-]+(?:, [\w-]+)*)\]$/;
const CDN = /^cdn: (\S+)$/;
/** YAML too: `{"d3": "7.9.0", "lodash@4": "4.17.21"}`. */
const PACKAGES = /^packages: (\{.*\})$/;

/** The notebook's metadata, and the line after the front matter: 0 where there is none. */
export function parseFrontMatter(lines: readonly string[]): {
  readonly metadata: Metadata;
  readonly end: number;
} {
  const close = lines.indexOf(FENCE, 1);
  const inside = lines.slice(1, close);
  if (lines[0] !== FENCE || close < 0 || !inside.every((line) => /^\/\/( |$)/.test(line))) {
    return { metadata: {}, end: 0 };
  }
  const said = inside.map((line) => line.replace(/^\/\/ ?/, ""));
  const titleAt = said.findIndex((line) => line.startsWith("title: "));
  const title = said[titleAt]?.slice("title: ".length);
  const cdnAt = said.findLastIndex((line) => isPackagePattern(CDN.exec(line)?.[1] ?? ""));
  const cdn = CDN.exec(said[cdnAt] ?? "")?.[1];
  const packagesAt = said.findLastIndex((line) => readPackages(line) !== null);
  const packages = readPackages(said[packagesAt] ?? "");
  const silencedAt = said.findLastIndex((line) => SILENCED.test(line));
  const silenced = SILENCED.exec(said[silencedAt] ?? "")?.[1]?.split(", ");
  const known = [titleAt, cdnAt, packagesAt, silencedAt];
  const rest = said.filter((_, index) => !known.includes(index)).join("\n");
  const ours = {
    ...(rest === "" ? {} : { [KEY]: rest }),
    ...(cdn === undefined ? {} : { cdn }),
    ...(packages === null ? {} : { packages }),
    ...(silenced === undefined ? {} : { silenced }),
  };
  return {
    metadata: {
      ...(title === undefined ? {} : { title }),
      ...(Object.keys(ours).length === 0 ? {} : { descent: ours }),
    },
    end: close + 1,
  };
}

/** The comment for this metadata, without a line break at its end; "" if there is nothing to say. */
export function printFrontMatter(metadata: Metadata): string {
  const { title } = metadata;
  const rest = kept(metadata);
  const cdn = packagePatternOf(metadata);
  const packages = printPackages(versionsOf(metadata));
  const silenced = `silenced: [${silencedBy(metadata).filter(isWord).join(", ")}]`;
  const said = [
    ...(typeof title === "string" ? [`title: ${title.replace(/\s*\n\s*/g, " ")}`] : []),
    ...(rest === "" ? [] : rest.split("\n")),
    ...(cdn === null ? [] : [`cdn: ${cdn}`]),
    ...(packages === null ? [] : [packages]),
    ...(SILENCED.test(silenced) ? [silenced] : []),
  ];
  if (said.length === 0) return "";
  return [FENCE, ...said.map((line) => (line === "" ? "//" : `// ${line}`)), FENCE].join("\n");
}

/** The keys of a notebook's front matter with their values as written, the title among them. */
export function frontMatterOf({ metadata }: Notebook): ReadonlyMap<string, string> {
  const pairs = kept(metadata)
    .split("\n")
    .flatMap((line): [string, string][] => {
      const match = /^([A-Za-z_][\w-]*):\s*(.*)$/.exec(line);
      return match === null ? [] : [[match[1] ?? "", match[2] ?? ""]];
    });
  const { title } = metadata;
  return new Map([...(typeof title === "string" ? [["title", title] as const] : []), ...pairs]);
}

/** The versions that a line pins; null when it is no such line, or not one of ours. */
function readPackages(line: string): Readonly<Record<string, string>> | null {
  const text = PACKAGES.exec(line)?.[1];
  if (text === undefined) return null;
  try {
    const packages = versionsOf({ descent: { packages: JSON.parse(text) as Json } });
    return printPackages(packages) === line ? packages : null;
  } catch {
    // YAML of another kind: it stays with what is kept as it stands.
    return null;
  }
}

/** Null where nothing is pinned. */
function printPackages(packages: Readonly<Record<string, string>>): string | null {
  const pairs = Object.entries(packages).map((pair) => pair.map((each) => JSON.stringify(each)));
  if (pairs.length === 0) return null;
  return `packages: {${pairs.map((pair) => pair.join(": ")).join(", ")}}`;
}

const isWord = (rule: string): boolean => /^[\w-]+$/.test(rule);

function kept(metadata: Metadata): string {
  const { descent } = metadata;
  const text = isJsonObject(descent) ? descent[KEY] : undefined;
  return typeof text === "string" ? text : "";
}

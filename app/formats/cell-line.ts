/**
 * The line that opens a cell in the percent format: `// %% [markdown] id="knobs-3" tags=["exercise"]`.
 * Jupytext's rules (a title, a type in brackets, `key=value` in JSON) with one addition: `[exercise]`
 * is a code cell whose first tag is `exercise`.
 */
import type { CellType, Json, Metadata } from "../notebook/document.ts";
import { FormatError } from "./format-error.ts";
import { printJsonLine } from "./json.ts";

export interface CellLine {
  readonly type: CellType;
  /** As written; without one, the cell is known by its place. */
  readonly id?: string;
  readonly metadata: Metadata;
}

const MARKER = /^\/\/ %%(?:[ \t]+([^]*))?$/;
const TYPES: Readonly<Record<string, CellType>> = {
  code: "code",
  markdown: "markdown",
  md: "markdown",
  raw: "raw",
};
const EXERCISE = "exercise";
/** Keys written first, in this order; others follow in their own. */
const FIRST = ["tags", "for", "title"];

export function isCellLine(line: string): boolean {
  return MARKER.test(line);
}

/**
 * What a cell line says.
 * @throws FormatError when it sets `id`, `tags`, `for` or `title` to something that is not JSON
 */
export function parseCellLine(line: string, lineNumber: number): CellLine {
  const rest = (MARKER.exec(line)?.[1] ?? "").trim();
  const { words, options } = splitOptions(rest, lineNumber);
  const bracket = /(?:^|\s)\[(code|markdown|md|raw|exercise)\]$/.exec(words);
  const kind = bracket?.[1] ?? "code";
  const title = words.slice(0, bracket?.index ?? words.length).trim();
  const { id, tags, ...metadata } = options;
  if (id !== undefined && typeof id !== "string") {
    throw new FormatError(`percent: id=${printJsonLine(id)} - wanted text in quotes`, lineNumber);
  }
  const listed = tags === undefined ? [] : tags;
  if (!Array.isArray(listed) || !listed.every((tag) => typeof tag === "string")) {
    throw new FormatError(
      `percent: tags=${printJsonLine(tags)} - wanted a list like ["setup"]`,
      lineNumber,
    );
  }
  const all = kind === EXERCISE && listed[0] !== EXERCISE ? [EXERCISE, ...listed] : listed;
  return {
    type: TYPES[kind] ?? "code",
    ...(id === undefined ? {} : { id }),
    metadata: {
      ...(all.length > 0 ? { tags: all } : {}),
      ...(title === "" ? {} : { title }),
      ...metadata,
    },
  };
}

/** The line for a cell. A title stands bare where nothing else is said, else as `title="..."`. */
export function printCellLine({ type, id, metadata }: CellLine): string {
  const { tags, id: _, ...others } = metadata;
  const all: readonly Json[] = Array.isArray(tags) ? tags : [];
  const exercise = type === "code" && all[0] === EXERCISE;
  const bracket = exercise ? EXERCISE : type === "code" ? "" : type;
  const listed = exercise ? all.slice(1) : all;
  const said: Metadata = listed.length > 0 ? { ...others, tags: listed } : others;

  const alone = bracket === "" && id === undefined && Object.keys(said).length === 1;
  if (alone && typeof said["title"] === "string") {
    const line = `// %% ${said["title"]}`;
    if (isBareTitle(line, said["title"])) return line;
  }
  const keys = [
    ...FIRST.filter((key) => Object.hasOwn(said, key)),
    ...Object.keys(said).filter((key) => !FIRST.includes(key) && isKey(key)),
  ];
  return [
    "// %%",
    ...(bracket === "" ? [] : [`[${bracket}]`]),
    ...(id === undefined ? [] : [`id=${printJsonLine(id)}`]),
    ...keys.map((key) => `${key}=${printJsonLine(said[key])}`),
  ].join(" ");
}

function isBareTitle(line: string, title: string): boolean {
  if (!isCellLine(line)) return false;
  try {
    const { type, id, metadata } = parseCellLine(line, 1);
    const only = Object.keys(metadata).length === 1 && metadata["title"] === title;
    return only && type === "code" && id === undefined;
  } catch (error) {
    // A title like `tags=[` reads as a broken option: it is written in quotes.
    if (error instanceof FormatError) return false;
    throw error;
  }
}

/** Where the words end and `key=value` up to the end of the line begins. */
function splitOptions(
  rest: string,
  lineNumber: number,
): { readonly words: string; readonly options: Metadata } {
  for (const start of rest.matchAll(/(?<=^|\s)[A-Za-z_][\w.-]*=/g)) {
    const options = parseOptions(rest.slice(start.index));
    if (options !== null) return { words: rest.slice(0, start.index).trim(), options };
    if (/^(id|tags|for|title)=["[]/.test(rest.slice(start.index))) {
      throw new FormatError(
        `percent: "${rest.slice(start.index)}" - wanted key=value with values in JSON`,
        lineNumber,
      );
    }
  }
  return { words: rest, options: {} };
}

const KEY = /([A-Za-z_][\w.-]*)=/y;

function isKey(key: string): boolean {
  return /^[A-Za-z_][\w.-]*$/.test(key);
}

/** `a="x" b=[1, 2]` to its end; `null` when it is anything else. */
function parseOptions(text: string): Metadata | null {
  const entries: [string, Json][] = [];
  let at = 0;
  while (at < text.length) {
    KEY.lastIndex = at;
    const key = KEY.exec(text)?.[1];
    if (key === undefined) return null;
    const end = endOfValue(text, KEY.lastIndex);
    try {
      entries.push([key, JSON.parse(text.slice(KEY.lastIndex, end)) as Json]);
    } catch {
      // Not JSON: then these are words that happen to hold an equals sign.
      return null;
    }
    at = end;
    while (text[at] === " " || text[at] === "\t") at += 1;
  }
  return Object.fromEntries(entries);
}

/** The offset of the first blank after `start` that is in no string and in no bracket. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at] as string;
    if (quoted) {
      if (char === "\\") at += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === "[" || char === "{") depth += 1;
    else if (char === "]" || char === "}") depth -= 1;
    else if (depth === 0 && /\s/.test(char)) return at;
  }
  return text.length;
}

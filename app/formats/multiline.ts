/** nbformat's texts: one string in memory, a list of lines in a file, so that diffs go by line. */
import { isJsonObject } from "../notebook/document.ts";

/** Where Python's `splitlines` breaks, which decides the bytes that Jupyter writes. */
const BREAKS = new Set("\n\r\v\f\u001c\u001d\u001e\u0085\u2028\u2029");

/** The lines of a text, each with its break. No lines for the empty text. */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (!BREAKS.has(text.charAt(at))) continue;
    if (text.startsWith("\r\n", at)) at += 1;
    lines.push(text.slice(start, at + 1));
    start = at + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** The text of a string or list of strings; `null` for anything else. */
export function joinLines(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((line) => typeof line === "string")) {
    return value.join("");
  }
  return null;
}

/** A MIME bundle as in memory: texts joined, JSON as it is. */
export function joinBundle<T>(bundle: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return mapBundle(bundle, (mime, value) =>
    isJsonMime(mime) ? value : ((joinLines(value) as T | null) ?? value),
  );
}

/** A MIME bundle as in a file: texts that have lines are split, pictures in base64 are not. */
export function splitBundle(
  bundle: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return mapBundle(bundle, (mime, value) =>
    typeof value === "string" && hasLines(mime) ? splitLines(value) : value,
  );
}

/** The attachments of a cell: a MIME bundle for each file name. */
export function mapAttachments<T>(
  attachments: Readonly<Record<string, T>>,
  change: (bundle: Readonly<Record<string, T>>) => unknown,
): Readonly<Record<string, T>> {
  return mapBundle(attachments, (_name, bundle) =>
    isJsonObject(bundle) ? (change(bundle as Readonly<Record<string, T>>) as T) : bundle,
  );
}

function mapBundle<From, To>(
  bundle: Readonly<Record<string, From>>,
  change: (key: string, value: From) => To,
): Readonly<Record<string, To>> {
  // Not by assignment: a key may be `__proto__`.
  return Object.fromEntries(
    Object.entries(bundle).map(([key, value]) => [key, change(key, value)]),
  );
}

function isJsonMime(mime: string): boolean {
  return /^application\/(?:.*\+)?json$/.test(mime);
}

function hasLines(mime: string): boolean {
  return mime.startsWith("text/") || mime === "application/javascript" || mime === "image/svg+xml";
}

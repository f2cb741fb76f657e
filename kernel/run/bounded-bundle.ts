/**
 * Bundles that a page can take: JSON, of a size that it can read at once. A text keeps its head and
 * tail; what is too large or no JSON at all says so in its place.
 */
import { type Budget, isJson } from "../plain-data.ts";
import type { MimeBundle } from "../protocol.ts";

/** Of a text, in UTF-16 units. */
const MOST_TEXT = 1_000_000;
/** Of anything else that is written as text: markup, pictures. */
const MOST_MARKUP = 16_000_000;
/** Of all in a bundle, as {@link Budget} counts: what a page reads of a batch is some three times that. */
const MOST = { left: 40 * 1024 * 1024, items: 300_000 };

interface Bounded {
  readonly bundle: MimeBundle;
  /** What it costs to hold and to send, in characters of plain text. */
  readonly size: number;
}

/** The same bundle when nothing in it is too long. */
export function boundedBundle(bundle: MimeBundle): Bounded {
  const short = withoutTooLong(bundle);
  const measured = measure(short);
  if (typeof measured === "number") return { bundle: short, size: measured };
  const plain = measured === "too large" ? sentence(tooLarge) : asJson(short);
  const size = measure(plain);
  return typeof size === "number"
    ? { bundle: plain, size }
    : { bundle: sentence(tooLarge), size: 0 };
}

const tooLarge =
  "display: this is too large to show - show a part of it, or save() it as a file of the notebook";

function sentence(text: string): MimeBundle {
  return { "text/plain": text };
}

/** Numbers and lists travel faster than text, objects more slowly. */
function measure(bundle: MimeBundle): number | "too large" | "no JSON" {
  const budget: Budget = { ...MOST };
  try {
    if (!isJson(bundle, budget)) {
      return budget.left < 0 || budget.items < 0 ? "too large" : "no JSON";
    }
  } catch {
    // A proxy or a getter that does not let itself be read.
    return "no JSON";
  }
  const text = Object.values(bundle)
    .filter((value) => typeof value === "string")
    .reduce((sum, value) => sum + value.length, 0);
  return text + (MOST.left - budget.left - text) / 4 + 64 * (MOST.items - budget.items);
}

/** As `JSON.stringify` has it: without functions, dates as text, what has a `toJSON` by that. */
function asJson(bundle: MimeBundle): MimeBundle {
  try {
    return JSON.parse(JSON.stringify(bundle)) as MimeBundle;
  } catch (error) {
    return sentence(`display: this value cannot be shown as JSON: ${String(error)}`);
  }
}

function withoutTooLong(bundle: MimeBundle): MimeBundle {
  if (!Object.entries(bundle).some(([mime, value]) => isTooLong(mime, value))) return bundle;
  const kept = Object.entries(bundle).flatMap(([mime, value]): [string, unknown][] => {
    if (!isTooLong(mime, value)) return [[mime, value]];
    return mime === "text/plain" ? [[mime, shortened(value)]] : [];
  });
  if (kept.length > 0) return Object.fromEntries(kept);
  const what = Object.keys(bundle).join(", ");
  const most = MOST_MARKUP.toLocaleString("en");
  return sentence(`display: ${what} of more than ${most} characters is too long to show`);
}

function isTooLong(mime: string, value: unknown): value is string {
  const most = mime === "text/plain" ? MOST_TEXT : MOST_MARKUP;
  return typeof value === "string" && value.length > most;
}

function shortened(text: string): string {
  const half = MOST_TEXT / 2;
  const left = (text.length - MOST_TEXT).toLocaleString("en");
  return `${text.slice(0, half)}\n… ${left} characters left out …\n${text.slice(-half)}`;
}

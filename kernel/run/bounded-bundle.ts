/** Bundles of a size that a page can take: a text keeps its head and tail, a picture or markup is refused. */
import type { MimeBundle } from "../protocol.ts";

/** Of a text, in UTF-16 units. */
const MOST_TEXT = 1_000_000;
/** Of anything else that is written as text: markup, pictures. */
const MOST_MARKUP = 16_000_000;

/** The same bundle when nothing in it is too long. */
export function boundedBundle(bundle: MimeBundle): MimeBundle {
  if (!Object.entries(bundle).some(([mime, value]) => isTooLong(mime, value))) return bundle;
  const kept = Object.entries(bundle).flatMap(([mime, value]): [string, unknown][] => {
    if (!isTooLong(mime, value)) return [[mime, value]];
    return mime === "text/plain" ? [[mime, shortened(value)]] : [];
  });
  if (kept.length > 0) return Object.fromEntries(kept);
  const what = Object.keys(bundle).join(", ");
  const most = MOST_MARKUP.toLocaleString("en");
  return { "text/plain": `display: ${what} of more than ${most} characters is too long to show` };
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

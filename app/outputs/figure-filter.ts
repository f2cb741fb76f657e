/**
 * Figures of files and cells are data nobody has read: what our plotly cannot draw is refused, what
 * would fetch from elsewhere is removed, and of the look only the data's own part stays.
 */

export interface FigureJson {
  readonly data: readonly JsonObject[];
  readonly layout: JsonObject;
}

export interface JsonObject {
  readonly [key: string]: unknown;
}

/** The trace types in our bundle of plotly. */
export const traceTypes = [
  "scatter",
  "bar",
  "histogram",
  "heatmap",
  "contour",
  "image",
  "scatter3d",
  "surface",
  "mesh3d",
  "treemap",
] as const;

/** Keys whose values plotly would fetch, or would take as markup of the page. */
const FETCHING = new Set(["source", "src", "href", "url", "images", "geojson", "topojson"]);

/**
 * The figure of a bundle, cleaned.
 * @throws TypeError saying why it is not one, in words for the reader.
 */
export function filterFigure(value: unknown): FigureJson {
  if (!isObject(value) || !Array.isArray(value["data"])) {
    throw new TypeError("This figure has no list of traces, so it cannot be drawn.");
  }
  const data = value["data"].filter(isObject);
  for (const trace of data) {
    const type = trace["type"] ?? "scatter";
    if (!traceTypes.some((known) => known === type)) {
      throw new TypeError(
        `This figure has a trace of type ${JSON.stringify(type)}; here can be drawn: ${traceTypes.join(", ")}.`,
      );
    }
  }
  const layout = isObject(value["layout"]) ? value["layout"] : {};
  // The template is the page's: light or dark, in its own fonts.
  const { template: _, ...rest } = layout;
  return {
    data: data.map((trace) => clean(trace) as JsonObject),
    layout: clean(rest) as JsonObject,
  };
}

function clean(value: unknown): unknown {
  if (typeof value === "string") return cleanText(value);
  if (Array.isArray(value)) return isNumbers(value) ? value : value.map(clean);
  if (!isObject(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, held] of Object.entries(value)) {
    if (FETCHING.has(key) && !isOwnSource(held)) continue;
    if (key === "__proto__" || key === "constructor") continue;
    kept[key] = clean(held);
  }
  return kept;
}

/** A longer text with tags in it is no label. */
const LONGEST_MARKUP = 5_000;

/** Plotly's texts know a few tags; links and styles with addresses are not for others to set. */
function cleanText(text: string): string {
  if (!text.includes("<")) return text;
  if (text.length > LONGEST_MARKUP) return text.replaceAll("<", "&lt;");
  // A tag taken out of another tag's middle would leave a whole one.
  const linkless = replaceWhole(text, /<\/?a\b[^>]*>/gi);
  const fetches = /<[^>]*\sstyle\s*=[^>]*(?:[\\@]|(?:url|image|image-set|src)\s*\()/i;
  return fetches.test(linkless) ? replaceWhole(linkless, /<[^<>]*>?/g) : linkless;
}

function replaceWhole(text: string, pattern: RegExp): string {
  for (let before = ""; before !== text;) {
    before = text;
    text = text.replaceAll(pattern, "");
  }
  return text;
}

function isOwnSource(value: unknown): boolean {
  return typeof value === "string" && /^data:image\/(?:png|jpeg|gif|webp);base64,/i.test(value);
}

/** Long columns of numbers hold nothing to clean; looking at their ends keeps redraws cheap. */
function isNumbers(values: readonly unknown[]): boolean {
  if (values.length < 16) return false;
  return values.every((value) => typeof value === "number" || value === null);
}

/** A record of anything. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

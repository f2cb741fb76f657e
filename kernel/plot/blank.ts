/** What stands in a figure with axes in which nothing can be drawn, so that nobody takes it for broken. */
import type { FigureJson, Json } from "./figure.ts";

/** Words for the middle of a figure in which no number has a place; null where one has. */
export function blankWords({ data, layout }: FigureJson): string | null {
  const isLog = (axis: unknown) => (axis as Json | undefined)?.["type"] === "log";
  const [logX, logY] = [isLog(layout["xaxis"]), isLog(layout["yaxis"])];
  let isBelow = false;
  for (const trace of data) {
    const values = trace["z"] ?? trace["y"] ?? trace["values"];
    if (!Array.isArray(values)) return null;
    const { x } = trace as { readonly x?: unknown };
    const isFlat = Array.isArray(x) && trace["z"] === undefined;
    const places = isFlat ? (x as readonly unknown[]) : null;
    for (let i = 0; i < values.length; i++) {
      const row: unknown = values[i];
      if (Array.isArray(row)) {
        if (row.some((value) => value !== null)) return null;
      } else if (row !== null && places?.[i] !== null) {
        const isOff = (logY && Number(row) <= 0) || (logX && Number(places?.[i]) <= 0);
        if (!isOff) return null;
        isBelow = true;
      }
    }
  }
  return isBelow
    ? "a logarithmic axis has no place for numbers of 0 and below"
    : "no numbers to draw";
}

/** The figure with these words in its middle. A scene is left out: plotly fails at one without a place. */
export function saying(words: string, { data, layout }: FigureJson, color: string): FigureJson {
  const { scene, ...flat } = layout;
  const note = {
    text: words,
    xref: "paper",
    yref: "paper",
    x: 0.5,
    y: 0.5,
    showarrow: false,
    font: { color },
  };
  const notes = (layout["annotations"] ?? []) as readonly Json[];
  const axes = { xaxis: { visible: false }, yaxis: { visible: false } };
  return {
    data: scene === undefined ? data : [],
    layout: { ...flat, ...(scene === undefined ? {} : axes), annotations: [...notes, note] },
  };
}

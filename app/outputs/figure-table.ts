/** A figure's numbers as a table: for who cannot see the drawing, and for who wants to know exactly. */
import type { FigureJson, JsonObject } from "./figure-filter.ts";

export interface FigureTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that were left out. */
  readonly more: number;
}

const MOST_ROWS = 200;

/** One row a point: series, x, y and z as far as they are there. A matrix is one row a cell of it. */
export function tableOf({ data }: FigureJson): FigureTable {
  const traces = data.filter((trace) => trace["hoverinfo"] !== "skip");
  const points = traces.flatMap((trace, index) => pointsOf(trace, nameOf(trace, index)));
  const hasNames = new Set(points.map((point) => point.name)).size > 1;
  const columns = (["text", "x", "y", "z"] as const).filter((key) =>
    points.some((point) => point[key] !== ""),
  );
  const head = [
    ...(hasNames ? ["series"] : []),
    ...columns.map((key) => (key === "text" ? "label" : key)),
  ];
  const rows = points
    .slice(0, MOST_ROWS)
    .map((point) => [...(hasNames ? [point.name] : []), ...columns.map((key) => point[key])]);
  return { head, rows, more: Math.max(0, points.length - MOST_ROWS) };
}

interface Point {
  readonly name: string;
  readonly text: string;
  readonly x: string;
  readonly y: string;
  readonly z: string;
}

function nameOf(trace: JsonObject, index: number): string {
  const { name } = trace;
  return typeof name === "string" && name !== "" ? name : String(index + 1);
}

function pointsOf(trace: JsonObject, name: string): readonly Point[] {
  if (trace["type"] === "treemap") return partsOf(trace, name);
  const [x, y, z, text] = [trace["x"], trace["y"], trace["z"], trace["text"]].map(column);
  if (Array.isArray(z?.[0])) {
    const words = column(trace["hovertext"]);
    return cellsOf(z as readonly (readonly unknown[])[], name, x, y, words);
  }
  const length = Math.max(x?.length ?? 0, y?.length ?? 0);
  return Array.from({ length }, (_, i) => ({
    name,
    text: print(text?.[i]),
    x: x === null ? String(i) : print(x?.[i]),
    y: print(y?.[i]),
    z: print(z?.[i]),
  })).filter((point) => point.y !== "" || point.x !== "");
}

/** The parts of a treemap by their dotted names, with what their areas stand for. */
function partsOf(trace: JsonObject, name: string): readonly Point[] {
  const [ids, values] = [column(trace["ids"]), column(trace["values"])];
  return (ids ?? []).map((id, i) => ({
    name,
    text: print(id),
    x: "",
    y: print(values?.[i]),
    z: "",
  }));
}

type Column = readonly unknown[] | null | undefined;

/** A matrix's cells, at the places that its columns and rows stand for, or called what a hand reads. */
function cellsOf(
  matrix: readonly (readonly unknown[])[],
  name: string,
  x: Column,
  y: Column,
  words: Column,
): readonly Point[] {
  return matrix.flatMap((row, i) =>
    row.flatMap((value, j) => {
      if (value === null) return [];
      const own = column(words?.[i]);
      if (own !== null) return [{ name, text: print(own[j]), x: "", y: "", z: print(value) }];
      return [{ name, text: "", x: print(x?.[j] ?? j), y: print(y?.[i] ?? i), z: print(value) }];
    }),
  );
}

function column(value: unknown): readonly unknown[] | null {
  return Array.isArray(value) ? (value as readonly unknown[]) : null;
}

function print(value: unknown): string {
  if (typeof value === "number") return String(value).replace("-", "−");
  if (Array.isArray(value)) return value.map(print).join(" ");
  return typeof value === "string" ? plain(value) : "";
}

const letters: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", "#37": "%" };

/** What plotly shows of a text of its own: a name of a kernel's, as its author wrote it. */
function plain(text: string): string {
  return text
    .replaceAll("\u200b", "")
    .replaceAll(/&(lt|gt|amp|#37);/g, (whole, name: string) => letters[name] ?? whole);
}

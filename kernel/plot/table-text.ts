/** A table in text and in plain HTML: its first rows, for Node, for screen readers and for other notebooks. */
import { formatNumber } from "./numbers.ts";
import type { TableColumn, TableView } from "./table-view.ts";

/** Rows that are printed. */
const PRINTED = 10;
/** Letters of a text, and columns, that have room on a line. */
const LONGEST = 32;
const MOST_COLUMNS = 12;

/** What stands in a cell; "" for no value. */
export function cellText(column: TableColumn, row: number): string {
  if (column.missing?.includes(row) === true) return "";
  switch (column.kind) {
    case "number":
      return formatNumber(column.values[row] ?? Number.NaN, 5);
    case "boolean":
      return column.values[row] === 0 ? "false" : "true";
    case "date":
      return dateText(column.values[row] ?? Number.NaN);
    case "text":
      return column.texts[column.of[row] ?? 0] ?? "";
    case "picture":
      return `${column.images.height} x ${column.images.width}`;
    default:
      return column satisfies never;
  }
}

/** In UTC, without a time where it is midnight. */
export function dateText(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(ms) || Number.isNaN(date.getTime())) return "no date";
  const [day = "", time = ""] = date.toISOString().split("T");
  return time === "00:00:00.000Z" ? day : `${day} ${time.replace(/\.000Z$/, "").replace(/Z$/, "")}`;
}

/** The first rows in columns of one width, numbers to the right. */
export function printRows({ columns, rows, of }: TableView): string {
  const shown = columns.slice(0, MOST_COLUMNS);
  const count = Math.min(rows, PRINTED);
  const cells = shown.map((column) => [
    clipped(column.name),
    ...Array.from({ length: count }, (_, row) => clipped(cellText(column, row))),
  ]);
  const widths = cells.map((column) => Math.max(...column.map(({ length }) => length)));
  const lines = Array.from({ length: count + 1 }, (_, line) =>
    cells
      .map((column, j) => {
        const text = column[line] ?? "";
        const width = widths[j] ?? 0;
        return shown[j]?.kind === "number" ? text.padStart(width) : text.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  const more = [
    ...(of > count ? [`${of - count} more rows`] : []),
    ...(columns.length > shown.length ? [`${columns.length - shown.length} more columns`] : []),
  ];
  return [...lines, ...(more.length === 0 ? [] : [`... ${more.join(", ")}`])].join("\n");
}

function clipped(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** The same rows as HTML, which other notebooks show. */
export function toHtml({ title, columns, rows, of }: TableView): string {
  const count = Math.min(rows, PRINTED);
  const row = (tag: "th" | "td", texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join("")}</tr>`;
  const body = Array.from({ length: count }, (_, at) =>
    row(
      "td",
      columns.map((column) => cellText(column, at)),
    ),
  );
  const head = row(
    "th",
    columns.map(({ name }) => name),
  );
  const caption = title === null ? "" : `<caption>${escaped(title)}</caption>`;
  const more = of > count ? `<p>${of - count} more rows</p>` : "";
  return `<table>${caption}<thead>${head}</thead><tbody>${body.join("")}</tbody></table>${more}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

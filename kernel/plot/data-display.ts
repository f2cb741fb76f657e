/** How data sets show themselves as a cell's result: what they are, and a page of their rows. */
import type { MimeBundle } from "../protocol.ts";
import type { DataCard } from "../tensor/data/catalogue.ts";
import type { Corpus } from "../tensor/data/corpus.ts";
import type { Dataset } from "../tensor/data/dataset.ts";
import { Names } from "../tensor/data/names.ts";
import type { WordTable } from "../tensor/data/word-table.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { formatNumber } from "./numbers.ts";
import { pictureSize, toPixels } from "./pictures.ts";
import { tableBundle } from "./table.ts";
import { type RawColumn, typedColumn } from "./table-columns.ts";
import { printRows } from "./table-text.ts";
import type { TableView } from "./table-view.ts";

/** Rows that are sent, and columns. */
const SAMPLE = 50;
const MOST_COLUMNS = 30;

export function showDataset(set: Dataset): MimeBundle {
  const { x, y, classes, length } = set;
  const rows = Math.min(length, SAMPLE);
  const label = (row: number) => {
    const value = y.ndim === 1 ? y.at(row).item() : y.at(row).toString();
    return typeof value === "number" ? (classes?.[value] ?? value) : value;
  };
  const lines: [string, string][] = [
    ["x", tell(x)],
    ["y", classes === null ? tell(y) : `${classes.length} classes: ${listed(classes)}`],
  ];
  const columns = [...inputs(set, rows), { name: classes === null ? "y" : "class", at: label }];
  return show(String(set), { of: length, rows, card: set.card, lines, columns });
}

export function showCorpus(corpus: Corpus): MimeBundle {
  const { documents, symbols, length, card } = corpus;
  const rows = Math.min(documents.length, SAMPLE);
  const columns: RawColumn[] = [
    { name: "document", at: (row) => documents[row] },
    { name: "symbols", at: (row) => [...(documents[row] ?? "")].length },
  ];
  const lines: [string, string][] = [
    [
      "text",
      `${formatNumber(length, 9)} symbols in ${formatNumber(documents.length, 9)} documents`,
    ],
    ["alphabet", `${symbols.length} symbols: ${symbols.join("").replaceAll("\n", "↵")}`],
  ];
  const name = `Corpus(${documents.length} documents, ${symbols.length} symbols)`;
  return show(name, { of: documents.length, rows, card, lines, columns });
}

export function showWordTable(table: WordTable): MimeBundle {
  const { words, values, length, card } = table;
  const rows = Math.min(length, SAMPLE);
  const columns: RawColumn[] = [
    { name: "word", at: (row) => words[row] },
    ...numbersOf(values, rows, null),
  ];
  return show(String(table), {
    of: length,
    rows,
    card,
    lines: [["values", tell(values)]],
    columns,
  });
}

interface Sample {
  readonly of: number;
  readonly rows: number;
  readonly card: DataCard | null;
  readonly lines: readonly (readonly [string, string])[];
  readonly columns: readonly RawColumn[];
}

function show(name: string, { of, rows, card, lines, columns }: Sample): MimeBundle {
  const known: [string, string][] =
    card === null
      ? []
      : [
          ["source", `${card.title}: ${card.contents}`],
          ["made by", card.authors],
          ["licence", card.licence],
          ["origin", card.origin],
        ];
  const view: TableView = {
    title: card?.title ?? null,
    card: [["rows", formatNumber(of, 9)], ...lines, ...known],
    columns: columns.map((column) => typedColumn(column, rows)),
    rows,
    of,
    pageSize: 5,
    sort: null,
  };
  const width = Math.max(...view.card.map(([word]) => word.length));
  const told = view.card.map(([word, text]) => `  ${word.padEnd(width)}  ${text}`);
  return tableBundle(view, [name, ...told, "", printRows(view)].join("\n"));
}

function inputs(set: Dataset, rows: number): readonly RawColumn[] {
  const { x, features, card } = set;
  if (set instanceof Names) {
    const letters = (row: number) =>
      Array.from(x.at(row).data, (place) => set.letters[place] ?? "");
    return [{ name: "letters before", at: (row) => letters(row).join("") }];
  }
  const picture = pictureSize(x, card);
  if (picture !== null && rows > 0) {
    const part = x
      .detach()
      .narrow(0, 0, rows)
      .reshape([rows, ...picture]);
    return [{ name: "picture", pictures: toPixels(part, rows, "display") }];
  }
  if (x.ndim <= 2) return numbersOf(x, rows, features);
  return [{ name: "x", at: () => `[${x.shape.slice(1).join(", ")}]` }];
}

function numbersOf(
  values: Tensor,
  rows: number,
  names: readonly string[] | null,
): readonly RawColumn[] {
  const width = values.ndim < 2 ? 1 : (values.shape[1] ?? 0);
  const data = rows === 0 ? [] : values.detach().narrow(0, 0, rows).data;
  return Array.from({ length: Math.min(width, MOST_COLUMNS) }, (_, j) => ({
    name: names?.[j] ?? (width === 1 ? "value" : `x${j}`),
    numbers: data,
    stride: width,
    offset: j,
  }));
}

function tell({ shape, dtype }: Tensor): string {
  return `[${shape.join(", ")}] ${dtype}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(", ");
  return names.length > 12 ? `${shown}, ...` : shown;
}

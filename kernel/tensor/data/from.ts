/** Data sets of one's own: named columns of numbers or text. */
import { tensor } from "../creation/create.ts";
import { cat } from "../creation/joining.ts";
import { kindOf, ShapeError } from "../errors.ts";
import { checkOptions } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import { Dataset } from "./dataset.ts";

export type Column =
  | readonly number[]
  | readonly string[]
  | Float32Array
  | Float64Array
  | Int32Array;

export interface FromOptions {
  /** The column to predict. Text becomes class numbers in order of appearance; numbers stay values. */
  readonly label: string;
}

/**
 * `x [n, columns]` from all columns but the label, in the order given; `y [n]` from the label.
 * @throws ShapeError when columns differ in length; TypeError for columns that are no lists, text in
 * an input column, gaps in the label; RangeError when the label or the inputs are missing.
 * @example data.from({ size: [1, 2], weight: [3, 5], kind: ["cat", "dog"] }, { label: "kind" })
 */
export function from(columns: Readonly<Record<string, Column>>, options: FromOptions): Dataset {
  refuseNonColumns(columns);
  checkOptions("data.from", options, ["label"]);
  const { label } = options;
  const wanted = columns[label];
  if (wanted === undefined)
    throw new RangeError(
      `data.from: no column "${label}" - there are ${Object.keys(columns).join(", ")}`,
    );
  const inputs = Object.entries(columns).filter(([name]) => name !== label);
  if (inputs.length === 0)
    throw new RangeError(`data.from: only the label "${label}" - wanted an input column`);
  for (const [name, column] of inputs)
    if (column.length !== wanted.length)
      throw new ShapeError(
        `data.from: "${name}" has ${column.length} rows and "${label}" ${wanted.length} - all must be equally long`,
      );
  const x = cat(
    inputs.map(([name, column]) => inputColumn(name, column)),
    1,
  );
  return labelled(
    x,
    label,
    wanted,
    inputs.map(([name]) => name),
  );
}

function refuseNonColumns(columns: unknown): void {
  if (typeof columns !== "object" || columns === null || Array.isArray(columns))
    throw new TypeError(
      `data.from: ${kindOf(columns)} - wanted columns by name, such as { size: [1, 2] }`,
    );
  for (const [name, column] of Object.entries(columns) as [string, unknown][])
    if (!Array.isArray(column) && !ArrayBuffer.isView(column))
      throw new TypeError(`data.from: column "${name}" is ${kindOf(column)} - wanted a list`);
}

/** @throws TypeError for the first value that is none of `types`. */
function refuseOthers(name: string, column: Column, types: readonly string[], wanted: string) {
  const values = Array.from<unknown>(column);
  const row = values.findIndex((value) => !types.includes(typeof value));
  if (row < 0) return;
  const value = values[row];
  const shown = typeof value === "string" ? JSON.stringify(value) : kindOf(value);
  throw new TypeError(`data.from: ${shown} in column "${name}" at row ${row} - ${wanted}`);
}

function inputColumn(name: string, column: Column): Tensor {
  refuseOthers(name, column, ["number"], "an input needs numbers");
  return tensor(Float32Array.from(column, Number)).unsqueeze(1);
}

function labelled(x: Tensor, name: string, column: Column, features: readonly string[]): Dataset {
  if (column instanceof Int32Array) return new Dataset(x, tensor(column), { features });
  const isText = Array.from<unknown>(column).some((value) => typeof value === "string");
  refuseOthers(
    name,
    column,
    isText ? ["string", "number"] : ["number"],
    "a label needs numbers or text",
  );
  if (!isText) return new Dataset(x, tensor(Float32Array.from(column, Number)), { features });
  const texts = Array.from(column, String);
  const classes = [...new Set(texts)];
  const y = tensor(Int32Array.from(texts, (each) => classes.indexOf(each)));
  return new Dataset(x, y, { classes, features });
}

/** Data sets of one's own: named columns of numbers or text. */
import { tensor } from "../create.ts";
import { cat } from "../joining.ts";
import { ShapeError } from "../errors.ts";
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
 * @throws ShapeError when columns differ in length; TypeError for text in an input column.
 * @example data.from({ size: [1, 2], weight: [3, 5], kind: ["cat", "dog"] }, { label: "kind" })
 */
export function from(columns: Readonly<Record<string, Column>>, { label }: FromOptions): Dataset {
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
    wanted,
    inputs.map(([name]) => name),
  );
}

function inputColumn(name: string, column: Column): Tensor {
  const text = Array.from<unknown>(column).find((value) => typeof value !== "number");
  if (text !== undefined)
    throw new TypeError(
      `data.from: ${JSON.stringify(text)} in column "${name}" - an input needs numbers`,
    );
  return tensor(Float32Array.from(column, Number)).unsqueeze(1);
}

function labelled(x: Tensor, column: Column, features: readonly string[]): Dataset {
  if (column instanceof Int32Array) return new Dataset(x, tensor(column), { features });
  if (!Array.from<unknown>(column).some((value) => typeof value === "string"))
    return new Dataset(x, tensor(Float32Array.from(column, Number)), { features });
  const texts = Array.from(column, String);
  const classes = [...new Set(texts)];
  const y = tensor(Int32Array.from(texts, (each) => classes.indexOf(each)));
  return new Dataset(x, y, { classes, features });
}

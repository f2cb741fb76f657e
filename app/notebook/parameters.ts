/**
 * Parameters of a notebook: variables of the cell tagged `parameters`, as papermill has them, given
 * other values from outside.
 */
import { type Cell, isJsonObject, type Json, type Notebook, tagsOf } from "./document.ts";

/** Replaces values in a cell's text. @throws RangeError whose message is for people */
export type ReplaceValues = (source: string, values: ReadonlyMap<string, string>) => string;

/**
 * The notebook with these values in its cell tagged `parameters`; with none, the same notebook.
 * @throws RangeError when there is no such cell, or it has no such variable.
 */
export function withParameterValues(
  notebook: Notebook,
  values: ReadonlyMap<string, string>,
  replace: ReplaceValues,
): Notebook {
  if (values.size === 0) return notebook;
  const at = notebook.cells.findIndex(isParameters);
  const cell = notebook.cells[at];
  if (cell === undefined) {
    throw new RangeError(
      "no cell of the notebook is tagged parameters, so there is nothing to set",
    );
  }
  const source = replace(cell.source, values);
  return { ...notebook, cells: notebook.cells.with(at, { ...cell, source }) };
}

/**
 * The notebook as it runs where time is short: cells that take long say by `quick={"epochs": 2}` which
 * of their variables then have which value.
 * @throws RangeError when a cell has no such variable
 */
export function withQuickSettings(notebook: Notebook, replace: ReplaceValues): Notebook {
  const cells = notebook.cells.map((cell): Cell => {
    const { quick } = cell.metadata;
    if (!isJsonObject(quick)) return cell;
    const values = Object.entries(quick).map(([name, value]) => [name, textOf(value)] as const);
    return { ...cell, source: replace(cell.source, new Map(values)) };
  });
  return { ...notebook, cells };
}

/** As a command line would give it. */
function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function isParameters(cell: Cell): boolean {
  return cell.type === "code" && tagsOf(cell).includes("parameters");
}

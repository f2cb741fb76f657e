/** The five cells that fix the API's form, as DESIGN section 4 prints them. */
import { readFileSync } from "node:fs";
import { parsePercent } from "../../app/formats/percent.ts";

const printed = readFileSync(new URL("five-cells.txt", import.meta.url), "utf8");
const [imports, mlp, letters, knob, boundary, files] = parsePercent(printed).notebook.cells.map(
  ({ source }) => source,
);
if (!imports || !mlp || !letters || !knob || !boundary || !files) {
  throw new Error("five-cells.txt should have an import cell and five more");
}

export const fiveCells = { imports, mlp, letters, knob, boundary, files };

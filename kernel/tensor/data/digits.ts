/** The digits: lines of 64 pixels from 0 to 16 and a label. */
import { tensor } from "../creation/create.ts";
import { Dataset } from "./dataset.ts";

const pixels = 64;
/** 0 is paper, 16 is ink: half of it in the middle, so that inputs have both signs. */
const middle = 8;

/** `x [1797, 64]` scaled to -1..1, `y [1797]`. @throws SyntaxError naming a line that is not one. */
export function parseDigits(text: string): Dataset {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const x = new Float32Array(lines.length * pixels);
  const y = new Int32Array(lines.length);
  lines.forEach((line, row) => {
    const values = line.split(",").map(Number);
    const label = values[pixels];
    if (values.length !== pixels + 1 || label === undefined || values.some(Number.isNaN))
      throw new SyntaxError(
        `digits: line ${row + 1} has ${values.length} numbers - wanted ${pixels + 1}`,
      );
    for (let i = 0; i < pixels; i++) x[row * pixels + i] = (values[i] ?? 0) / middle - 1;
    y[row] = label;
  });
  const classes = Array.from({ length: 10 }, (_, digit) => String(digit));
  return new Dataset(tensor(x).reshape([lines.length, pixels]), tensor(y), { classes });
}

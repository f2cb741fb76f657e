/** Loading by name. Files are brought by the host beforehand, so that loading is synchronous. */
import { catalogue, type DataName } from "./catalogue.ts";
import type { Dataset } from "./dataset.ts";
import { parseDigits } from "./digits.ts";
import { circle, type GeneratedOptions, line, spiral } from "./generated.ts";
import { type Names, parseNames } from "./names.ts";

/** What each name loads. */
export interface DataSets {
  readonly digits: Dataset;
  readonly names: Names;
  readonly spiral: Dataset;
  readonly circle: Dataset;
  readonly line: Dataset;
}

const provided = new Map<DataName, Uint8Array>();
const parsed = new Map<DataName, DataSets[DataName]>();

function isDataName(name: string): name is DataName {
  return Object.hasOwn(catalogue, name);
}

/**
 * For hosts: brings the bytes of data set `name`, its file's text in UTF-8.
 * @throws RangeError for a name that is not in the catalogue.
 */
export function provide(name: string, bytes: Uint8Array): void {
  if (!isDataName(name)) throw unknownName(name);
  provided.set(name, bytes);
  parsed.delete(name);
}

/**
 * A data set by name: "digits", "names", "spiral", "circle" or "line". The last three are made from
 * formulas and take `{ n, noise, seed }`.
 * @throws RangeError for an unknown name, or when the host has not brought the file.
 * @example data.load("digits").split(0.8)
 */
export function load<N extends DataName>(name: N, options: GeneratedOptions = {}): DataSets[N] {
  if (!isDataName(name)) throw unknownName(name);
  // `decode` returns what `DataSets` says for the name it is given.
  return decode(name, options) as DataSets[N];
}

function decode(name: DataName, options: GeneratedOptions): DataSets[DataName] {
  switch (name) {
    case "spiral":
      return spiral(options);
    case "circle":
      return circle(options);
    case "line":
      return line(options);
    case "digits":
      return fromFile(name, parseDigits);
    case "names":
      return fromFile(name, parseNames);
    default:
      name satisfies never;
      throw unknownName(name);
  }
}

/** Parsed once: nobody can change a data set, so cells may share it. */
function fromFile(name: DataName, parse: (text: string) => DataSets[DataName]): DataSets[DataName] {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const bytes = provided.get(name);
  if (bytes === undefined)
    throw new RangeError(
      `data.load: the file of "${name}" has not arrived - its name must stand in the cell as text, ` +
        `as in data.load("${name}")`,
    );
  const dataset = parse(new TextDecoder().decode(bytes));
  parsed.set(name, dataset);
  return dataset;
}

function unknownName(name: string): RangeError {
  const names = Object.keys(catalogue).map((each) => `"${each}"`);
  return new RangeError(`data.load: no data set "${name}" - there are ${names.join(", ")}`);
}

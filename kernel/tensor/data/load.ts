/** Loading by name. Files are brought by the host beforehand, so that loading is synchronous. */
import {
  catalogue,
  type DataCard,
  type DataName,
  type FileName,
  type FormulaName,
} from "./catalogue.ts";
import { type Corpus, parseEntries, parseLines } from "./corpus.ts";
import type { Dataset } from "./dataset.ts";
import { parseDigits } from "./digits.ts";
import { parseFashion } from "./fashion.ts";
import { circle, type GeneratedOptions, line, spiral, wave, xor } from "./generated.ts";
import { type LanguageModel, parseLanguages } from "./languages.ts";
import { type Names, parseNames } from "./names.ts";
import { parseTable } from "./table.ts";
import { parseGlove, parseValence, type WordTable } from "./word-table.ts";

/** What each name loads. */
export interface DataSets {
  readonly digits: Dataset;
  readonly fashion: Dataset;
  readonly iris: Dataset;
  readonly penguins: Dataset;
  readonly wine: Dataset;
  readonly cancer: Dataset;
  readonly diabetes: Dataset;
  readonly names: Names;
  readonly towns: Names;
  readonly glosses: Corpus;
  readonly devil: Corpus;
  readonly glove: WordTable;
  readonly valence: WordTable;
  readonly languages: LanguageModel;
  readonly line: Dataset;
  readonly wave: Dataset;
  readonly xor: Dataset;
  readonly circle: Dataset;
  readonly spiral: Dataset;
}

const provided = new Map<FileName, Uint8Array>();
const parsed = new Map<FileName, DataSets[FileName]>();

function isDataName(name: string): name is DataName {
  return Object.hasOwn(catalogue, name);
}

/**
 * For hosts: brings the bytes of data set `name`, its file as `catalogue` names it.
 * @throws RangeError for a name that is not in the catalogue.
 * @example
 * data.provide("names", new TextEncoder().encode("anna\nbob\n"));
 * data.load("names").words // anna,bob
 */
export function provide(name: string, bytes: Uint8Array): void {
  if (!isDataName(name) || isFormula(name)) throw unknownName(name);
  provided.set(name, bytes);
  parsed.delete(name);
}

/**
 * A data set by name; `data.catalogue` says what each is and who made it. The ones made from formulas
 * ("line", "wave", "xor", "circle", "spiral") take `{ n, noise, seed }`.
 * @throws RangeError for an unknown name, or when the host has not brought the file.
 * @example data.load("digits").split(0.8).train.length // 1438
 */
export function load<N extends DataName>(name: N, options: GeneratedOptions = {}): DataSets[N] {
  if (!isDataName(name)) throw unknownName(name);
  // Both tables give what `DataSets` says for the name they are asked for.
  return (
    isFormula(name) ? withCard(name, formulas[name](options)) : fromFile(name)
  ) as DataSets[N];
}

/** Those who read or make a data set do not know what the catalogue says of it. */
function withCard<D extends { readonly card: DataCard | null }>(name: DataName, dataset: D): D {
  return Object.assign(dataset, { card: catalogue[name] });
}

const formulas: { readonly [N in FormulaName]: (options: GeneratedOptions) => DataSets[N] } = {
  line,
  wave,
  xor,
  circle,
  spiral,
};

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const table = (name: string) => (bytes: Uint8Array) => parseTable(name, textOf(bytes));

const parsers: { readonly [N in FileName]: (bytes: Uint8Array) => DataSets[N] } = {
  digits: (bytes) => parseDigits(textOf(bytes)),
  fashion: parseFashion,
  iris: table("iris"),
  penguins: table("penguins"),
  wine: table("wine"),
  cancer: table("cancer"),
  diabetes: table("diabetes"),
  names: (bytes) => parseNames("names", textOf(bytes)),
  towns: (bytes) => parseNames("towns", textOf(bytes)),
  glosses: (bytes) => parseLines(textOf(bytes)),
  devil: (bytes) => parseEntries(textOf(bytes)),
  glove: parseGlove,
  valence: (bytes) => parseValence(textOf(bytes)),
  languages: parseLanguages,
};

function isFormula(name: DataName): name is FormulaName {
  return Object.hasOwn(formulas, name);
}

/** Parsed once: nobody can change a data set, so cells may share it. */
function fromFile(name: FileName): DataSets[FileName] {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const bytes = provided.get(name);
  if (bytes === undefined)
    throw new RangeError(
      `data.load: the file of "${name}" has not arrived - its name must stand in the cell as text, ` +
        `as in data.load("${name}")`,
    );
  const dataset = withCard(name, parsers[name](bytes));
  parsed.set(name, dataset);
  return dataset;
}

function unknownName(name: string): RangeError {
  const names = Object.keys(catalogue).map((each) => `"${each}"`);
  return new RangeError(`data.load: no data set "${name}" - there are ${names.join(", ")}`);
}

/** `data`: sets of examples, by name or one's own. */
export { catalogue, type DataCard, type DataName } from "./catalogue.ts";
export { Corpus, type WindowOptions } from "./corpus.ts";
export {
  type Batch,
  type BatchOptions,
  Dataset,
  type DatasetNames,
  type Split,
  type SplitOptions,
} from "./dataset.ts";
export { type Column, from, type FromOptions } from "./from.ts";
export type { GeneratedOptions } from "./generated.ts";
export { type DataSets, load, provide } from "./load.ts";
export type { LanguageModel } from "./languages.ts";
export type { Names } from "./names.ts";
export type { WordTable } from "./word-table.ts";

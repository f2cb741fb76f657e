/** `data`: sets of examples, by name or one's own. */
export { catalogue, type DataCard, type DataName } from "./catalogue.ts";
export {
  type Batch,
  type BatchOptions,
  Dataset,
  type Split,
  type SplitOptions,
} from "./dataset.ts";
export { type Column, from, type FromOptions } from "./from.ts";
export type { GeneratedOptions } from "./generated.ts";
export { type DataSets, load, provide } from "./load.ts";
export type { Names } from "./names.ts";

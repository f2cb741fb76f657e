/**
 * How the engine's values show themselves where a page can show more than text. The engine itself knows
 * no page: outside a kernel its values are their texts.
 */
import { Corpus } from "../tensor/data/corpus.ts";
import { Dataset } from "../tensor/data/dataset.ts";
import { WordTable } from "../tensor/data/word-table.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { MimeBundle } from "../protocol.ts";
import { showCorpus, showDataset, showWordTable } from "./data-display.ts";
import { showTensor } from "./tensor-glance.ts";

/** Called once, by who makes a kernel. */
export function installDisplays(): void {
  showBy(Tensor, showTensor);
  showBy(Dataset, showDataset);
  showBy(Corpus, showCorpus);
  showBy(WordTable, showWordTable);
}

function showBy<Value extends object>(
  { prototype }: { readonly prototype: Value },
  show: (value: Value) => MimeBundle,
): void {
  Object.defineProperty(prototype, Symbol.for("Jupyter.display"), {
    value(this: Value) {
      return show(this);
    },
    configurable: true,
    writable: true,
  });
}

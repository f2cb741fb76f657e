/** Ops that read or write some of the elements: by number, range, index tensor or mask; sorting. */
import { F, type Index, type Tensor } from "../../../../../kernel/tensor/index.ts";
import type { Along, One, Ways } from "./way.ts";

interface Indexed extends One {
  readonly index: Tensor;
}

interface Sorting extends One {
  readonly dim?: number;
  readonly descending?: boolean;
}

interface Put extends Along, Indexed {
  readonly src: Tensor | number;
}

export const picking: Ways = {
  at: ({ x, indices }: One & { indices: readonly Index[] }) => x.at(...indices),
  set: ({ x, indices, value }: One & { indices: readonly Index[]; value: number | Tensor }) =>
    x.clone().set(indices, value),
  slice: ({ x, text }: One & { text: string }) => x.slice(text),
  select: ({ x, dim, index }: Along & { index: number }) => x.select(dim, index),
  indexSelect: ({ x, dim, index }: Along & Indexed) => x.indexSelect(dim, index),
  takeRows: [
    ({ x, index }: Indexed) => x.takeRows(index),
    ({ x, index }: Indexed) => F.embedding(index, x),
  ],
  gather: ({ x, dim, index }: Along & Indexed) => x.gather(dim, index),
  scatter: ({ x, dim, index, src }: Put) => x.scatter(dim, index, src),
  scatterAdd: ({ x, dim, index, src }: Put) => x.scatterAdd(dim, index, src),
  indexAdd: ({ x, dim, index, source }: Along & Indexed & { source: Tensor }) =>
    x.indexAdd(dim, index, source),
  takeAlongDim: ({ x, indices, dim }: One & { indices: Tensor; dim?: number }) =>
    x.takeAlongDim(indices, dim),
  maskedSelect: ({ x, mask }: One & { mask: Tensor }) => x.maskedSelect(mask),
  nonzero: ({ x }: One) => x.nonzero(),
  sort: ({ x, dim, ...order }: Sorting) => {
    const { values, indices } = x.sort(dim, order);
    return [values, indices];
  },
  argsort: ({ x, dim, ...order }: Sorting) => x.argsort(dim, order),
  topk: ({ x, k, dim, ...which }: One & { k: number; dim?: number; largest?: boolean }) => {
    const { values, indices } = x.topk(k, dim, which);
    return [values, indices];
  },
  unique: ({
    x,
    ...wanted
  }: One & { dim?: number; returnInverse?: boolean; returnCounts?: boolean }) => {
    const { dim, returnInverse = false, returnCounts = false } = wanted;
    const found = x.unique({ ...(dim === undefined ? {} : { dim }), returnInverse, returnCounts });
    if (!("values" in found)) return found;
    const more = [returnInverse ? found.inverse : null, returnCounts ? found.counts : null];
    return [found.values, ...more.filter((each) => each !== null)];
  },
  bincount: ({ x, ...options }: One & { weights?: Tensor; minlength?: number }) =>
    x.bincount(options),
};

/** Ops that fold dimensions away, or run along one. */
import { F } from "../../../../../kernel/tensor/index.ts";
import type { Along, One, Ways } from "./way.ts";

interface Fold extends One {
  readonly dim?: number | readonly number[];
  readonly keepdim?: boolean;
}

interface FoldOne extends One {
  readonly dim?: number;
  readonly keepdim?: boolean;
}

export const reductions: Ways = {
  sum: ({ x, dim, ...keep }: Fold) => x.sum(dim, keep),
  mean: ({ x, dim, ...keep }: Fold) => x.mean(dim, keep),
  max: ({ x, dim, ...keep }: Fold) => x.max(dim, keep),
  min: ({ x, dim, ...keep }: Fold) => x.min(dim, keep),
  argmax: ({ x, dim, ...keep }: FoldOne) => x.argmax(dim, keep),
  argmin: ({ x, dim, ...keep }: FoldOne) => x.argmin(dim, keep),
  prod: ({ x, dim, ...keep }: FoldOne) => x.prod(dim, keep),
  norm: ({ x, p, dim, ...keep }: Fold & { p?: number }) => x.norm(p, dim, keep),
  var: ({ x, dim, ...more }: Fold & { correction?: number }) => x.var(dim, more),
  std: ({ x, dim, ...more }: Fold & { correction?: number }) => x.std(dim, more),
  logsumexp: ({ x, dim, ...keep }: Fold) => x.logsumexp(dim, keep),
  any: ({ x, dim, ...keep }: FoldOne) => x.any(dim, keep),
  all: ({ x, dim, ...keep }: FoldOne) => x.all(dim, keep),
  countNonzero: ({ x, dim }: Fold) => x.countNonzero(dim),
  cumsum: ({ x, dim }: Along) => x.cumsum(dim),
  cumprod: ({ x, dim }: Along) => x.cumprod(dim),
  quantile: ({ x, q, dim, ...keep }: FoldOne & { q: number | readonly number[] }) =>
    x.quantile(q, dim, keep),
  median: ({ x, dim, ...keep }: FoldOne) => x.median(dim, keep),
  softmax: [({ x, dim }: Along) => x.softmax(dim), ({ x, dim }: Along) => F.softmax(x, dim)],
  logSoftmax: [
    ({ x, dim }: Along) => x.logSoftmax(dim),
    ({ x, dim }: Along) => F.logSoftmax(x, dim),
  ],
};

/**
 * The one table of ops: what the engine can compute and differentiate. Methods, functions and
 * layers are written with these; the tests check every row against finite differences.
 */
import { activations } from "./activations.ts";
import { arithmetic } from "./arithmetic.ts";
import { attentions } from "./attention.ts";
import { comparison } from "./compare.ts";
import { convolutions } from "./convolution.ts";
import { cumulative } from "./cumulative.ts";
import { elementwise } from "./elementwise.ts";
import { entropies } from "./entropy.ts";
import { functions } from "./functions.ts";
import { indexing } from "./index.ts";
import { join } from "./join.ts";
import { decompositions } from "./linalg.ts";
import { products } from "./matmul.ts";
import { movement } from "./movement.ts";
import { normalizations } from "./normalize.ts";
import { pools } from "./pooling.ts";
import { positions } from "./positions.ts";
import { reductions } from "./reduce.ts";
import { softmaxes } from "./softmax.ts";
import { sorting } from "./sort.ts";
import { spreads } from "./spread.ts";

export const table = {
  ...elementwise,
  ...arithmetic,
  ...functions,
  ...activations,
  ...comparison,
  ...reductions,
  ...spreads,
  ...positions,
  ...cumulative,
  ...movement,
  ...join,
  ...products,
  ...convolutions,
  ...pools,
  ...decompositions,
  ...indexing,
  ...sorting,
  ...softmaxes,
  ...normalizations,
  ...attentions,
  ...entropies,
};

export type OpName = keyof typeof table;

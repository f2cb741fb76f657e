/**
 * The one table of ops: what the engine can compute and differentiate. Methods, functions and
 * layers are written with these; the tests check every row against finite differences.
 */
import { comparison } from "./compare.ts";
import { elementwise } from "./elementwise.ts";
import { indexing } from "./index.ts";
import { join } from "./join.ts";
import { products } from "./matmul.ts";
import { movement } from "./movement.ts";
import { reductions } from "./reduce.ts";
import { softmaxes } from "./softmax.ts";

export const table = {
  ...elementwise,
  ...comparison,
  ...reductions,
  ...movement,
  ...join,
  ...products,
  ...indexing,
  ...softmaxes,
};

export type OpName = keyof typeof table;

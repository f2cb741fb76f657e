/**
 * The cases every op is checked with: one entry for each row of the engine's table, and a row
 * without cases does not compile. A case says which inputs to draw, how to run the op, and what each
 * result should be, computed the plainest way there is.
 */
import type { OpName } from "../../../kernel/tensor/ops/table.ts";
import type { OpCases } from "./cases/case.ts";
import { cumulativeCases } from "./cases/cumulative.ts";
import { elementwiseCases } from "./cases/elementwise.ts";
import { functionCases } from "./cases/functions.ts";
import { linalgCases } from "./cases/linalg.ts";
import { movementCases } from "./cases/movement.ts";
import { normalizeCases } from "./cases/normalize.ts";
import { pickingCases } from "./cases/picking.ts";
import { productCases } from "./cases/products.ts";
import { convolutionCases } from "./cases/convolution.ts";
import { reduceCases } from "./cases/reduce.ts";

export const opCases: Record<OpName, OpCases> = {
  ...elementwiseCases,
  ...functionCases,
  ...cumulativeCases,
  ...reduceCases,
  ...movementCases,
  ...pickingCases,
  ...productCases,
  ...normalizeCases,
  ...convolutionCases,
  ...linalgCases,
};

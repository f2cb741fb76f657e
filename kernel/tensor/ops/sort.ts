/** The op that puts elements in order; their values follow by gather, and so does their slope. */
import { backend } from "../backends/current.ts";
import { define, none, type One } from "./op.ts";

export const sorting = {
  /** Along `dim` (resolved), the indices that sort `x`, i32: stable, NaN counting as the largest. */
  argsort: define<One, { readonly dim: number; readonly descending: boolean }>({
    name: "argsort",
    shape: ([x]) => x.shape,
    forward: ([x], { dim, descending }) => backend().argsort(x, dim, descending),
    gradient: [none],
  }),
};

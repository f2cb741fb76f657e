/** The op that puts elements in order; their values follow by gather, and so does their slope. */
import { backend } from "../backends/current.ts";
import { define, none, type One } from "./op.ts";

export interface SortParams {
  readonly dim: number;
  readonly descending: boolean;
  /** All unless given. */
  readonly count?: number | undefined;
}

export const sorting = {
  /**
   * Along `dim` (resolved), the first `count` of the indices that sort `x`, i32: stable, NaN counting as the
   * largest.
   */
  argsort: define<One, SortParams>({
    name: "argsort",
    shape: ([x], { dim, count }) => x.shape.map((size, i) => (i === dim ? (count ?? size) : size)),
    forward: ([x], { dim, descending, count }) => backend().argsort(x, dim, descending, count),
    gradient: [none],
  }),
};

/** How an op is called with the named arguments of a golden case. */
import type { Tensor } from "../../../../../kernel/tensor/index.ts";

/** Takes the arguments by their names in the file, `args` of one case. */
export type Way = (args: never) => Tensor | readonly Tensor[];

/** One or several ways to the same result, such as a method and a function. */
export type Ways = Readonly<Record<string, Way | readonly Way[]>>;

export interface One {
  readonly x: Tensor;
}

export interface Two extends One {
  readonly other: Tensor | number;
}

export interface Along extends One {
  readonly dim: number;
}

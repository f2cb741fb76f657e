/** What a workload is in every engine: something that can be done once, and something to compare. */
import type { Spec } from "./specs.ts";

export interface Workload {
  /**
   * A training step, or one call of an op whose result is dropped. The work is done when it
   * returns, or when the promise it gives is fulfilled.
   */
  step(): void | Promise<void>;
  /** What engines must agree on: the loss of the last step, or some numbers of an op's result. */
  observe(): readonly number[] | Promise<readonly number[]>;
}

type SpecOf<K extends Spec["kind"]> = Extract<Spec, { kind: K }>;
export type Maker<K extends Spec["kind"]> = (spec: SpecOf<K>) => Workload | Promise<Workload>;

/** An engine's versions by kind; a string says why there is none. */
export type Makers = { readonly [K in Spec["kind"]]: Maker<K> | string };

/** Numbers of a large result that stand for it: seven of its elements, first and last included. */
export function sample(values: ArrayLike<number>): number[] {
  return Array.from(
    { length: 7 },
    (_, i) => values[Math.floor(((values.length - 1) * i) / 6)] ?? Number.NaN,
  );
}

/**
 * Storages and views: where values lie and how a shape is laid over them. A tensor is a view with a
 * history; a backend's kernels see views only.
 */
import type { DType, TypedArray } from "./dtype.ts";

export type Shape = readonly number[];

/** A run of elements that a backend owns. Several views may share one. */
export interface Storage {
  readonly dtype: DType;
  readonly length: number;
  /**
   * The values on the JavaScript heap. A backend whose kernels work elsewhere copies them here
   * first, so read it, do not keep it across ops and never write through it.
   */
  host(): TypedArray;
  /** As `host()`, for a backend that is going to write there: no copy elsewhere is good after it. */
  writable(): TypedArray;
  /** Grows by one with every write after birth: how the tape notices a saved value was changed. */
  version: number;
  /** How many tensors lie over it, counting whatever else may show its values: none is ever taken off. */
  handles: number;
  /** How many recorded ops and slopes under way read it: `autograd/lifetimes.ts` counts. */
  holders: number;
  /** Only the engine can reach it, so that it dies with the last of its holders. */
  isPrivate: boolean;
  /**
   * Nobody will read these values again: their memory may be used for others at once. To read them
   * is an internal error from now on.
   */
  release(): void;
  /** Computes what was put off, if it reads values that others may change from now on. */
  settle(): void;
}

/** One dimension of a slice, resolved: elements start, start + step, ...; `size` of them. */
export interface Cut {
  readonly start: number;
  readonly step: number;
  readonly size: number;
}

/**
 * Element `[i, j, ...]` lies at `offset + i * strides[0] + j * strides[1] + ...` of the storage.
 * Strides count elements; 0 repeats (broadcasting), negative runs backwards.
 */
export interface View {
  readonly storage: Storage;
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
}

/** What a projector and its worker tell each other: plain data, typed arrays moved where nobody needs them twice. */
import type { ProjectionMethod } from "../../../kernel/plot/projection-view.ts";

/** How to lay which rows out. */
export interface Look {
  /** Frames say which look they are of. */
  readonly id: number;
  readonly method: ProjectionMethod;
  readonly dims: 2 | 3;
  /** Rows that are laid out; null: all. */
  readonly rows: Int32Array | null;
  readonly perplexity: number;
  readonly neighbours: number;
  readonly minDist: number;
  readonly direction: readonly [number, number] | null;
  readonly seed: number;
}

export const metrics = ["cosine", "euclid"] as const;
export type Metric = (typeof metrics)[number];

export type ToWorker =
  | {
      readonly kind: "rows";
      readonly rows: number;
      readonly columns: number;
      readonly vectors: Float32Array;
    }
  | { readonly kind: "look"; readonly look: Look }
  | { readonly kind: "run"; readonly isRunning: boolean }
  /** The last frame is on the screen. */
  | { readonly kind: "drawn" }
  | {
      readonly kind: "nearest";
      readonly request: number;
      readonly row: number;
      readonly count: number;
      readonly metric: Metric;
      /** Among these; null: all. */
      readonly among: Int32Array | null;
    };

/** Points of a look. */
export interface LayoutFrame {
  readonly kind: "frame";
  readonly look: number;
  /** Done in one go, or on its way. */
  readonly stage: "still" | "neighbours" | "layout";
  readonly done: number;
  readonly total: number;
  /** `[rows, dims]`; null while nothing has moved. */
  readonly points: Float32Array | null;
  /** The part of the variance that principal components hold; null for other methods. */
  readonly share: number | null;
  /** Some numbers are not finite: the first columns are shown as they are. */
  readonly isBroken: boolean;
  /** The rows have changed since this layout began. */
  readonly isOld: boolean;
}

export interface NearestRows {
  readonly kind: "nearest";
  readonly request: number;
  readonly rows: readonly number[];
  readonly cosine: readonly number[];
  readonly euclid: readonly number[];
}

export type FromWorker = LayoutFrame | NearestRows;

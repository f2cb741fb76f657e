/** What a layout tells while it is computed: a generator gives one of these after each step. */

export interface Progress {
  /** Finding each row's neighbours, or moving the points. */
  readonly stage: "neighbours" | "layout";
  readonly done: number;
  readonly total: number;
  /** `[rows, dims]`, the layout's own and moved by the next step; not there before the first. */
  readonly points: Float64Array | null;
}

/** Ends where `points` of the last progress stand. */
export type Layout = Generator<Progress, void, void>;

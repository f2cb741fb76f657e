/** Losses as `nn` exports them: made with or without `new`, their types knowing the reduction. */
import { callable } from "../callable.ts";
import type { Unknown } from "../typed/unknown.ts";
import type {
  BinaryLogitsOptions,
  BinaryOptions,
  CosineEmbeddingOptions,
  CrossEntropyOptions,
  HuberOptions,
  KlOptions,
  LossOptions,
  NllOptions,
  SmoothL1Options,
} from "./functional/index.ts";
import type { Reduction } from "./functional/reduction.ts";
import * as losses from "./losses.ts";

export const MSELoss = callable<
  typeof losses.MSELoss,
  <R extends Reduction = "mean">(options?: LossOptions<R>) => losses.MSELoss<R>
>(losses.MSELoss);
export type MSELoss<R extends Reduction = Unknown> = losses.MSELoss<R>;
export const L1Loss = callable<
  typeof losses.L1Loss,
  <R extends Reduction = "mean">(options?: LossOptions<R>) => losses.L1Loss<R>
>(losses.L1Loss);
export type L1Loss<R extends Reduction = Unknown> = losses.L1Loss<R>;
export const HuberLoss = callable<
  typeof losses.HuberLoss,
  <R extends Reduction = "mean">(options?: HuberOptions<R>) => losses.HuberLoss<R>
>(losses.HuberLoss);
export type HuberLoss<R extends Reduction = Unknown> = losses.HuberLoss<R>;
export const SmoothL1Loss = callable<
  typeof losses.SmoothL1Loss,
  <R extends Reduction = "mean">(options?: SmoothL1Options<R>) => losses.SmoothL1Loss<R>
>(losses.SmoothL1Loss);
export type SmoothL1Loss<R extends Reduction = Unknown> = losses.SmoothL1Loss<R>;
export const CrossEntropyLoss = callable<
  typeof losses.CrossEntropyLoss,
  <R extends Reduction = "mean">(options?: CrossEntropyOptions<R>) => losses.CrossEntropyLoss<R>
>(losses.CrossEntropyLoss);
export type CrossEntropyLoss<R extends Reduction = Unknown> = losses.CrossEntropyLoss<R>;
export const NLLLoss = callable<
  typeof losses.NLLLoss,
  <R extends Reduction = "mean">(options?: NllOptions<R>) => losses.NLLLoss<R>
>(losses.NLLLoss);
export type NLLLoss<R extends Reduction = Unknown> = losses.NLLLoss<R>;
export const BCELoss = callable<
  typeof losses.BCELoss,
  <R extends Reduction = "mean">(options?: BinaryOptions<R>) => losses.BCELoss<R>
>(losses.BCELoss);
export type BCELoss<R extends Reduction = Unknown> = losses.BCELoss<R>;
export const BCEWithLogitsLoss = callable<
  typeof losses.BCEWithLogitsLoss,
  <R extends Reduction = "mean">(options?: BinaryLogitsOptions<R>) => losses.BCEWithLogitsLoss<R>
>(losses.BCEWithLogitsLoss);
export type BCEWithLogitsLoss<R extends Reduction = Unknown> = losses.BCEWithLogitsLoss<R>;
export const KLDivLoss = callable<
  typeof losses.KLDivLoss,
  <R extends Reduction | "batchmean" = "mean">(options?: KlOptions<R>) => losses.KLDivLoss<R>
>(losses.KLDivLoss);
export type KLDivLoss<R extends Reduction | "batchmean" = Unknown> = losses.KLDivLoss<R>;
export const CosineEmbeddingLoss = callable<
  typeof losses.CosineEmbeddingLoss,
  <R extends Reduction = "mean">(
    options?: CosineEmbeddingOptions<R>,
  ) => losses.CosineEmbeddingLoss<R>
>(losses.CosineEmbeddingLoss);
export type CosineEmbeddingLoss<R extends Reduction = Unknown> = losses.CosineEmbeddingLoss<R>;

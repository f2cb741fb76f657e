/** `F`: layers and losses as functions, without state. */
export * from "./activations.ts";
export * from "./attention.ts";
export * from "./classification.ts";
export * from "./convolution.ts";
export * from "./dropout.ts";
export * from "./layers.ts";
export * from "./losses.ts";
export * from "./normalization.ts";
export * from "./normalize.ts";
export * from "./pooling.ts";
export * from "./pad.ts";
export type { LossOptions, Reduction } from "./reduction.ts";

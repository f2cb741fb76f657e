/** `F`: layers and losses as functions, without state. */
export * from "./activations.ts";
export * from "./layers.ts";
export * from "./losses.ts";

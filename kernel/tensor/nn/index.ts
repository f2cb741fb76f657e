/** `nn`: layers, made and called as in PyTorch, with or without `new`. */
import { callable } from "../callable.ts";
import { Embedding as EmbeddingLayer } from "./embedding.ts";
import {
  Flatten as FlattenLayer,
  GELU as GELULayer,
  Identity as IdentityLayer,
  ReLU as ReLULayer,
  Sigmoid as SigmoidLayer,
  Softmax as SoftmaxLayer,
  Tanh as TanhLayer,
} from "./layers.ts";
import { Linear as LinearLayer } from "./linear.ts";
import { Parameter as ParameterTensor } from "./parameter.ts";
import { Sequential as SequentialLayer } from "./sequential.ts";

export * as init from "./init.ts";
export { Module, type LoadStateOptions, type StateDict } from "./module.ts";
export type { Layer } from "./sequential.ts";

export const Parameter = callable(ParameterTensor);
export type Parameter = ParameterTensor;
export const Linear = callable(LinearLayer);
export type Linear = LinearLayer;
export const Embedding = callable(EmbeddingLayer);
export type Embedding = EmbeddingLayer;
export const Sequential = callable(SequentialLayer);
export type Sequential = SequentialLayer;
export const Flatten = callable(FlattenLayer);
export type Flatten = FlattenLayer;
export const Identity = callable(IdentityLayer);
export type Identity = IdentityLayer;
export const ReLU = callable(ReLULayer);
export type ReLU = ReLULayer;
export const Tanh = callable(TanhLayer);
export type Tanh = TanhLayer;
export const Sigmoid = callable(SigmoidLayer);
export type Sigmoid = SigmoidLayer;
export const GELU = callable(GELULayer);
export type GELU = GELULayer;
export const Softmax = callable(SoftmaxLayer);
export type Softmax = SoftmaxLayer;

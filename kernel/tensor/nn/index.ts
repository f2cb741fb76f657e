/** `nn`: layers, made and called as in PyTorch, with or without `new`. */
import { callable } from "../callable.ts";
import { type ConvOptions, Conv1d as Conv1dLayer, Conv2d as Conv2dLayer } from "./conv.ts";
import { type EmbeddingOptions, Embedding as EmbeddingLayer } from "./embedding.ts";
import * as activations from "./activations.ts";
import { MultiheadAttention as MultiheadAttentionLayer } from "./attention.ts";
import { Dropout as DropoutLayer } from "./dropout.ts";
import { Flatten as FlattenLayer, Identity as IdentityLayer } from "./layers.ts";
import { Linear as LinearLayer, type LinearOptions } from "./linear.ts";
import * as losses from "./losses.ts";
import type { Module } from "./module.ts";
import { ModuleList as ModuleListLayer } from "./module-list.ts";
import * as normalization from "./normalization.ts";
import { Buffer as BufferTensor, Parameter as ParameterTensor } from "./parameter.ts";
import * as rnn from "./rnn.ts";
import {
  AdaptiveAvgPool2d as AdaptiveAvgPool2dLayer,
  AvgPool1d as AvgPool1dLayer,
  AvgPool2d as AvgPool2dLayer,
  MaxPool1d as MaxPool1dLayer,
  MaxPool2d as MaxPool2dLayer,
} from "./pool.ts";
import { type Layer, Sequential as SequentialLayer } from "./sequential.ts";
import type { AdaptiveSize, AvgPoolOptions, MaxPoolOptions, Padded } from "./sliding.ts";
import type { Links } from "../typed/chain.ts";
import type { Unknown } from "../typed/unknown.ts";
import type { Pooling, Slide } from "../typed/windows.ts";
import type { Sizes } from "../windows.ts";

export { clipGradNorm_, clipGradValue_, type ClipNormOptions } from "./clip.ts";
export * as init from "./init.ts";
export { Module } from "./module.ts";
export type { LoadReport, LoadStateOptions, StateDict } from "./state.ts";
export type { Summary, SummaryRow } from "./summary.ts";
export type { Layer } from "./sequential.ts";

export const Parameter = callable(ParameterTensor);
export type Parameter = ParameterTensor;
export const Buffer = callable(BufferTensor);
export type Buffer = BufferTensor;
export const Linear = callable<
  typeof LinearLayer,
  <In extends number, Out extends number>(
    inputs: In,
    outputs: Out,
    options?: LinearOptions | boolean,
  ) => LinearLayer<In, Out>
>(LinearLayer);
export type Linear<In extends number = Unknown, Out extends number = Unknown> = LinearLayer<
  In,
  Out
>;
export const Embedding = callable<
  typeof EmbeddingLayer,
  <Count extends number, Size extends number>(
    count: Count,
    size: Size,
    options?: EmbeddingOptions,
  ) => EmbeddingLayer<Count, Size>
>(EmbeddingLayer);
export type Embedding<
  Count extends number = Unknown,
  Size extends number = Unknown,
> = EmbeddingLayer<Count, Size>;
export const Conv1d = callable<
  typeof Conv1dLayer,
  <
    In extends number,
    Out extends number,
    const Kernel extends Sizes,
    const Stride extends Sizes = 1,
    const Padding extends Padded = 0,
    const Dilation extends Sizes = 1,
    Groups extends number = 1,
  >(
    channels: In,
    filters: Out,
    kernel: Kernel,
    options?: ConvOptions<Stride, Padding, Dilation, Groups>,
  ) => Conv1dLayer<In, Out, Slide<Kernel, Stride, Padding, Dilation>, Groups>
>(Conv1dLayer);
export type Conv1d<
  In extends number = Unknown,
  Out extends number = Unknown,
  Window = Unknown,
  Groups extends number = Unknown,
> = Conv1dLayer<In, Out, Window, Groups>;
export const Conv2d = callable<
  typeof Conv2dLayer,
  <
    In extends number,
    Out extends number,
    const Kernel extends Sizes,
    const Stride extends Sizes = 1,
    const Padding extends Padded = 0,
    const Dilation extends Sizes = 1,
    Groups extends number = 1,
  >(
    channels: In,
    filters: Out,
    kernel: Kernel,
    options?: ConvOptions<Stride, Padding, Dilation, Groups>,
  ) => Conv2dLayer<In, Out, Slide<Kernel, Stride, Padding, Dilation>, Groups>
>(Conv2dLayer);
export type Conv2d<
  In extends number = Unknown,
  Out extends number = Unknown,
  Window = Unknown,
  Groups extends number = Unknown,
> = Conv2dLayer<In, Out, Window, Groups>;
export const MaxPool1d = callable<
  typeof MaxPool1dLayer,
  <
    const Kernel extends Sizes,
    const Stride extends Sizes = Kernel,
    const Padding extends Sizes = 0,
    const Dilation extends Sizes = 1,
    Ceil extends boolean = false,
  >(
    kernel: Kernel,
    options?: MaxPoolOptions<Stride, Padding, Dilation, Ceil>,
  ) => MaxPool1dLayer<Pooling<Kernel, Stride, Padding, Dilation, Ceil>>
>(MaxPool1dLayer);
export type MaxPool1d<Window = Unknown> = MaxPool1dLayer<Window>;
export const MaxPool2d = callable<
  typeof MaxPool2dLayer,
  <
    const Kernel extends Sizes,
    const Stride extends Sizes = Kernel,
    const Padding extends Sizes = 0,
    const Dilation extends Sizes = 1,
    Ceil extends boolean = false,
  >(
    kernel: Kernel,
    options?: MaxPoolOptions<Stride, Padding, Dilation, Ceil>,
  ) => MaxPool2dLayer<Pooling<Kernel, Stride, Padding, Dilation, Ceil>>
>(MaxPool2dLayer);
export type MaxPool2d<Window = Unknown> = MaxPool2dLayer<Window>;
export const AvgPool1d = callable<
  typeof AvgPool1dLayer,
  <
    const Kernel extends Sizes,
    const Stride extends Sizes = Kernel,
    const Padding extends Sizes = 0,
    Ceil extends boolean = false,
  >(
    kernel: Kernel,
    options?: Omit<AvgPoolOptions<Stride, Padding, Ceil>, "divisorOverride">,
  ) => AvgPool1dLayer<Pooling<Kernel, Stride, Padding, 1, Ceil>>
>(AvgPool1dLayer);
export type AvgPool1d<Window = Unknown> = AvgPool1dLayer<Window>;
export const AvgPool2d = callable<
  typeof AvgPool2dLayer,
  <
    const Kernel extends Sizes,
    const Stride extends Sizes = Kernel,
    const Padding extends Sizes = 0,
    Ceil extends boolean = false,
  >(
    kernel: Kernel,
    options?: AvgPoolOptions<Stride, Padding, Ceil>,
  ) => AvgPool2dLayer<Pooling<Kernel, Stride, Padding, 1, Ceil>>
>(AvgPool2dLayer);
export type AvgPool2d<Window = Unknown> = AvgPool2dLayer<Window>;
export const AdaptiveAvgPool2d = callable<
  typeof AdaptiveAvgPool2dLayer,
  <const Size extends AdaptiveSize>(size: Size) => AdaptiveAvgPool2dLayer<Size>
>(AdaptiveAvgPool2dLayer);
export type AdaptiveAvgPool2d<Size extends AdaptiveSize = Unknown> = AdaptiveAvgPool2dLayer<Size>;
export const Sequential = callable<
  typeof SequentialLayer,
  <L extends readonly Layer[]>(...layers: L & Links<L>) => SequentialLayer<NoInfer<L>>
>(SequentialLayer);
export type Sequential<L extends readonly Layer[] = Unknown> = SequentialLayer<L>;
export const ModuleList = callable<
  typeof ModuleListLayer,
  <M extends Module = Module>(modules?: Iterable<M>) => ModuleListLayer<M>
>(ModuleListLayer);
export type ModuleList<M extends Module = Module> = ModuleListLayer<M>;
export const Flatten = callable<
  typeof FlattenLayer,
  <From extends number = 1, To extends number = -1>(
    start?: From,
    end?: To,
  ) => FlattenLayer<From, To>
>(FlattenLayer);
export type Flatten<From extends number = Unknown, To extends number = Unknown> = FlattenLayer<
  From,
  To
>;
export const Identity = callable(IdentityLayer);
export type Identity = IdentityLayer;
export const Dropout = callable(DropoutLayer);
export type Dropout = DropoutLayer;
export const MultiheadAttention = callable(MultiheadAttentionLayer);
export type MultiheadAttention = MultiheadAttentionLayer;
export const BatchNorm1d = callable(normalization.BatchNorm1d);
export type BatchNorm1d = normalization.BatchNorm1d;
export const BatchNorm2d = callable(normalization.BatchNorm2d);
export type BatchNorm2d = normalization.BatchNorm2d;
export const LayerNorm = callable(normalization.LayerNorm);
export type LayerNorm = normalization.LayerNorm;
export const RNN = callable(rnn.RNN);
export type RNN = rnn.RNN;
export const LSTM = callable(rnn.LSTM);
export type LSTM = rnn.LSTM;
export const GRU = callable(rnn.GRU);
export type GRU = rnn.GRU;

export const ReLU = callable(activations.ReLU);
export type ReLU = activations.ReLU;
export const Tanh = callable(activations.Tanh);
export type Tanh = activations.Tanh;
export const Sigmoid = callable(activations.Sigmoid);
export type Sigmoid = activations.Sigmoid;
export const GELU = callable(activations.GELU);
export type GELU = activations.GELU;
export const SiLU = callable(activations.SiLU);
export type SiLU = activations.SiLU;
export const LeakyReLU = callable(activations.LeakyReLU);
export type LeakyReLU = activations.LeakyReLU;
export const ELU = callable(activations.ELU);
export type ELU = activations.ELU;
export const Softplus = callable(activations.Softplus);
export type Softplus = activations.Softplus;
export const Softmax = callable(activations.Softmax);
export type Softmax = activations.Softmax;
export const LogSoftmax = callable(activations.LogSoftmax);
export type LogSoftmax = activations.LogSoftmax;

export const MSELoss = callable(losses.MSELoss);
export type MSELoss = losses.MSELoss;
export const L1Loss = callable(losses.L1Loss);
export type L1Loss = losses.L1Loss;
export const HuberLoss = callable(losses.HuberLoss);
export type HuberLoss = losses.HuberLoss;
export const SmoothL1Loss = callable(losses.SmoothL1Loss);
export type SmoothL1Loss = losses.SmoothL1Loss;
export const CrossEntropyLoss = callable(losses.CrossEntropyLoss);
export type CrossEntropyLoss = losses.CrossEntropyLoss;
export const NLLLoss = callable(losses.NLLLoss);
export type NLLLoss = losses.NLLLoss;
export const BCELoss = callable(losses.BCELoss);
export type BCELoss = losses.BCELoss;
export const BCEWithLogitsLoss = callable(losses.BCEWithLogitsLoss);
export type BCEWithLogitsLoss = losses.BCEWithLogitsLoss;
export const KLDivLoss = callable(losses.KLDivLoss);
export type KLDivLoss = losses.KLDivLoss;
export const CosineEmbeddingLoss = callable(losses.CosineEmbeddingLoss);
export type CosineEmbeddingLoss = losses.CosineEmbeddingLoss;

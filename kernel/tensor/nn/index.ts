/** `nn`: layers, made and called as in PyTorch, with or without `new`. */
import { callable } from "../callable.ts";
import { Conv1d as Conv1dLayer, Conv2d as Conv2dLayer, type ConvCall } from "./conv.ts";
import { type EmbeddingOptions, Embedding as EmbeddingLayer } from "./embedding.ts";
import * as activations from "./activations.ts";
import {
  MultiheadAttention as MultiheadAttentionLayer,
  type MultiheadAttentionOptions,
} from "./attention.ts";
import { Dropout as DropoutLayer } from "./dropout.ts";
import { Flatten as FlattenLayer, Identity as IdentityLayer } from "./layers.ts";
import { Linear as LinearLayer, type LinearOptions } from "./linear.ts";
import type { Module } from "./module.ts";
import { ModuleList as ModuleListLayer } from "./module-list.ts";
import * as normalization from "./normalization.ts";
import { Buffer as BufferTensor, Parameter as ParameterTensor } from "./parameter.ts";
import type { RecurrentOptions } from "./recurrent.ts";
import * as rnn from "./rnn.ts";
import {
  AdaptiveAvgPool2d as AdaptiveAvgPool2dLayer,
  AvgPool1d as AvgPool1dLayer,
  AvgPool2d as AvgPool2dLayer,
  type AvgPoolCall,
  MaxPool1d as MaxPool1dLayer,
  MaxPool2d as MaxPool2dLayer,
  type MaxPoolCall,
} from "./pool.ts";
import { type Layer, Sequential as SequentialLayer } from "./sequential.ts";
import type { AdaptiveSize } from "./sliding.ts";
import type { Links } from "../typed/chain.ts";
import type { Unknown } from "../typed/unknown.ts";
import type { Shape } from "../view.ts";

export * from "./criteria.ts";
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
export const Conv1d = callable<typeof Conv1dLayer, ConvCall<1>>(Conv1dLayer);
export type Conv1d<
  In extends number = Unknown,
  Out extends number = Unknown,
  Window = Unknown,
  Groups extends number = Unknown,
> = Conv1dLayer<In, Out, Window, Groups>;
export const Conv2d = callable<typeof Conv2dLayer, ConvCall<2>>(Conv2dLayer);
export type Conv2d<
  In extends number = Unknown,
  Out extends number = Unknown,
  Window = Unknown,
  Groups extends number = Unknown,
> = Conv2dLayer<In, Out, Window, Groups>;
export const MaxPool1d = callable<typeof MaxPool1dLayer, MaxPoolCall<1>>(MaxPool1dLayer);
export type MaxPool1d<Window = Unknown> = MaxPool1dLayer<Window>;
export const MaxPool2d = callable<typeof MaxPool2dLayer, MaxPoolCall<2>>(MaxPool2dLayer);
export type MaxPool2d<Window = Unknown> = MaxPool2dLayer<Window>;
export const AvgPool1d = callable<typeof AvgPool1dLayer, AvgPoolCall<1>>(AvgPool1dLayer);
export type AvgPool1d<Window = Unknown> = AvgPool1dLayer<Window>;
export const AvgPool2d = callable<typeof AvgPool2dLayer, AvgPoolCall<2>>(AvgPool2dLayer);
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
export const MultiheadAttention = callable<
  typeof MultiheadAttentionLayer,
  <
    Size extends number,
    Heads extends number,
    Keys extends number = Size,
    Values extends number = Size,
    BatchFirst extends boolean = false,
  >(
    size: Size,
    heads: Heads,
    options?: MultiheadAttentionOptions<Keys, Values, BatchFirst>,
  ) => MultiheadAttentionLayer<Size, Heads, Keys, Values, BatchFirst>
>(MultiheadAttentionLayer);
export type MultiheadAttention<
  Size extends number = Unknown,
  Heads extends number = Unknown,
  Keys extends number = Unknown,
  Values extends number = Unknown,
  BatchFirst extends boolean = Unknown,
> = MultiheadAttentionLayer<Size, Heads, Keys, Values, BatchFirst>;
export const BatchNorm1d = callable<
  typeof normalization.BatchNorm1d,
  <Channels extends number>(
    channels: Channels,
    options?: normalization.BatchNormLayerOptions,
  ) => normalization.BatchNorm1d<Channels>
>(normalization.BatchNorm1d);
export type BatchNorm1d<Channels extends number = Unknown> = normalization.BatchNorm1d<Channels>;
export const BatchNorm2d = callable<
  typeof normalization.BatchNorm2d,
  <Channels extends number>(
    channels: Channels,
    options?: normalization.BatchNormLayerOptions,
  ) => normalization.BatchNorm2d<Channels>
>(normalization.BatchNorm2d);
export type BatchNorm2d<Channels extends number = Unknown> = normalization.BatchNorm2d<Channels>;
export const LayerNorm = callable<
  typeof normalization.LayerNorm,
  <const Normalized extends number | Shape>(
    normalized: Normalized,
    options?: normalization.LayerNormLayerOptions,
  ) => normalization.LayerNorm<Normalized>
>(normalization.LayerNorm);
export type LayerNorm<Normalized extends number | Shape = Unknown> =
  normalization.LayerNorm<Normalized>;
export const RNN = callable<
  typeof rnn.RNN,
  <
    In extends number,
    Hidden extends number,
    Layers extends number = 1,
    BatchFirst extends boolean = false,
    Bidirectional extends boolean = false,
  >(
    inputs: In,
    hidden: Hidden,
    options?: rnn.RNNOptions<Layers, BatchFirst, Bidirectional>,
  ) => rnn.RNN<In, Hidden, Layers, BatchFirst, Bidirectional>
>(rnn.RNN);
export type RNN<
  In extends number = Unknown,
  Hidden extends number = Unknown,
  Layers extends number = Unknown,
  BatchFirst extends boolean = Unknown,
  Bidirectional extends boolean = Unknown,
> = rnn.RNN<In, Hidden, Layers, BatchFirst, Bidirectional>;
export const LSTM = callable<
  typeof rnn.LSTM,
  <
    In extends number,
    Hidden extends number,
    Layers extends number = 1,
    BatchFirst extends boolean = false,
    Bidirectional extends boolean = false,
  >(
    inputs: In,
    hidden: Hidden,
    options?: RecurrentOptions<Layers, BatchFirst, Bidirectional>,
  ) => rnn.LSTM<In, Hidden, Layers, BatchFirst, Bidirectional>
>(rnn.LSTM);
export type LSTM<
  In extends number = Unknown,
  Hidden extends number = Unknown,
  Layers extends number = Unknown,
  BatchFirst extends boolean = Unknown,
  Bidirectional extends boolean = Unknown,
> = rnn.LSTM<In, Hidden, Layers, BatchFirst, Bidirectional>;
export const GRU = callable<
  typeof rnn.GRU,
  <
    In extends number,
    Hidden extends number,
    Layers extends number = 1,
    BatchFirst extends boolean = false,
    Bidirectional extends boolean = false,
  >(
    inputs: In,
    hidden: Hidden,
    options?: RecurrentOptions<Layers, BatchFirst, Bidirectional>,
  ) => rnn.GRU<In, Hidden, Layers, BatchFirst, Bidirectional>
>(rnn.GRU);
export type GRU<
  In extends number = Unknown,
  Hidden extends number = Unknown,
  Layers extends number = Unknown,
  BatchFirst extends boolean = Unknown,
  Bidirectional extends boolean = Unknown,
> = rnn.GRU<In, Hidden, Layers, BatchFirst, Bidirectional>;

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

/** Its wasm backend cannot differentiate a gather, so the embedding is a product with ones. */
import * as tf from "@tensorflow/tfjs";
import { adam, affine, crossEntropy, oneHot, training, variable } from "../tfjs.ts";
import type { Transformer } from "../specs.ts";
import type { Maker } from "../workload.ts";
import { type BlockData, transformerData } from "./data.ts";

type Pair = [tf.Variable, tf.Variable];

interface Block {
  readonly norms: readonly [Pair, Pair];
  readonly qkv: Pair;
  readonly projection: Pair;
  readonly up: Pair;
  readonly down: Pair;
}

/** Rows of all leading dimensions through one matrix. */
function affineOf(x: tf.Tensor, [weight, bias]: Pair): tf.Tensor {
  const [inputs, outputs] = weight.shape as [number, number];
  const rows = tf.matMul(x.reshape([-1, inputs]), weight as tf.Tensor2D).add(bias);
  return rows.reshape([...x.shape.slice(0, -1), outputs]);
}

function layerNorm(x: tf.Tensor, [scale, shift]: Pair): tf.Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  return x
    .sub(mean)
    .mul(tf.rsqrt(variance.add(1e-5)))
    .mul(scale)
    .add(shift);
}

function gelu(x: tf.Tensor): tf.Tensor {
  const inner = x
    .mul(x)
    .mul(x)
    .mul(0.044715)
    .add(x)
    .mul(Math.sqrt(2 / Math.PI));
  return x.mul(0.5).mul(tf.tanh(inner).add(1));
}

const norm = (width: number): Pair => [
  tf.variable(tf.ones([width])),
  tf.variable(tf.zeros([width])),
];

const blockOf = ({ width }: Transformer, data: BlockData): Block => ({
  norms: [norm(width), norm(width)],
  qkv: affine(data.qkv),
  projection: affine(data.projection),
  up: affine(data.up),
  down: affine(data.down),
});

export const transformer: Maker<"transformer"> = (spec) => {
  const { batch, context, vocabulary, width, heads } = spec;
  const data = transformerData(spec);
  const size = width / heads;
  const tokenTable = variable(data.tokenTable, [vocabulary, width]);
  const placeTable = variable(data.placeTable, [context, width]);
  const blocks = data.blocks.map((block) => blockOf(spec, block));
  const last = norm(width);
  const head = affine(data.head);
  const tokens = oneHot(data.tokens, vocabulary);
  const next = oneHot(data.next, vocabulary);
  const later = tf.linalg
    .bandPart(tf.ones([context, context]), -1, 0)
    .sub(1)
    .mul(1e9);

  const attention = (x: tf.Tensor, { qkv, projection }: Block): tf.Tensor => {
    const parts = affineOf(x, qkv).reshape([batch, context, 3, heads, size]);
    const [q, k, v] = tf
      .split(parts, 3, 2)
      .map((part) => part.reshape([batch, context, heads, size]).transpose([0, 2, 1, 3]));
    if (q === undefined || k === undefined || v === undefined) throw new RangeError("no heads");
    const scores = tf.matMul(q, k, false, true).div(Math.sqrt(size)).add(later);
    const mixed = tf.matMul(tf.softmax(scores), v);
    return affineOf(mixed.transpose([0, 2, 1, 3]).reshape([batch, context, width]), projection);
  };

  const lossOf = () => {
    let x: tf.Tensor = tf
      .matMul(tokens, tokenTable as tf.Tensor2D)
      .reshape([batch, context, width])
      .add(placeTable);
    for (const block of blocks) {
      x = x.add(attention(layerNorm(x, block.norms[0]), block));
      x = x.add(affineOf(gelu(affineOf(layerNorm(x, block.norms[1]), block.up)), block.down));
    }
    const logits = affineOf(layerNorm(x, last), head);
    return crossEntropy(logits.reshape([batch * context, vocabulary]), next);
  };

  const variables = [
    tokenTable,
    placeTable,
    ...blocks.flatMap(({ norms, qkv, projection, up, down }) =>
      [...norms, qkv, projection, up, down].flat(),
    ),
    ...last,
    ...head,
  ];
  const decay = () =>
    tf.tidy(() => {
      for (const each of variables) each.assign(each.mul(1 - spec.lr * spec.weightDecay));
    });
  return training(adam(spec.lr), lossOf, decay);
};

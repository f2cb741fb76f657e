/** Compiled, the embedding is a product with ones: jax-js cannot differentiate `take` under jit. */
import { nn, numpy as np } from "@jax-js/jax";
import {
  adamTraining,
  affine,
  array,
  crossEntropy,
  type JaxArray,
  oneHot,
  type Running,
} from "../jax.ts";
import type { Transformer } from "../specs.ts";
import type { Maker } from "../workload.ts";
import { transformerData } from "./data.ts";

const affineOf = (x: JaxArray, weight: JaxArray, bias: JaxArray) => np.matmul(x, weight).add(bias);

const layerNorm = (x: JaxArray, scale: JaxArray, shift: JaxArray) =>
  nn.standardize(x).mul(scale).add(shift);

function attention(qkv: JaxArray, { batch, context, heads, width }: Transformer): JaxArray {
  const parts = qkv.reshape([batch, context, 3, heads, width / heads]);
  const [q, k, v] = [0, 1, 2].map((i) => parts.ref.slice([], [], i));
  parts.dispose();
  const mixed = nn.dotProductAttention(q!, k!, v!, { isCausal: true });
  return mixed.reshape([batch, context, width]);
}

/** Twelve arrays a block: scale and shift of both norms, then the four layers. */
function block(x: JaxArray, given: readonly JaxArray[], spec: Transformer): JaxArray {
  const [scale1, shift1, scale2, shift2, wQkv, bQkv, wOut, bOut, wUp, bUp, wDown, bDown] = given;
  const qkv = affineOf(layerNorm(x.ref, scale1!, shift1!), wQkv!, bQkv!);
  const attended = x.add(affineOf(attention(qkv, spec), wOut!, bOut!));
  const up = affineOf(layerNorm(attended.ref, scale2!, shift2!), wUp!, bUp!);
  return attended.add(affineOf(nn.gelu(up, { approximate: true }), wDown!, bDown!));
}

export const transformerWith =
  (running: Running): Maker<"transformer"> =>
  (spec) => {
    const { batch, context, vocabulary, width, layers } = spec;
    const data = transformerData(spec);
    const norm = () => [np.ones([width]), np.zeros([width])];
    const params = [
      array(data.tokenTable, [vocabulary, width]),
      array(data.placeTable, [context, width]),
      ...data.blocks.flatMap(({ qkv, projection, up, down }) => [
        ...norm(),
        ...norm(),
        ...[qkv, projection, up, down].flatMap(affine),
      ]),
      ...norm(),
      ...affine(data.head),
    ];
    const loss = (given: JaxArray[], [tokens, next]: JaxArray[]): JaxArray => {
      const [tokenTable, placeTable, ...rest] = given;
      const looked = running.compiled
        ? np.matmul(tokens!, tokenTable!)
        : np.take(tokenTable!, tokens!, 0);
      let x = looked.reshape([batch, context, width]).add(placeTable!);
      for (let i = 0; i < layers; i++) x = block(x, rest.slice(12 * i, 12 * (i + 1)), spec);
      const [scale, shift, weight, bias] = rest.slice(12 * layers);
      const logits = affineOf(layerNorm(x, scale!, shift!), weight!, bias!);
      return crossEntropy(logits.reshape([batch * context, vocabulary]), next!);
    };
    const tokens = running.compiled
      ? oneHot(data.tokens, vocabulary)
      : array(data.tokens, [batch * context]);
    return adamTraining(loss, params, [tokens, oneHot(data.next, vocabulary)], spec, running);
  };

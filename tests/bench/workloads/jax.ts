/**
 * What the versions in jax-js share. Each array argument is consumed by the function it goes to, so
 * whatever is used again is passed as `.ref`.
 */
import {
  type Array as JaxArray,
  blockUntilReady,
  jit,
  numpy as np,
  valueAndGrad,
} from "@jax-js/jax";
import type { Affine } from "./draw.ts";
import { transposed } from "./draw.ts";
import type { Workload } from "./workload.ts";

export type { JaxArray };

/** A scalar from parameters and data, all of which it consumes. */
export type Loss = (params: JaxArray[], data: JaxArray[]) => JaxArray;

/** How the functions are run: compiled and fused, or one by one. */
export interface Running {
  readonly compiled: boolean;
}

export const array = (
  values: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  shape: number[],
) => np.array(values, { shape });

/** `[inputs, outputs]` and `[outputs]`. */
export function affine({ inputs, outputs, weight, bias }: Affine): JaxArray[] {
  return [array(transposed(weight, outputs, inputs), [inputs, outputs]), array(bias, [outputs])];
}

export const refs = (arrays: readonly JaxArray[]): JaxArray[] => arrays.map((each) => each.ref);

/** `data` begins with the rows' true classes as ones in `[n, classes]`. */
export function crossEntropy(logits: JaxArray, truth: JaxArray): JaxArray {
  const rows = logits.shape[0] ?? 1;
  const shifted = logits.ref.sub(np.max(logits, -1, { keepdims: true }));
  const logSums = np.log(np.exp(shifted.ref).sum(-1, { keepdims: true }));
  return shifted
    .sub(logSums)
    .mul(truth)
    .sum()
    .mul(-1 / rows);
}

export function oneHot(labels: Int32Array, classes: number): JaxArray {
  const values = new Float32Array(labels.length * classes);
  labels.forEach((label, row) => {
    values[row * classes + label] = 1;
  });
  return array(values, [labels.length, classes]);
}

type Update = (state: JaxArray[][], numbers: JaxArray[], data: JaxArray[]) => JaxArray[][];

/** Steps `update` from `state`; its first result is the loss alone in a list. */
function stepping(
  update: Update,
  start: JaxArray[][],
  numbersOf: (step: number) => JaxArray[],
  data: readonly JaxArray[],
  { compiled }: Running,
): Workload {
  const run = compiled ? jit(update) : update;
  let state = start;
  let loss: JaxArray | null = null;
  let steps = 0;
  return {
    async step() {
      const [value = [], ...next] = run(state, numbersOf(++steps), refs(data));
      loss?.dispose();
      loss = value[0] ?? null;
      state = next;
      await blockUntilReady([value, next]);
    },
    observe: async () => [...((await loss?.ref.data()) ?? [])],
  };
}

export function sgdTraining(
  loss: Loss,
  params: JaxArray[],
  data: readonly JaxArray[],
  lr: number,
  running: Running,
): Workload {
  const update: Update = ([old = []], _, given) => {
    const [value, slopes] = valueAndGrad(loss)(refs(old), given);
    return [[value], old.map((each, i) => each.sub(slopes[i]!.mul(lr)))];
  };
  return stepping(update, [params], () => [], data, running);
}

export interface AdamSettings {
  readonly lr: number;
  /** Decoupled, as in AdamW. */
  readonly weightDecay?: number;
}

const beta1 = 0.9;
const beta2 = 0.999;
const eps = 1e-8;

/** Moments of one parameter: m = β1 m + (1 - β1) g and v = β2 v + (1 - β2) g². */
export function adamTraining(
  loss: Loss,
  params: JaxArray[],
  data: readonly JaxArray[],
  { lr, weightDecay = 0 }: AdamSettings,
  running: Running,
): Workload {
  const update: Update = ([old = [], firsts = [], seconds = []], numbers, given) => {
    const [value, slopes] = valueAndGrad(loss)(refs(old), given);
    const [stepSize, correction] = numbers;
    const next: JaxArray[][] = [[value], [], [], []];
    for (const [i, parameter] of old.entries()) {
      // One slope, one first and one second moment for each parameter.
      const slope = slopes[i]!;
      const first = firsts[i]!.mul(beta1).add(slope.ref.mul(1 - beta1));
      const second = seconds[i]!.mul(beta2).add(slope.ref.mul(slope).mul(1 - beta2));
      const size = np.sqrt(second.ref.mul(correction!.ref)).add(eps);
      const moved = first.ref.mul(stepSize!.ref).div(size);
      next[1]?.push(parameter.mul(1 - lr * weightDecay).sub(moved));
      next[2]?.push(first);
      next[3]?.push(second);
    }
    for (const each of numbers) each.dispose();
    return next;
  };
  const zeros = () => params.map(({ shape }) => np.zeros(shape));
  const numbersOf = (step: number) => [
    np.array(lr / (1 - beta1 ** step)),
    np.array(1 / (1 - beta2 ** step)),
  ];
  return stepping(update, [params, zeros(), zeros()], numbersOf, data, running);
}

/**
 * What goes on in a network while it learns, looked at now and then: weights, slopes, the size of
 * updates, activations. Looks take at most a small share of the time, and each of them counts
 * everything.
 */
import type { Module } from "../tensor/nn/module.ts";
import { followSteps } from "../tensor/optim/at-work.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { ActivationHealth, type Activations, lookAtActivations } from "./activation-health.ts";
import { SignedHistograms, SizeHistograms } from "./histogram.ts";

/** Looks that are kept; of more every second one goes, and from then on looks are half as frequent. */
const MOST_LOOKS = 48;
/** Steps between two looks at first. */
const EVERY = 4;
/**
 * Looking may take this share of the time. So many looks are taken in any case, and then one whenever
 * the steps have doubled: a short training is seen to its end.
 */
const SHARE = 0.03;
const FIRST_LOOKS = 8;
/** Layers whose histograms are kept; of more the first and last ones, evenly chosen. */
export const MOST_LAYERS = 6;

/** One look at a layer's numbers. */
export interface LayerLook {
  readonly step: number;
  /** Root of the mean square of the slope; null when there was none. */
  readonly slope: number | null;
  /** Length of the update as a share of the length of the weights; null when one of them is 0. */
  readonly ratio: number | null;
}

/** A parameter and what was seen of it. */
export interface LayerHealth {
  readonly name: string;
  readonly parameter: Tensor;
  looks: readonly LayerLook[];
  /** Null for layers in the midst of very many. */
  readonly weights: SignedHistograms | null;
  readonly slopes: SizeHistograms | null;
}

/** What was seen of a network. */
export interface Health {
  readonly layers: readonly LayerHealth[];
  readonly activations: ReadonlyMap<string, Activations>;
}

export class ModelHealth implements Health {
  readonly layers: readonly LayerHealth[];
  readonly activations = new Map<string, ActivationHealth>();
  readonly #model: Module;
  readonly #looked: () => void;
  readonly #stopFollowing: () => void;
  readonly #beganMs = performance.now();
  #spentMs = 0;
  #every = EVERY;
  /** Looks so far, also those that were dropped since. */
  #taken = 0;
  /** Steps that are over. */
  #steps = 0;
  #byOptimizer = false;
  /** Ends the look at activations that is prepared for the next step; null when none is. */
  #prepared: (() => void) | null = null;
  #before: readonly Float64Array[] | null = null;
  #slopes: readonly (number | null)[] = [];

  /** `looked` is called after each look. */
  constructor(model: Module, looked: () => void) {
    this.#model = model;
    this.#looked = looked;
    this.layers = layersOf(model);
    this.#prepare();
    const parameters = this.layers.map(({ parameter }) => parameter);
    this.#stopFollowing = followSteps(parameters, () => {
      this.#byOptimizer = true;
      this.#stepBegins();
      return () => this.#stepEnds();
    });
  }

  get steps(): number {
    return this.#steps;
  }

  /** What had been seen when this step was over. */
  at(step: number): Health {
    return {
      layers: this.layers.map((layer) => ({
        ...layer,
        looks: layer.looks.filter((look) => look.step <= step),
      })),
      activations: new Map(
        Array.from(this.activations, ([name, activation]) => [name, activation.at(step)]),
      ),
    };
  }

  /** A step was made by hand. Where an optimiser makes them, it has been seen already. */
  stepped(): void {
    if (this.#byOptimizer) return;
    this.#slopesOf();
    this.#stepEnds();
  }

  stop(): void {
    this.#stopFollowing();
    this.#prepared?.();
    this.#prepared = null;
  }

  #stepBegins(): void {
    if (this.#prepared === null) return;
    this.#timed(() => {
      this.#copyWeights();
      this.#slopesOf();
    });
  }

  #stepEnds(): void {
    const step = this.#steps;
    this.#steps += 1;
    if (this.#prepared !== null) this.#timed(() => this.#look(step));
    const wants = this.#steps % this.#every === 0;
    const allowedMs = SHARE * (performance.now() - this.#beganMs);
    const isFree =
      this.#taken < FIRST_LOOKS ||
      Number.isInteger(Math.log2(this.#steps)) ||
      this.#spentMs <= allowedMs;
    if (wants && isFree) this.#timed(() => this.#prepare());
  }

  #timed(work: () => void): void {
    const from = performance.now();
    work();
    this.#spentMs += performance.now() - from;
  }

  #prepare(): void {
    if (!this.#byOptimizer) this.#copyWeights();
    const nameOf = (path: string) => layerName(this.#model, path);
    this.#prepared = lookAtActivations(this.#model, nameOf, (name, op, output, unitDim) => {
      let found = this.activations.get(name);
      if (found === undefined) {
        if (this.activations.size >= MOST_LAYERS) return;
        found = new ActivationHealth(name, op);
        this.activations.set(name, found);
      }
      const health = found;
      this.#timed(() => health.look(this.#steps, output, unitDim));
    });
  }

  #copyWeights(): void {
    this.#before = this.layers.map(({ parameter }) => new Float64Array(parameter.innerData));
  }

  #slopesOf(): void {
    if (this.#prepared === null) return;
    this.#slopes = this.layers.map(({ parameter, slopes }) => {
      const slope = parameter.innerGrad;
      if (slope === null) return null;
      const values = slope.innerData;
      slopes?.look(this.#steps, values);
      return rootMeanSquare(values);
    });
  }

  #look(step: number): void {
    this.#taken += 1;
    this.#prepared?.();
    this.#prepared = null;
    this.layers.forEach((layer, i) => {
      const values = layer.parameter.innerData;
      const before = this.#before?.[i] ?? null;
      const ratio = before === null ? null : updateRatio(before, values);
      layer.looks = [...layer.looks, { step, slope: this.#slopes[i] ?? null, ratio }];
      layer.weights?.look(step, values);
    });
    this.#before = null;
    this.#slopes = [];
    if ((this.layers[0]?.looks.length ?? 0) > MOST_LOOKS) this.#thin();
    this.#looked();
  }

  #thin(): void {
    this.#every *= 2;
    for (const layer of this.layers) {
      layer.looks = layer.looks.filter((_, i) => i % 2 === 0);
      layer.weights?.thin();
      layer.slopes?.thin();
    }
    for (const activation of this.activations.values()) activation.thin();
  }
}

/** Weights of layers; for a model that has only vectors, these. */
function layersOf(model: Module): readonly LayerHealth[] {
  const all = model.namedParameters();
  const matrices = all.filter(([, parameter]) => parameter.ndim > 1);
  const chosen = matrices.length > 0 ? matrices : all;
  const kept = new Set(evenly(chosen.length, MOST_LAYERS));
  return chosen.map(([name, parameter], i) => ({
    name: layerName(model, name.replace(/\.?weight$/, "")),
    parameter,
    looks: [],
    weights: kept.has(i) ? new SignedHistograms() : null,
    slopes: kept.has(i) ? new SizeHistograms() : null,
  }));
}

/** `hidden`, but "Linear 0" where a number is all that tells a layer from others. */
export function layerName(model: Module, path: string): string {
  if (!/(^|\.)\d+$/.test(path)) return path === "" ? model.constructor.name : path;
  return `${model.get(path).constructor.name} ${path}`;
}

/** At most `most` of `count` places, the first and the last among them. */
function evenly(count: number, most: number): readonly number[] {
  if (count <= most) return Array.from({ length: count }, (_, i) => i);
  return Array.from({ length: most }, (_, i) => Math.round((i * (count - 1)) / (most - 1)));
}

function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2; // i is below the length
  return Math.sqrt(sum / Math.max(1, values.length));
}

/** |after - before| / |before|; null where that says nothing. */
function updateRatio(before: Float64Array, after: ArrayLike<number>): number | null {
  let moved = 0;
  let size = 0;
  for (let i = 0; i < before.length; i++) {
    const value = before[i]!; // i is below the length
    moved += (after[i]! - value) ** 2; // as many
    size += value ** 2;
  }
  return size > 0 && moved > 0 ? Math.sqrt(moved / size) : null;
}

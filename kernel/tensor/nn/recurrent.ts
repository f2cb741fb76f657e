/**
 * Layers that read a sequence step by step: the plain one (Elman, 1990), LSTM (Hochreiter and
 * Schmidhuber, 1997) and GRU (Cho et al., 2014). What they share is here: parameters under PyTorch's
 * names, layers upon layers, both directions, and the shapes; what a step does is in `cells.ts`.
 */
import { wantTensor } from "../autograd/apply.ts";
import { zeros } from "../creation/create.ts";
import { toFloat } from "../dtype.ts";
import { ShapeError } from "../errors.ts";
import { cat, stack } from "../creation/joining.ts";
import { pieces } from "../autograd/several.ts";
import { checkNumber } from "../options.ts";
import { checkSizes, printShape, sameShape, sizeAt } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { shapeError, wording } from "../typed/wording.ts";
import type { Shape } from "../view.ts";
import type { Cell, State, StepWeights } from "./cells.ts";
import { dropout } from "./functional/index.ts";
import { uniform_ } from "./init.ts";
import { Module } from "./module.ts";
import { Parameter } from "./parameter.ts";
import { printFloat } from "./print.ts";

export interface RecurrentOptions<
  Layers extends number = number,
  BatchFirst extends boolean = boolean,
  Bidirectional extends boolean = boolean,
> {
  /** How many layers, each reading what the one below gives; 1 unless given. */
  readonly numLayers?: Layers;
  /** Whether biases are added; true unless given. */
  readonly bias?: boolean;
  /** Sequences come as `[n, length, size]` instead of `[length, n, size]`; false unless given. */
  readonly batchFirst?: BatchFirst;
  /** Share of each layer's output, but the last's, that is dropped in training; 0 unless given. */
  readonly dropout?: number;
  /** A second set of weights reads from the end; false unless given. */
  readonly bidirectional?: Bidirectional;
}

export const recurrentOptions = [
  "numLayers",
  "bias",
  "batchFirst",
  "dropout",
  "bidirectional",
] as const;

/** Every field `weight_ih_l0`, `bias_hh_l1_reverse`, ... has PyTorch's name, as its state dicts have. */
type Weights = Readonly<Record<`${"weight" | "bias"}_${string}`, Tensor>>;

/** A step's weights, its state and the layer's outputs, `[n, hidden]` each. */
interface Course {
  readonly outputs: readonly Tensor[];
  readonly last: State;
}

export abstract class Recurrent extends Module {
  readonly inputSize: number;
  readonly hiddenSize: number;
  readonly #cell: Cell;
  readonly #options: Required<RecurrentOptions>;

  constructor(kind: string, inputs: number, hidden: number, cell: Cell, options: RecurrentOptions) {
    super();
    checkSizes(kind, [inputs, hidden]);
    const {
      numLayers = 1,
      bias = true,
      batchFirst = false,
      dropout: p = 0,
      bidirectional = false,
    } = options;
    if (hidden < 1 || !Number.isInteger(numLayers) || numLayers < 1)
      throw new ShapeError(
        `${kind}: hidden size ${hidden} in ${numLayers} layers - wanted 1 or more of both`,
      );
    checkNumber(kind, "dropout", p, 0, 1);
    this.inputSize = inputs;
    this.hiddenSize = hidden;
    // Neither is part of the state, so neither may look like a field of it.
    this.#cell = cell;
    this.#options = { numLayers, bias, batchFirst, dropout: p, bidirectional };
    for (let layer = 0; layer < numLayers; layer++)
      for (const suffix of this.#suffixes(layer)) {
        const width = layer === 0 ? inputs : hidden * this.#directions();
        const rows = cell.gates * hidden;
        const sizes: [string, Shape][] = [
          [`weight_ih_${suffix}`, [rows, width]],
          [`weight_hh_${suffix}`, [rows, hidden]],
          ...(bias
            ? ([
                [`bias_ih_${suffix}`, [rows]],
                [`bias_hh_${suffix}`, [rows]],
              ] as [string, Shape][])
            : []),
        ];
        for (const [name, shape] of sizes)
          Object.assign(this, { [name]: new Parameter(zeros(shape)) });
      }
    this.reset();
  }

  /** Draws the start values anew in PyTorch's order: all within ±1/√hidden. */
  reset(): void {
    const bound = 1 / Math.sqrt(this.hiddenSize);
    for (const parameter of this.parameters()) uniform_(parameter, -bound, bound);
  }

  /** What PyTorch calls the parameters of a layer, one suffix for each direction. */
  #suffixes(layer: number): string[] {
    return this.#options.bidirectional ? [`l${layer}`, `l${layer}_reverse`] : [`l${layer}`];
  }

  #directions(): number {
    return this.#options.bidirectional ? 2 : 1;
  }

  #weights(suffix: string): StepWeights {
    const own = this as unknown as Weights;
    const take = (name: "weight_ih" | "weight_hh") => {
      const weight = own[`${name}_${suffix}`];
      if (weight === undefined) throw new Error(`internal: no ${name}_${suffix}`);
      return weight;
    };
    return {
      input: take("weight_ih"),
      hidden: take("weight_hh"),
      inputBias: own[`bias_ih_${suffix}`] ?? null,
      hiddenBias: own[`bias_hh_${suffix}`] ?? null,
    };
  }

  /** Reads `x` from `start`, one tensor for each part of the cell's state; null is zeros. */
  protected read(x: Tensor, start: readonly Tensor[] | null): { output: Tensor; last: Tensor[] } {
    const kind = this.constructor.name;
    wantTensor(kind, "the input", x);
    const { numLayers, batchFirst, dropout: p } = this.#options;
    if ((x.ndim !== 2 && x.ndim !== 3) || x.shape.at(-1) !== this.inputSize)
      throw shapeError(wording.sequence, {
        op: kind,
        a: x.shape,
        wanted: `${batchFirst ? "[n, length" : "[length, n"}, ${this.inputSize}] or [length, ${this.inputSize}]`,
      });
    const isBatch = x.ndim === 3;
    const timeFirst = isBatch ? (batchFirst ? x.transpose(0, 1) : x) : x.unsqueeze(1);
    const [length, batch] = [sizeAt(timeFirst.shape, 0), sizeAt(timeFirst.shape, 1)];
    if (length === 0)
      throw new ShapeError(`${kind}: input ${printShape(x.shape)} - wanted one step or more`);
    const states = this.#startOf(start, batch, isBatch, x);

    let steps: readonly Tensor[] = pieces(timeFirst, 0, onesOf(length)).map((step) =>
      step.squeeze(0),
    );
    const lasts: State[] = [];
    for (let layer = 0; layer < numLayers; layer++) {
      const courses = this.#suffixes(layer).map((suffix, direction) => {
        const state = states[layer * this.#directions() + direction] as State;
        return this.#run(suffix, steps, state, direction === 1);
      });
      lasts.push(...courses.map((course) => course.last));
      const isLast = layer === numLayers - 1;
      const joined = steps.map((_, t) => across(courses.map((course) => course.outputs[t])));
      steps = isLast || p === 0 || !this.training ? joined : dropped(joined, p);
    }
    const output = stack(steps, isBatch && batchFirst ? 1 : 0);
    const parts = Array.from({ length: this.#cell.parts }, (_, part) => {
      const all = stack(lasts.map((state) => state[part] as Tensor));
      return isBatch ? all : all.squeeze(1);
    });
    return { output: isBatch ? output : output.squeeze(1), last: parts };
  }

  /** One layer in one direction. */
  #run(suffix: string, steps: readonly Tensor[], start: State, backwards: boolean): Course {
    const weights = this.#weights(suffix);
    const order = backwards ? steps.toReversed() : steps;
    const outputs: Tensor[] = [];
    let state = start;
    for (const step of order) {
      state = this.#cell.step(step, state, weights);
      outputs.push(state[0]);
    }
    return { outputs: backwards ? outputs.toReversed() : outputs, last: state };
  }

  /** The start of every layer and direction: `[layers * directions, n, hidden]`, cut apart. */
  #startOf(
    start: readonly Tensor[] | null,
    batch: number,
    isBatch: boolean,
    { dtype }: Tensor,
  ): State[] {
    const kind = this.constructor.name;
    const count = this.#options.numLayers * this.#directions();
    const wanted = isBatch ? [count, batch, this.hiddenSize] : [count, this.hiddenSize];
    const given =
      start ??
      Array.from({ length: this.#cell.parts }, () => zeros(wanted, { dtype: toFloat(dtype) }));
    const cut = given.map((part) => {
      wantTensor(kind, "the start state", part);
      if (!sameShape(part.shape, wanted))
        throw shapeError(wording.start, { op: kind, a: part.shape, b: wanted });
      const rows = pieces(part, 0, onesOf(count));
      return rows.map((row) => (isBatch ? row.squeeze(0) : row));
    });
    return Array.from({ length: count }, (_, i) => cut.map((part) => part[i]) as unknown as State);
  }

  override describe(): string {
    const { numLayers, bias, batchFirst, dropout: p, bidirectional } = this.#options;
    return [
      `${this.inputSize}, ${this.hiddenSize}`,
      ...(numLayers === 1 ? [] : [`num_layers=${numLayers}`]),
      ...(bias ? [] : ["bias=False"]),
      ...(batchFirst ? ["batch_first=True"] : []),
      ...(p === 0 ? [] : [`dropout=${printFloat(p)}`]),
      ...(bidirectional ? ["bidirectional=True"] : []),
    ].join(", ");
  }
}

function onesOf(length: number): number[] {
  return Array.from({ length }, () => 1);
}

/** What the directions give at one step, side by side. */
function across(outputs: readonly (Tensor | undefined)[]): Tensor {
  const [first, second] = outputs;
  if (first === undefined) throw new Error("internal: a layer without output");
  return second === undefined ? first : cat([first, second], 1);
}

/** Drops from all steps by one mask, drawn in the order in which PyTorch draws it. */
function dropped(steps: readonly Tensor[], p: number): Tensor[] {
  const whole = dropout(stack(steps), p);
  return pieces(whole, 0, onesOf(steps.length)).map((step) => step.squeeze(0));
}

/** Checks gradients against central finite differences, in float64: (f(x + ε) - f(x - ε)) / 2ε. */
import { isTensor } from "./apply.ts";
import { grad } from "./backward.ts";
import { randn, tensor } from "../creation/create.ts";
import { isFloat } from "../dtype.ts";
import { DTypeError, GradientError, kindOf } from "../errors.ts";
import { checkOptions } from "../options.ts";
import { Generator } from "../random.ts";
import { printShape } from "../shape.ts";
import { noGrad } from "./tape.ts";
import type { Tensor } from "../tensor.ts";

export interface GradcheckOptions {
  /** How far each element is moved; 1e-6 unless given. */
  readonly eps?: number;
  /** Allowed difference: atol + rtol * |slope|; 1e-5 and 1e-3 unless given. */
  readonly atol?: number;
  readonly rtol?: number;
}

/** A function of tensors with one result, or several. */
export type Checked = (...inputs: Tensor[]) => Tensor | readonly Tensor[];

/**
 * Whether `f`'s gradient is right at `inputs`, which are copied to f64 in their layout; integer inputs
 * are passed on. Every number that comes out is weighted by a fixed random one, and all are summed.
 * @throws GradientError naming the input, the element and both slopes, or when two calls of `f` differ;
 * DTypeError when a result is not f64.
 * @example
 * gradcheck((a, b) => a.mul(b).tanh(), [randn([3]), randn([2, 3])]) // true
 */
export function gradcheck(
  f: Checked,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): true {
  return checked("gradcheck", f, inputs, options);
}

/**
 * As `gradcheck`, for the gradient of `f`'s gradient: what `createGraph` needs.
 * @throws GradientError, DTypeError as `gradcheck`.
 * @example
 * gradgradcheck((a) => a.pow(3), [randn([3])]) // true
 */
export function gradgradcheck(
  f: Checked,
  inputs: readonly Tensor[],
  options: GradcheckOptions = {},
): true {
  const op = "gradgradcheck";
  refuseOthers(op, f, inputs);
  const slopes = (...leaves: Tensor[]): Tensor[] => {
    const floats = leaves.filter(({ dtype }) => isFloat(dtype));
    // A slope of 0 for an input that the result does not depend on.
    const still = floats.map((leaf) => leaf.mul(0).sum());
    const sum = still.reduce((all, each) => all.add(each), weighted(op, f(...leaves)));
    return grad(sum, floats, { createGraph: true });
  };
  return checked(op, slopes, inputs, options);
}

function checked(
  op: string,
  f: Checked,
  inputs: readonly Tensor[],
  options: GradcheckOptions,
): true {
  refuseOthers(op, f, inputs);
  checkOptions(op, options, ["eps", "atol", "rtol"]);
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3 } = options;
  const leaves = inputs.map((input) => (isFloat(input.dtype) ? new Leaf(input) : input));
  const loss = (): Tensor =>
    weighted(op, f(...leaves.map((leaf) => (leaf instanceof Leaf ? leaf.shaped() : leaf))));
  const first = loss();
  const again = loss().item();
  if (!Object.is(first.item(), again))
    throw new GradientError(
      `${op}: the function gave ${first.item()} and then ${again} for the same inputs - ` +
        "wanted the same each time",
    );
  // A result that depends on no input has slope 0, which the differences confirm or not.
  if (first.requiresGrad) first.backward();
  leaves.forEach((leaf, which) => {
    if (!(leaf instanceof Leaf)) return;
    for (let i = 0; i < leaf.flat.numel(); i++) {
      const slope = leaf.flat.grad?.data[i] ?? 0;
      const measured = centralDifference(loss, leaf.flat, i, eps);
      if (!(Math.abs(slope - measured) <= atol + rtol * Math.abs(measured)))
        throw new GradientError(
          `${op}: element ${printShape(leaf.place(i))} of input ${which} has slope ${slope} - ` +
            `finite differences give ${measured}`,
        );
    }
  });
  return true;
}

/** An input as a flat leaf of f64, whose elements lie in the order of the input's strides. */
class Leaf {
  readonly flat: Tensor;
  /** The input's dimensions, the one with the largest stride first. */
  readonly #order: readonly number[];
  readonly #shape: readonly number[];

  constructor(input: Tensor) {
    this.#order = input.shape
      .map((_, dim) => dim)
      .toSorted((a, b) => Math.abs(input.strides[b] ?? 0) - Math.abs(input.strides[a] ?? 0));
    this.#shape = input.shape;
    const values = Float64Array.from(input.detach().permute(this.#order).data);
    this.flat = tensor(values, { requiresGrad: true });
  }

  shaped(): Tensor {
    const sizes = this.#order.map((dim) => this.#shape[dim] ?? 1);
    return this.flat.reshape(sizes).permute(this.#shape.map((_, dim) => this.#order.indexOf(dim)));
  }

  /** Where element `i` of the flat leaf lies in the input. */
  place(i: number): number[] {
    const at = this.#shape.map(() => 0);
    let rest = i;
    for (const dim of this.#order.toReversed()) {
      const size = this.#shape[dim] ?? 1;
      at[dim] = rest % size;
      rest = Math.floor(rest / size);
    }
    return at;
  }
}

/** All numbers of all results, each times a fixed random one, summed. */
function weighted(op: string, given: Tensor | readonly Tensor[]): Tensor {
  const results: readonly unknown[] = Array.isArray(given) ? given : [given];
  const generator = new Generator(0);
  const sums = results.map((result, i) => {
    if (!isTensor(result))
      throw new TypeError(`${op}: the function returned ${kindOf(result)} - wanted tensors`);
    if (result.dtype !== "f64")
      throw new DTypeError(
        `${op}: result ${i} is ${result.dtype} - wanted f64, as the inputs are`,
        "differences of single precision are too coarse to judge a slope",
      );
    return result.mul(randn(result.shape, { dtype: "f64", generator })).sum();
  });
  const [first, ...rest] = sums;
  if (first === undefined) throw new TypeError(`${op}: the function returned no tensor`);
  return rest.reduce((all, each) => all.add(each), first);
}

function refuseOthers(op: string, f: unknown, inputs: unknown): void {
  if (typeof f !== "function")
    throw new TypeError(`${op}: ${kindOf(f)} - wanted a function of tensors`);
  if (!Array.isArray(inputs))
    throw new TypeError(
      `${op}: ${isTensor(inputs) ? "a tensor" : kindOf(inputs)} for the inputs - wanted a list of tensors`,
    );
  inputs.forEach((input: unknown, i) => {
    if (!isTensor(input))
      throw new TypeError(`${op}: input ${i} is ${kindOf(input)} - wanted a tensor`);
  });
  if (!inputs.some((input: Tensor) => isFloat(input.dtype)))
    throw new DTypeError(`${op}: no input of f32 or f64 - wanted one to differentiate by`);
}

function centralDifference(loss: () => Tensor, leaf: Tensor, index: number, eps: number): number {
  const start = leaf.at(index).item();
  // Recorded, for a function may take slopes itself.
  const at = (value: number): number => {
    noGrad(() => leaf.set([index], value));
    return loss().item();
  };
  const slope = (at(start + eps) - at(start - eps)) / (2 * eps);
  noGrad(() => leaf.set([index], start));
  return slope;
}

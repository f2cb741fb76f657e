/** The tensors that make up a module's state: parameters, which are learned, and buffers, which are not. */
import { wantTensor } from "../autograd/apply.ts";
import { isFloat } from "../dtype.ts";
import { DTypeError } from "../errors.ts";
import { Tensor } from "../tensor.ts";
import type { View } from "../view.ts";

/**
 * A tensor that a module learns: it requires a gradient and is part of the module's state. Shares the
 * values of `data`, and stays a parameter while frozen (`requiresGrad = false`).
 * @example
 * class Scale extends nn.Module {
 *   factor = nn.Parameter(ones([1]));
 *   forward(x: Tensor) { return x.mul(this.factor); }
 * }
 * new Scale().parameters().length // 1
 */
export class Parameter extends Tensor {
  /** @throws DTypeError for anything but a tensor of floats. */
  constructor(data: View) {
    wantTensor("Parameter", "the data", data);
    super(data);
    if (!isFloat(this.dtype))
      throw new DTypeError(`Parameter: dtype ${this.dtype} has no slope - wanted f32 or f64`);
    this.requiresGrad = true;
  }
}

export interface BufferOptions {
  /** Whether `stateDict()` keeps it; true unless given. */
  readonly persistent?: boolean;
}

/**
 * A tensor that belongs to a module without being learned, such as running statistics: it is saved
 * and loaded with the parameters, and no optimiser sees it. Shares the values of `data`.
 * @example
 * class Count extends nn.Module {
 *   seen = nn.Buffer(zeros([]));
 *   forward(x: Tensor) { this.seen.add_(x.shape[0]); return x; }
 * }
 * const count = new Count();
 * count(ones([3, 2]));
 * count.stateDict().seen // tensor(3.)
 * count.parameters().length // 0
 */
export class Buffer extends Tensor {
  readonly persistent: boolean;

  /** @throws DTypeError for anything but a tensor. */
  constructor(data: View, { persistent = true }: BufferOptions = {}) {
    wantTensor("Buffer", "the data", data);
    super(data);
    this.persistent = persistent;
  }
}

/** Leaves of plain class that were frozen: they stay what they were. */
const frozen = new WeakSet<Tensor>();

/** A `Parameter`, or any other leaf that requires a gradient. */
export function isParameter(value: unknown): value is Tensor {
  if (value instanceof Parameter) return true;
  return value instanceof Tensor && value.isLeaf && (value.requiresGrad || frozen.has(value));
}

/** Takes `parameter` out of training, or back into it. */
export function setFrozen(parameter: Tensor, on: boolean): void {
  if (on) frozen.add(parameter);
  else frozen.delete(parameter);
  parameter.requiresGrad = !on;
}

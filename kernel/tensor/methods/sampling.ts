/** Methods that fill a tensor with random samples in place, drawn in row-major order. */
import { wrap } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { isFloat, type TypedArray, zerosOf } from "../dtype.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { checkOptions, wantNumber } from "../options.ts";
import { type Generator, generatorOf } from "../random.ts";
import type { DrawOptions } from "../creation/sampling.ts";
import { broadcastShapes, broadcastView, fullView, printShape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { Picking } from "./picking.ts";

export abstract class Sampling<S extends Shape> extends Picking<S> {
  /** Takes over the values of `source`. @throws GradientError where the old ones are needed. */
  protected abstract write(op: string, source: Tensor): this;

  /**
   * Uniform samples from `low` up to `high`, in place.
   * @throws DTypeError unless the dtype is f32 or f64, RangeError for limits that are no numbers or
   * turned round, GradientError outside `noGrad` when this tensor requires a gradient.
   */
  uniform_(low = 0, high = 1, options: DrawOptions = {}): this {
    wantNumber("uniform_", "low", low);
    wantNumber("uniform_", "high", high);
    if (!(high >= low) || !Number.isFinite(high - low))
      throw new RangeError(
        `uniform_: from ${low} to ${high} - wanted finite numbers, the second not smaller`,
      );
    const generator = drawingFrom("uniform_", options);
    const values = this.floatsFor("uniform_");
    generator.fillUniform(values, low, high);
    return this.takeDrawn("uniform_", values);
  }

  /**
   * Samples of the normal distribution with this mean and standard deviation, in place.
   * @throws DTypeError unless the dtype is f32 or f64, RangeError for a negative deviation,
   * GradientError as `uniform_`.
   */
  normal_(mean = 0, std = 1, options: DrawOptions = {}): this {
    wantNumber("normal_", "mean", mean);
    wantNumber("normal_", "std", std);
    if (!Number.isFinite(mean) || !(std >= 0 && std < Infinity))
      throw new RangeError(
        `normal_: mean ${mean} and std ${std} - wanted finite numbers, std 0 or more`,
      );
    const generator = drawingFrom("normal_", options);
    const values = this.floatsFor("normal_");
    generator.fillNormal(values, mean, std);
    return this.takeDrawn("normal_", values);
  }

  /**
   * 1 with probability `p`, else 0, in place, in any dtype; a tensor of probabilities is broadcast.
   * @throws RangeError for a probability outside 0 to 1, ShapeError when `p` cannot be broadcast to
   * this shape, GradientError as `uniform_`.
   */
  bernoulli_(p: number | Tensor = 0.5, options: DrawOptions = {}): this {
    const chances = typeof p === "number" ? p : this.chancesOf(p);
    const wrong =
      typeof chances === "number"
        ? [chances].find((each) => !isProbability(each))
        : chances.find((each) => !isProbability(each));
    if (wrong !== undefined)
      throw new RangeError(`bernoulli_: a probability of ${wrong} - wanted numbers from 0 to 1`);
    const generator = drawingFrom("bernoulli_", options);
    const values = zerosOf(this.dtype, this.self.numel());
    generator.fillBernoulli(values, chances);
    return this.takeDrawn("bernoulli_", values);
  }

  private chancesOf(p: Tensor): Float32Array | Float64Array {
    // Cells are not checked before they run, so anything may arrive.
    if (typeof (p as unknown) !== "object" || (p as unknown) === null || !("storage" in p))
      throw new DTypeError(`bernoulli_: ${kindOf(p)} for p - wanted a number or a tensor`);
    if (!sameShape(broadcastShapes("bernoulli_", this.shape, p.shape), this.shape))
      throw new ShapeError(
        `bernoulli_: p ${printShape(p.shape)} for ${printShape(this.shape)} - it must broadcast to the target`,
      );
    const dtype = p.dtype === "f64" ? "f64" : "f32";
    const values = backend().copy(broadcastView(p, this.shape), dtype).storage.host();
    return values as Float32Array | Float64Array;
  }

  private floatsFor(op: string): Float32Array | Float64Array {
    if (!isFloat(this.dtype))
      throw new DTypeError(`${op}: a tensor of dtype ${this.dtype} - wanted f32 or f64`);
    return zerosOf(this.dtype, this.self.numel());
  }

  private takeDrawn(op: string, values: TypedArray): this {
    return this.write(op, wrap(fullView(backend().adopt(values, this.dtype), this.shape)));
  }
}

function drawingFrom(op: string, options: DrawOptions): Generator {
  checkOptions(op, options, ["generator"]);
  return generatorOf(op, options);
}

const isProbability = (p: number): boolean => p >= 0 && p <= 1;

/** What a tensor has to do with slopes: whether it wants one, where it came from, the walk back. */
import { isTensor, wantTensor, wrap } from "../autograd/apply.ts";
import { backward, type BackwardOptions } from "../autograd/backward.ts";
import { backend } from "../backends/current.ts";
import { isFloat, zerosOf } from "../dtype.ts";
import { DTypeError, GradientError, kindOf, ShapeError } from "../errors.ts";
import { type GradientHook, GradientHooks, type HookHandle } from "../autograd/hooks.ts";
import { checkOptions, printed } from "../options.ts";
import { fullView, printShape, sameShape } from "../shape.ts";
import { isRecording, type Node } from "../autograd/tape.ts";
import { hold, letGo, publish } from "../autograd/lifetimes.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { Sampling } from "./sampling.ts";

export interface RootOptions extends BackwardOptions {
  /** The slope to begin with, of this tensor's shape; needed unless the tensor is one number. */
  readonly gradient?: Tensor;
}

export abstract class Gradients<S extends Shape> extends Sampling<S> {
  /** The slope of the last loss, summed over calls of `backward()`; null before, and after `zeroGrad()`. */
  get grad(): Tensor<S> {
    // Whoever reads it may keep it.
    if (this.#grad !== null) publish(this.#grad.storage);
    // Typed as it is behind backward(): whoever reads a slope has made one.
    return this.#grad as Tensor<S>;
  }

  /** @throws DTypeError for what is neither a tensor nor null, ShapeError for another shape. */
  set grad(slope: Tensor<S> | null) {
    if (slope !== null) {
      wantTensor("grad", "the slope", slope);
      if (!sameShape(slope.shape, this.shape))
        throw new ShapeError(
          `grad: a slope ${printShape(slope.shape)} for ${printShape(this.shape)} - shapes must be equal`,
        );
    }
    const earlier = this.#grad;
    if (slope !== null) hold(slope.storage);
    this.#grad = slope;
    if (earlier !== null) letGo(earlier.storage);
  }

  /** @internal `grad` for the engine, which does not keep it. */
  get innerGrad(): Tensor<S> | null {
    return this.#grad;
  }

  #grad: Tensor<S> | null = null;
  #requiresGrad = false;
  #node: Node | null = null;
  #hooks: GradientHooks | null = null;

  /** Whether `backward()` brings a slope here, or through here. */
  get requiresGrad(): boolean {
    return this.#requiresGrad;
  }

  /**
   * @throws DTypeError for what is no boolean and for integers and bools, GradientError for switching
   * off a result of an op.
   */
  set requiresGrad(on: boolean) {
    if (typeof on !== "boolean")
      throw new DTypeError(`requiresGrad: ${printed(on)} - wanted true or false`);
    if (on && !isFloat(this.dtype))
      throw new DTypeError(
        `requiresGrad: a tensor of dtype ${this.dtype} has no slope - wanted f32 or f64`,
      );
    if (!on && this.#node !== null)
      throw new GradientError(
        "requiresGrad: this tensor was computed from others - only a leaf can be switched off",
        "detach() gives the same values without history",
      );
    this.#requiresGrad = on;
  }

  /** Not computed by a recorded op: a parameter or data. Slopes are kept in leaves. */
  get isLeaf(): boolean {
    return this.#node === null;
  }

  /** @internal The recorded op this came from. */
  get node(): Node | null {
    return this.#node;
  }

  /** @internal Called by the tape. */
  attach(node: Node): void {
    this.#node = node;
    this.#requiresGrad = true;
  }

  /** @internal The hooks of a leaf; those of a result belong to its node. */
  get leafHooks(): GradientHooks | null {
    return this.#hooks;
  }

  /**
   * Lets `hook` see the whole slope of this tensor in every walk back, before it is kept or goes on;
   * a tensor it returns takes the slope's place. Hooks of a result go with the graph.
   * @throws GradientError when this tensor requires no gradient, TypeError when `hook` is no function.
   */
  registerHook(hook: GradientHook): HookHandle {
    if (!this.#requiresGrad)
      throw new GradientError(
        `registerHook: this tensor ${printShape(this.shape)} requires no gradient - no slope comes here`,
        "requiresGrad = true before the forward pass",
      );
    if (this.#node === null) return (this.#hooks ??= new GradientHooks()).add(hook);
    return (this.#node.hooks ??= new GradientHooks()).add(hook);
  }

  /**
   * Keeps this result's slope in `grad` as a leaf does; on a leaf it changes nothing.
   * @throws GradientError when this tensor requires no gradient.
   */
  retainGrad(): void {
    if (!this.#requiresGrad)
      throw new GradientError(
        `retainGrad: this tensor ${printShape(this.shape)} requires no gradient - there is none to keep`,
      );
    if (this.#node !== null) this.#node.retainer = this.self;
  }

  /** Whether `retainGrad()` was called on this result. */
  get retainsGrad(): boolean {
    return this.#node !== null && this.#node.retainer === this.self;
  }

  /**
   * Adds the slope of this number with respect to every parameter to the parameter's `grad`.
   * @throws GradientError when this is not one number, needs no gradient, or was walked before.
   */
  backward(options: RootOptions = {}): void {
    if (!this.#requiresGrad)
      throw new GradientError(
        "backward: nothing this was computed from requires a gradient - wanted at least one parameter",
        isRecording()
          ? "leave out item(), detach(), noGrad and tensor(...) between the parameters and this"
          : "call backward(), and what comes before it, outside noGrad",
      );
    if (isTensor(options))
      throw new DTypeError(
        "backward: a tensor for the options - wanted an object such as { gradient: ... }",
        "backward({ gradient })",
      );
    checkOptions("backward", options, ["gradient", "retainGraph", "createGraph"]);
    backward(this.self, this.seed("backward", options.gradient), options);
  }

  /** @internal The slope to begin with: 1 for one number. @throws GradientError, ShapeError. */
  seed(op: string, gradient?: Tensor): Tensor {
    if (gradient !== undefined) {
      if (!isTensor(gradient))
        throw new DTypeError(`${op}: ${kindOf(gradient)} for the gradient - wanted a tensor`);
      if (sameShape(gradient.shape, this.shape)) return gradient;
      throw new ShapeError(
        `${op}: gradient ${printShape(gradient.shape)} for ${printShape(this.shape)} - shapes must be equal`,
      );
    }
    if (this.numel() !== 1)
      throw new GradientError(
        `${op}: this tensor is ${printShape(this.shape)} - wanted a single number, such as a loss`,
        "take .mean() or .sum() first",
      );
    return wrap(fullView(backend().adopt(zerosOf(this.dtype, 1).fill(1)), this.shape));
  }

  /** The same values (shared) without history. */
  detach(): Tensor<S> {
    return wrap(this);
  }
}

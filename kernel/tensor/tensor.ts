/**
 * The tensor: a view of values with a history. Its methods come in families, each a class of the
 * chain in `methods/`; here is reading.
 */
import { disposedError, tensorsAreMadeBy } from "./autograd/apply.ts";
import { backend } from "./backends/current.ts";
import type { TypedArray } from "./dtype.ts";
import { DTypeError, ShapeError } from "./errors.ts";
import { formatTensor } from "./format.ts";
import { gradFnOf } from "./autograd/history.ts";
import { abandon, publish } from "./autograd/lifetimes.ts";
import { Writing } from "./methods/writing.ts";
import { isContiguous, printShape, sizeAt, sizeOf } from "./shape.ts";
import type { Unknown } from "./typed/unknown.ts";
import type { Shape, Storage, View } from "./view.ts";

/** Numbers in nested arrays, as deep as the tensor has dimensions; a plain number for 0-d. */
export type Nested = number | boolean | readonly Nested[];

/**
 * Numbers of one element type in any number of dimensions, which may remember how they were computed
 * so that `backward()` finds slopes. Made by `tensor`, `zeros`, `randn` and their like.
 * @example
 * const x = tensor([[1, 2], [3, 4]], { requiresGrad: true });
 * x.square().sum().backward();
 * x.shape // 2,2
 * x.grad.at(1) // tensor([6., 8.])
 */
export class Tensor<S extends Shape = Unknown> extends Writing<S> {
  readonly storage: Storage;
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
  #isDisposed = false;

  /** For the engine; use `tensor`, `zeros` and their like. */
  constructor(view: View) {
    super();
    this.storage = view.storage;
    view.storage.handles++;
    this.shape = view.shape;
    this.strides = view.strides;
    this.offset = view.offset;
  }

  protected get self(): this {
    return this;
  }

  // ------------------------------------------------------------ reading

  /** The values in row-major order: shared where they lie so, else a copy. Read it, do not write. */
  get data(): TypedArray {
    // Whoever has the array sees the values from now on.
    publish(this.storage);
    this.storage.handles++;
    return this.innerData;
  }

  /** @internal `data` for the engine, which does not keep it. */
  get innerData(): TypedArray {
    if (this.#isDisposed) throw disposedError("data", this);
    const view = isContiguous(this) ? this : backend().copy(this, this.dtype);
    const values = view.storage.host();
    const size = this.numel();
    return view.offset === 0 && values.length === size
      ? values
      : values.subarray(view.offset, view.offset + size);
  }

  /** The one number in this tensor. @throws ShapeError when there are more, or none. */
  item(): number {
    if (this.numel() !== 1)
      throw new ShapeError(
        `item: ${printShape(this.shape)} - wanted a tensor of one element`,
        this.ndim < 2
          ? "toArray()"
          : "at(0, 3) is one place, at([0, 3]) are rows 0 to 2; toArray() gives all",
      );
    if (this.#isDisposed) throw disposedError("item", this);
    return this.storage.host()[this.offset] ?? Number.NaN;
  }

  /** Nested arrays; a plain number or boolean for 0-d. */
  toArray(): Nested {
    const values = this.data;
    const isBool = this.dtype === "bool";
    const build = (dim: number, start: number): Nested => {
      if (dim === this.ndim) return isBool ? values[start] !== 0 : (values[start] ?? Number.NaN);
      const size = sizeAt(this.shape, dim);
      const step = sizeOf(this.shape.slice(dim + 1));
      return Array.from({ length: size }, (_, i) => build(dim + 1, start + i * step));
    };
    return build(0, 0);
  }

  /** As PyTorch prints it. */
  override toString(): string {
    const { node } = this;
    const own = this.requiresGrad ? true : null;
    return formatTensor(this, this.data, node === null ? own : gradFnOf(node, this.ndim));
  }

  /**
   * Text where text is wanted, as in a template. Operators are refused: `a + b` would join the texts
   * of two tensors, and `a * b` be NaN, without a word.
   */
  [Symbol.toPrimitive](wanted: string): string {
    if (wanted === "string") return this.toString();
    throw new DTypeError(
      `operator: a tensor of ${printShape(this.shape)} - JavaScript's +, -, *, / and < take numbers`,
      "use .add(), .sub(), .mul(), .div() or .lt(), or .item() for the number itself",
    );
  }

  // ------------------------------------------------------------ an early end

  /**
   * Says that this tensor will not be read again, as the end of its `using` does: its memory can be
   * used for others at once, when no other tensor shows the same values and no graph needs them, and
   * else as soon as the graph is gone. Never needed: what is out of reach is freed without it.
   */
  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    if (this.storage.handles === 1) abandon(this.storage);
  }

  /** Whether `dispose()` was called, so that nothing can be computed with it any more. */
  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** `using h = net(x)` disposes of `h` at the end of its block. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** What a notebook shows for it. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

// Where JavaScript has no `using` yet, cells are compiled to ask for it by this name.
Object.defineProperty(Tensor.prototype, Symbol.for("Symbol.dispose"), {
  value: Tensor.prototype.dispose,
});

tensorsAreMadeBy((view) => new Tensor(view));

/**
 * The tensor: a view of values, whether it wants a slope, and the op it came from. Computing methods
 * are in `arithmetic.ts`; here are shapes, indices, reading, writing and the gradient.
 */
import { apply, operand, tensorsAreMadeBy, wholeNumbers } from "./apply.ts";
import { Arithmetic } from "./arithmetic.ts";
import { backend } from "./backends/current.ts";
import { isFloat, type TypedArray, zerosOf } from "./dtype.ts";
import { DTypeError, GradientError, ShapeError } from "./errors.ts";
import { formatTensor } from "./format.ts";
import type { Cut } from "./ops/movement.ts";
import { table } from "./ops/table.ts";
import {
  broadcastShapes,
  fullView,
  isContiguous,
  printShape,
  resolveDim,
  sameShape,
  sizeAt,
  sizeOf,
} from "./shape.ts";
import { type Index, parseSlice, resolveCuts } from "./slicing.ts";
import { backward, type BackwardOptions, isRecording, type Node } from "./tape.ts";
import type { Shape, Storage, View } from "./view.ts";

/** Numbers in nested arrays, as deep as the tensor has dimensions; a plain number for 0-d. */
export type Nested = number | boolean | readonly Nested[];

export class Tensor extends Arithmetic {
  readonly storage: Storage;
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
  /** The slope of the last loss, summed over calls of `backward()`; null before, and after `zeroGrad()`. */
  grad: Tensor | null = null;
  #requiresGrad = false;
  #node: Node | null = null;

  /** For the engine; use `tensor`, `zeros` and their like. */
  constructor(view: View) {
    super();
    this.storage = view.storage;
    this.shape = view.shape;
    this.strides = view.strides;
    this.offset = view.offset;
  }

  protected get self(): this {
    return this;
  }

  /** How many dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** How many elements. */
  numel(): number {
    return sizeOf(this.shape);
  }

  // ------------------------------------------------------------ gradients

  /** Whether `backward()` brings a slope here, or through here. */
  get requiresGrad(): boolean {
    return this.#requiresGrad;
  }

  /** @throws DTypeError for integers and bools, GradientError for switching off a result of an op. */
  set requiresGrad(on: boolean) {
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

  /**
   * Adds the slope of this number with respect to every parameter to the parameter's `grad`.
   * @throws GradientError when this is not one number, needs no gradient, or was walked before.
   */
  backward(options: BackwardOptions & { readonly gradient?: Tensor } = {}): void {
    if (!this.#requiresGrad)
      throw new GradientError(
        "backward: nothing this was computed from requires a gradient - wanted at least one parameter",
        "tensor(data, { requiresGrad: true }), or a layer's parameters",
      );
    const { gradient } = options;
    if (gradient !== undefined && !sameShape(gradient.shape, this.shape))
      throw new ShapeError(
        `backward: gradient ${printShape(gradient.shape)} for ${printShape(this.shape)} - shapes must be equal`,
      );
    backward(this, gradient ?? this.seed(), options);
  }

  /** @internal The slope of this one number with respect to itself: 1. @throws GradientError. */
  seed(): Tensor {
    if (this.numel() !== 1)
      throw new GradientError(
        `backward: this tensor is ${printShape(this.shape)} - wanted a single number, such as a loss`,
        "take .mean() or .sum() first",
      );
    return new Tensor(fullView(backend().adopt(zerosOf(this.dtype, 1).fill(1)), this.shape));
  }

  /** The same values (shared) without history. */
  detach(): Tensor {
    return new Tensor(this);
  }

  /** A copy of the values; slopes pass through. */
  clone(): Tensor {
    return apply(table.clone, [this], undefined);
  }

  // ------------------------------------------------------------ shapes (values are shared)

  /** As another shape of as many elements, one size -1: `x.reshape([-1, 10])` or `x.reshape(-1, 10)`. */
  reshape(...shape: readonly number[] | readonly [Shape]): Tensor {
    return apply(table.reshape, [this], { shape: sizesOf(shape) });
  }

  /** All elements from dimension `start` to `end` in one: `[8, 3, 2].flatten(1) -> [8, 6]`. */
  flatten(start = 0, end = -1): Tensor {
    const first = resolveDim("flatten", start, this.shape);
    const last = resolveDim("flatten", end, this.shape);
    if (first > last)
      throw new ShapeError(`flatten: dims ${start} to ${end} - the first must come first`);
    const joined = sizeOf(this.shape.slice(first, last + 1));
    return this.reshape([...this.shape.slice(0, first), joined, ...this.shape.slice(last + 1)]);
  }

  /** Dimensions in a new order: `x.permute([2, 0, 1])`. */
  permute(...order: readonly number[] | readonly [Shape]): Tensor {
    return apply(table.permute, [this], { order: sizesOf(order) });
  }

  /** Two dimensions exchanged. */
  transpose(a: number, b: number): Tensor {
    const first = resolveDim("transpose", a, this.shape);
    const second = resolveDim("transpose", b, this.shape);
    const swap = (dim: number) => (dim === first ? second : dim === second ? first : dim);
    return this.permute(this.shape.map((_, dim) => swap(dim)));
  }

  /** The transpose: dimensions in reverse order. */
  get T(): Tensor {
    return this.permute(this.shape.map((_, dim) => this.ndim - 1 - dim));
  }

  /** Without dimension `dim` if its size is 1; without `dim`, without all of size 1. */
  squeeze(dim?: number): Tensor {
    const at = dim === undefined ? null : resolveDim("squeeze", dim, this.shape);
    return this.reshape(this.shape.filter((n, i) => n !== 1 || (at !== null && i !== at)));
  }

  /** With a new dimension of size 1 at `dim`. */
  unsqueeze(dim: number): Tensor {
    const at = resolveDim("unsqueeze", dim, [...this.shape, 1]);
    return this.reshape([...this.shape.slice(0, at), 1, ...this.shape.slice(at)]);
  }

  /** Sizes of 1 stretched to `shape`; -1 keeps a size. */
  expand(...shape: readonly number[] | readonly [Shape]): Tensor {
    return apply(table.expand, [this], { shape: sizesOf(shape) });
  }

  /** The same tensor with its elements side by side: itself if they already are. */
  contiguous(): Tensor {
    return isContiguous(this) ? this : this.clone();
  }

  /** `x.at(0)` the first row, `x.at([1, 3], null, -1)` rows 1 and 2, all columns, last plane. */
  at(...indices: readonly Index[]): Tensor {
    return this.#cut("at", indices);
  }

  /** `at` in Python's notation: `x.slice("1:3, :, -1")`, `x.slice("::-1")`. */
  slice(text: string): Tensor {
    return this.#cut("slice", parseSlice(text));
  }

  /** Entry `index` of dimension `dim`, which falls away. */
  select(dim: number, index: number): Tensor {
    const at = resolveDim("select", dim, this.shape);
    return this.#cut("select", [...this.shape.slice(0, at).map(() => null), index]);
  }

  #cut(op: string, indices: readonly Index[]): Tensor {
    const { cuts, dropped } = resolveCuts(op, this.shape, indices);
    const part = this.cut(cuts);
    return dropped.length === 0
      ? part
      : part.reshape(part.shape.filter((_, i) => !dropped.includes(i)));
  }

  /** @internal A slice with resolved ends. */
  cut(cuts: readonly Cut[]): Tensor {
    return apply(table.slice, [this], { cuts });
  }

  /** @internal Zeros of `shape` with this tensor where `cuts` say. */
  uncut(cuts: readonly Cut[], shape: Shape): Tensor {
    return apply(table.uncut, [this], { cuts, shape });
  }

  // ------------------------------------------------------------ picking by index tensors (i32)

  /** Rows by number: `[27, 2].takeRows([64, 3]) -> [64, 3, 2]`. @throws ShapeError for one outside. */
  takeRows(index: Tensor | readonly number[]): Tensor {
    return apply(table.takeRows, [this, integers("takeRows", index)], undefined);
  }

  /** Entries of dimension `dim` by number, in the order given; `index` is 1-d. */
  indexSelect(dim: number, index: Tensor | readonly number[]): Tensor {
    const at = resolveDim("indexSelect", dim, this.shape);
    const picks = integers("indexSelect", index);
    if (picks.ndim !== 1)
      throw new ShapeError(`indexSelect: index ${printShape(picks.shape)} - wanted one dimension`);
    return at === 0 ? this.takeRows(picks) : this.transpose(0, at).takeRows(picks).transpose(0, at);
  }

  /** `out[i][j] = x[i][index[i][j]]` for dim 1: one pick for each entry of `index`. */
  gather(dim: number, index: Tensor): Tensor {
    return apply(table.gather, [this, index], { dim });
  }

  /** @internal Rows added into zeros `[rows, ...]`. */
  addRows(index: Tensor, rows: number): Tensor {
    return apply(table.addRows, [this, index], { rows });
  }

  /** @internal Elements added into zeros of `shape`. */
  scatterAdd(dim: number, index: Tensor, shape: Shape): Tensor {
    return apply(table.scatterAdd, [this, index], { dim, shape });
  }

  // ------------------------------------------------------------ reading

  /** The values in row-major order: shared where they lie so, else a copy. Read it, do not write. */
  get data(): TypedArray {
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
        "toArray()",
      );
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
    const suffix = this.#node !== null ? this.#node.op : this.#requiresGrad ? true : null;
    return formatTensor(this, this.data, suffix);
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

  /** What a notebook shows for it. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  // ------------------------------------------------------------ writing in place

  /** Adds `other`, broadcast to this shape, in place. @throws GradientError: see `copy_`. */
  add_(other: Tensor | number): this {
    return this.#write("add_", this.detach().add(operand(other, this.dtype).detach()));
  }

  /** Subtracts `other` in place, as `add_`. */
  sub_(other: Tensor | number): this {
    return this.#write("sub_", this.detach().sub(operand(other, this.dtype).detach()));
  }

  /** Multiplies by `other` in place, as `add_`. */
  mul_(other: Tensor | number): this {
    return this.#write("mul_", this.detach().mul(operand(other, this.dtype).detach()));
  }

  /**
   * Takes over the values of `source`, broadcast to this shape.
   * @throws GradientError outside `noGrad` when this tensor requires a gradient.
   */
  copy_(source: Tensor): this {
    return this.#write("copy_", source);
  }

  /** Makes every element `value`, as `copy_`. */
  fill_(value: number): this {
    return this.#write("fill_", operand(value, this.dtype));
  }

  /** Makes every element 0, as `copy_`. */
  zero_(): this {
    return this.fill_(0);
  }

  /** Writes `value` where `at(...indices)` reads: `x.set([0, [1, 3]], 5)`. As `copy_`. */
  set(indices: readonly Index[], value: Tensor | number): this {
    this.#refuseRecorded("set");
    const target = this.detach().at(...indices);
    target.#write("set", operand(value, this.dtype));
    return this;
  }

  #write(op: string, source: Tensor): this {
    this.#refuseRecorded(op);
    const together = broadcastShapes(op, this.shape, source.shape);
    if (!sameShape(together, this.shape))
      throw new ShapeError(
        `${op}: ${printShape(source.shape)} into ${printShape(this.shape)} - it must broadcast to the target`,
      );
    backend().assign(this, source);
    return this;
  }

  #refuseRecorded(op: string): void {
    if (this.#requiresGrad && isRecording())
      throw new GradientError(
        `${op}: a tensor that requires a gradient was to be changed in place - its slope would be lost`,
        `noGrad(() => ...) around the ${op}`,
      );
  }
}

tensorsAreMadeBy((view) => new Tensor(view));

/** `f(2, 3)` and `f([2, 3])` alike. */
function sizesOf(sizes: readonly number[] | readonly [Shape]): Shape {
  return sizes.flat();
}

function integers(op: string, index: Tensor | readonly number[]): Tensor {
  return index instanceof Tensor ? index : wholeNumbers(op, "index", index);
}

/** What `tensor()` accepts, read into values and a shape: numbers nested in arrays, typed arrays, tensors. */
import { isTensor } from "../autograd/apply.ts";
import { type DType, dtypeOf, isFloat, type TypedArray, zerosOf } from "../dtype.ts";
import { DTypeError, kindOf, ShapeError } from "../errors.ts";
import { printShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

type NumberArray =
  | TypedArray
  | Int8Array
  | Int16Array
  | Uint8ClampedArray
  | Uint16Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/** Numbers, booleans or one-element tensors in nested arrays; typed arrays count as rows. */
export type TensorData = number | boolean | Tensor | NumberArray | readonly TensorData[];

export interface Literal {
  readonly values: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** The values are another's, who may write to them. */
  readonly isShared: boolean;
}

/**
 * The values of `data` in `wanted`, or else in the type they come in: f32 for numbers, bool for
 * booleans, i32 for typed arrays of other integers.
 * @throws ShapeError for rows of different lengths, DTypeError for what is no number or does not fit.
 */
export function readData(data: unknown, wanted: DType | undefined): Literal {
  if (isTensor(data)) return convert(data.data, data.shape, data.dtype, wanted);
  if (isNumberArray(data)) return convert(data, [data.length], typeOf(data), wanted);
  const shape = shapeOf(data);
  const flat: (number | boolean)[] = [];
  flatten(data, shape, [], flat);
  const areBools = flat.length > 0 && flat.every((each) => typeof each === "boolean");
  return convert(flat, shape, areBools ? "bool" : "f32", wanted);
}

function convert(
  source: ArrayLike<number | bigint | boolean>,
  shape: readonly number[],
  own: DType,
  wanted: DType = own,
): Literal {
  if (wanted === own && isTyped(source))
    return { values: source, shape, dtype: own, isShared: true };
  const values = zerosOf(wanted, source.length);
  const isWhole = !isFloat(wanted) && wanted !== "bool";
  for (let i = 0; i < values.length; i++) {
    const value = Number(source[i]);
    values[i] = wanted === "bool" ? Number(value !== 0) : value;
    // Stored as the nearest whole number towards 0; what is farther off did not fit.
    if (isWhole && !(Math.abs((values[i] ?? 0) - value) < 1))
      throw new DTypeError(`tensor: ${String(source[i])} - it does not fit ${wanted}`);
  }
  return { values, shape, dtype: wanted, isShared: false };
}

function isNumberArray(data: unknown): data is NumberArray {
  return ArrayBuffer.isView(data) && !(data instanceof DataView);
}

function typeOf(data: NumberArray): DType {
  if (isTyped(data)) return dtypeOf(data);
  return data instanceof Uint8ClampedArray ? "u8" : "i32";
}

/** Whether tensors hold such arrays. */
function isTyped(data: unknown): data is TypedArray {
  return (
    data instanceof Float32Array ||
    data instanceof Float64Array ||
    data instanceof Int32Array ||
    data instanceof Uint8Array
  );
}

/** Deeper lies what holds itself: to go down it would take all memory. */
const DEEPEST = 64;

function shapeOf(data: unknown): number[] {
  const shape: number[] = [];
  for (let at = data; Array.isArray(at) || isNumberArray(at); at = at[0]) {
    shape.push(at.length);
    if (shape.length > DEEPEST)
      throw new ShapeError(
        `tensor: rows in rows, more than ${DEEPEST} deep - wanted numbers in the innermost`,
        "Does an array hold itself?",
      );
  }
  return shape;
}

function flatten(
  data: unknown,
  shape: readonly number[],
  path: number[],
  out: (number | boolean)[],
): void {
  const wanted = shape[path.length];
  if (Array.isArray(data) || isNumberArray(data)) {
    if (wanted === undefined)
      throw new ShapeError(
        `tensor: a row of ${data.length} beside a number - all rows must be equally deep`,
      );
    if (data.length !== wanted)
      throw new ShapeError(
        `tensor: rows of ${wanted} and ${data.length} elements at depth ${path.length} - all must be equally long`,
      );
    // By number, so that holes are found.
    for (let i = 0; i < data.length; i++) {
      path.push(i);
      flatten(data[i], shape, path, out);
      path.pop();
    }
    return;
  }
  const value = isTensor(data) && data.numel() === 1 ? data.item() : data;
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") {
    if (wanted !== undefined)
      throw new ShapeError(
        `tensor: a number beside a row of ${wanted} - all rows must be equally deep`,
      );
    out.push(typeof value === "bigint" ? Number(value) : value);
    return;
  }
  const place = path.length === 0 ? "" : ` at ${printShape(path)}`;
  if (isTensor(value))
    throw new ShapeError(
      `tensor: a tensor of ${printShape(value.shape)}${place} - wanted numbers`,
      "stack([...]) joins tensors",
    );
  throw new DTypeError(`tensor: ${kindOf(value)}${place} - wanted a number`);
}

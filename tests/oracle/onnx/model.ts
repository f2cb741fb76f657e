/** ONNX models and tensors, as far as the node tests use them (onnx.proto of release 1.12). */
import { type DType, type Tensor, tensor } from "../../../kernel/tensor/index.ts";
import { type Field, fields, packed, signed, text } from "./protobuf.ts";

/** A test that has no counterpart here; `reason` says of what kind. */
export class NotMapped extends Error {}

export interface Attributes {
  readonly numbers: ReadonlyMap<string, number>;
  readonly lists: ReadonlyMap<string, readonly number[]>;
  readonly texts: ReadonlyMap<string, string>;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

export interface OnnxNode {
  readonly op: string;
  readonly domain: string;
  /** Names; "" for an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

export interface OnnxModel {
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly initializers: ReadonlyMap<string, Tensor>;
}

export function readModel(bytes: Uint8Array): OnnxModel {
  let opset = 1;
  let graph: Uint8Array = new Uint8Array(0);
  for (const field of fields(bytes)) {
    if (field.number === 7) graph = field.bytes;
    if (field.number !== 8) continue;
    const parts = [...fields(field.bytes)];
    const domain = text(parts.find(({ number }) => number === 1)?.bytes ?? new Uint8Array(0));
    if (domain === "") opset = signed(parts.find(({ number }) => number === 2)?.bits ?? 1n);
  }
  const parts = [...fields(graph)];
  const all = (number: number) => parts.filter((field) => field.number === number);
  const initializers = new Map(all(5).map(({ bytes: each }) => readNamedTensor(each)));
  return {
    opset,
    nodes: all(1).map((field) => readNode(field.bytes)),
    inputs: all(11)
      .map(tensorName)
      .filter((name) => !initializers.has(name)),
    outputs: all(12).map(tensorName),
    initializers,
  };
}

/** @throws NotMapped for what is no tensor but a sequence of them. */
function tensorName({ bytes }: Field): string {
  const [name, type] = [1, 2].map((wanted) =>
    [...fields(bytes)].find(({ number }) => number === wanted),
  );
  const [kind] = fields(type?.bytes ?? bytes);
  if (type !== undefined && kind?.number !== 1) throw new NotMapped("sequences of tensors");
  return text(name?.bytes ?? bytes);
}

function readNode(bytes: Uint8Array): OnnxNode {
  const parts = [...fields(bytes)];
  const texts = (number: number) =>
    parts.filter((field) => field.number === number).map((field) => text(field.bytes));
  const attributes = {
    numbers: new Map<string, number>(),
    lists: new Map<string, number[]>(),
    texts: new Map<string, string>(),
    tensors: new Map<string, Tensor>(),
  };
  for (const field of parts) if (field.number === 5) readAttribute(field.bytes, attributes);
  return {
    op: texts(4)[0] ?? "",
    domain: texts(7)[0] ?? "",
    inputs: texts(1),
    outputs: texts(2),
    attributes,
  };
}

interface Collected {
  readonly numbers: Map<string, number>;
  readonly lists: Map<string, number[]>;
  readonly texts: Map<string, string>;
  readonly tensors: Map<string, Tensor>;
}

function readAttribute(bytes: Uint8Array, into: Collected): void {
  const parts = [...fields(bytes)];
  const name = text(parts.find(({ number }) => number === 1)?.bytes ?? bytes);
  const list = into.lists.get(name) ?? [];
  for (const field of parts) {
    if (field.number === 2) into.numbers.set(name, float(field.bytes));
    else if (field.number === 3) into.numbers.set(name, signed(field.bits));
    else if (field.number === 4) into.texts.set(name, text(field.bytes));
    else if (field.number === 5) into.tensors.set(name, readTensor(field.bytes));
    else if (field.number === 6) throw new NotMapped("a graph inside a node");
    // Repeated numbers come packed or one by one.
    else if (field.number === 7) list.push(...floats(field.bytes));
    else if (field.number === 8)
      list.push(...(field.bytes.length > 0 ? packed(field.bytes) : [signed(field.bits)]));
    else continue;
    if (field.number >= 7) into.lists.set(name, list);
  }
}

/** What each element type is here; the numbers are `TensorProto.DataType`. */
const dtypes = new Map<number, DType>([
  [1, "f32"],
  [2, "u8"],
  [6, "i32"],
  [7, "i32"],
  [9, "bool"],
  [11, "f64"],
]);
const missing = new Map([
  [3, "int8"],
  [4, "uint16"],
  [5, "int16"],
  [8, "string"],
  [10, "float16"],
  [12, "uint32"],
  [13, "uint64"],
  [14, "complex64"],
  [16, "bfloat16"],
]);

/** @throws NotMapped for an element type we do not have. */
export function dtypeOf(type: number): DType {
  const dtype = dtypes.get(type);
  if (dtype === undefined) throw new NotMapped(`dtype ${missing.get(type) ?? type}`);
  return dtype;
}

export function readTensor(bytes: Uint8Array): Tensor {
  return readNamedTensor(bytes)[1];
}

function readNamedTensor(bytes: Uint8Array): [name: string, value: Tensor] {
  const shape: number[] = [];
  const values: number[] = [];
  let type = 0;
  let name = "";
  let raw: Uint8Array | null = null;
  for (const field of fields(bytes)) {
    const whole = () => (field.bytes.length > 0 ? packed(field.bytes) : [signed(field.bits)]);
    if (field.number === 1) shape.push(...whole());
    else if (field.number === 2) type = signed(field.bits);
    else if (field.number === 4) values.push(...floats(field.bytes));
    else if (field.number === 5 || field.number === 7) values.push(...whole());
    else if (field.number === 8) name = text(field.bytes);
    else if (field.number === 9) raw = field.bytes;
    else if (field.number === 10) values.push(...doubles(field.bytes));
  }
  const dtype = dtypeOf(type);
  const data = Float64Array.from(raw === null ? values : unpack(raw, type));
  if (dtype === "i32" && data.some((value) => value !== (value | 0)))
    throw new NotMapped("dtype int64 beyond 32 bits");
  return [name, tensor(data, { dtype }).reshape(shape)];
}

function unpack(raw: Uint8Array, type: number): ArrayLike<number> {
  if (type === 1) return floats(raw);
  if (type === 11) return doubles(raw);
  if (type === 2 || type === 9) return raw;
  const bytes = viewOf(raw);
  return type === 6
    ? Array.from({ length: raw.length / 4 }, (_, i) => bytes.getInt32(i * 4, true))
    : Array.from({ length: raw.length / 8 }, (_, i) => Number(bytes.getBigInt64(i * 8, true)));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function float(bytes: Uint8Array): number {
  return viewOf(bytes).getFloat32(0, true);
}

function floats(bytes: Uint8Array): number[] {
  const view = viewOf(bytes);
  return Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}

function doubles(bytes: Uint8Array): number[] {
  const view = viewOf(bytes);
  return Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(i * 8, true));
}

/**
 * The safetensors format (huggingface/safetensors): 8 bytes with the header's length, the header as
 * JSON, then the values, little-endian and without gaps. Reading trusts nothing in the file.
 */
import { wrap } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { fullView, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { bytesOf } from "./bytes.ts";
import { elementName, elementTypes, readElements, writeElements } from "./elements.ts";
import { tensorsOf } from "./tensors.ts";

export interface TensorFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const lengthBytes = 8;
const largestHeader = 100_000_000;
const metadataKey = "__metadata__";

/**
 * Tensors by name and texts about them, as the bytes of a .safetensors file.
 * @throws TypeError for what are no tensors by name.
 * @example
 * const bytes = encodeTensors({ tensors: { x: tensor([1, 2]) }, metadata: { note: "two" } });
 * decodeTensors(bytes).metadata.note // two
 */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array {
  const entries = tensorsOf("encodeTensors", tensors);
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header[metadataKey] = metadata;
  let end = 0;
  for (const [name, tensor] of entries) {
    if (name === metadataKey)
      throw new RangeError(
        `encodeTensors: a tensor named ${metadataKey} - the format keeps its texts there`,
      );
    const start = end;
    end += tensor.innerData.byteLength;
    header[name] = {
      dtype: elementName[tensor.dtype],
      shape: tensor.shape,
      data_offsets: [start, end],
    };
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces, so that values begin at a multiple of 8.
  const headerBytes = Math.ceil(text.length / lengthBytes) * lengthBytes;
  const bytes = new Uint8Array(lengthBytes + headerBytes + end).fill(
    0x20,
    0,
    lengthBytes + headerBytes,
  );
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(headerBytes), true);
  bytes.set(text, lengthBytes);
  let at = lengthBytes + headerBytes;
  for (const [, { innerData }] of entries) {
    writeElements(view, at, innerData);
    at += innerData.byteLength;
  }
  return bytes;
}

/**
 * The tensors and texts in the bytes of a .safetensors file. Half floats become f32, u8 and bool
 * stay, and all other integers become i32.
 * @throws TypeError for what is no bytes, SyntaxError saying what is wrong with the file, RangeError
 * for a whole number that does not fit in 32 bits.
 * @example
 * const { tensors } = decodeTensors(encodeTensors({ tensors: { x: tensor([1, 2]) }, metadata: {} }));
 * tensors.x // tensor([1., 2.])
 */
export function decodeTensors(file: Uint8Array): TensorFile {
  const bytes = bytesOf("decodeTensors", file);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { header, dataStart } = readHeader(bytes, view);
  const entries = Object.entries(header)
    .filter(([name]) => name !== metadataKey)
    .map(([name, value]) => parseEntry(name, value));
  const dataBytes = bytes.length - dataStart;
  let expected = 0;
  for (const { name, start, end } of entries.toSorted(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    if (start !== expected)
      throw broken(`"${name}" begins at byte ${start} - wanted ${expected}: no gaps, no overlap`);
    expected = end;
  }
  if (expected !== dataBytes)
    throw broken(`the tensors take ${expected} bytes and the file holds ${dataBytes}`);
  const tensors = entries.map(({ name, type, shape, start }): [string, Tensor] => {
    const run = { view, start: dataStart + start, length: sizeOf(shape) };
    const values = readElements(`safetensors: "${name}"`, type, run);
    return [name, wrap(fullView(backend().adopt(values, type.becomes), shape))];
  });
  return { tensors: Object.fromEntries(tensors), metadata: parseMetadata(header[metadataKey]) };
}

function broken(what: string): SyntaxError {
  return new SyntaxError(`safetensors: ${what}`);
}

function readHeader(
  bytes: Uint8Array,
  view: DataView,
): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < lengthBytes)
    throw broken(`the file has ${bytes.length} bytes - wanted at least ${lengthBytes}`);
  const length = view.getBigUint64(0, true);
  if (length > BigInt(largestHeader))
    throw broken(`the header claims ${length} bytes - wanted at most ${largestHeader}`);
  const dataStart = lengthBytes + Number(length);
  if (dataStart > bytes.length)
    throw broken(
      `the header claims ${length} bytes and the file ends after ${bytes.length} - it was cut off`,
    );
  const text = new TextDecoder().decode(bytes.subarray(lengthBytes, dataStart));
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (cause) {
    throw new SyntaxError("safetensors: the header is not JSON", { cause });
  }
  if (!isRecord(header)) throw broken("the header is no JSON object");
  return { header, dataStart };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

function parseEntry(name: string, value: unknown) {
  if (!isRecord(value)) throw broken(`the entry of "${name}" is no JSON object`);
  const { dtype, shape, data_offsets: offsets } = value;
  const type = typeof dtype === "string" ? elementTypes.get(dtype) : undefined;
  if (type === undefined)
    throw broken(
      `"${name}" has dtype ${String(dtype)} - wanted one of ${[...elementTypes.keys()].join(", ")}`,
    );
  if (!Array.isArray(shape) || !shape.every(isCount))
    throw broken(`"${name}" has no shape of whole numbers`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw broken(`"${name}" has no data_offsets of two whole numbers`);
  const sizes: Shape = shape;
  const [start, end] = offsets as [number, number];
  const wanted = sizeOf(sizes) * type.sizeBytes;
  if (end - start !== wanted)
    throw broken(
      `"${name}" has ${end - start} bytes for shape [${sizes.join(", ")}] - wanted ${wanted}`,
    );
  return { name, type, shape: sizes, start, end };
}

function parseMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw broken("the metadata is no JSON object");
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (typeof text !== "string") throw broken(`the metadata "${key}" is no text`);
      return [key, text];
    }),
  );
}

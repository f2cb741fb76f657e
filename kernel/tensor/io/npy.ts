/**
 * NumPy's .npy format, versions 1 to 3 (numpy.lib.format): a magic number, a header that is a Python
 * dict, then the values in row-major or column-major order. Reading trusts nothing in the file.
 */
import { isTensor, wrap } from "../autograd/apply.ts";
import { backend } from "../backends/current.ts";
import { DTypeError, kindOf } from "../errors.ts";
import { fullView, rowMajor, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import { bytesOf } from "./bytes.ts";
import { type ElementType, elementTypes, readElements, writeElements } from "./elements.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
/** NumPy itself evaluates longer headers only when told to trust the file. */
const largestHeader = 1_000_000;
/** The header ends at a multiple of this, so that values can be mapped into memory. */
const alignment = 64;

/** NumPy's codes without byte order: kind and size. */
const codes: ReadonlyMap<string, ElementType | undefined> = new Map(
  ["f8 F64", "f4 F32", "f2 F16", "b1 BOOL", "i8 I64", "i4 I32", "i2 I16", "i1 I8"]
    .concat(["u8 U64", "u4 U32", "u2 U16", "u1 U8"])
    .map((pair) => [pair.slice(0, 2), elementTypes.get(pair.slice(3))]),
);
const codeOf = { f64: "<f8", f32: "<f4", i32: "<i4", u8: "|u1", bool: "|b1" } as const;

/**
 * A tensor as the bytes of a .npy file, which `numpy.load` reads.
 * @throws DTypeError for what is no tensor.
 * @example
 * const bytes = encodeNpy(tensor([[1, 2], [3, 4]]));
 * decodeNpy(bytes).shape // 2,2
 */
export function encodeNpy(tensor: Tensor): Uint8Array {
  if (!isTensor(tensor)) throw new DTypeError(`encodeNpy: ${kindOf(tensor)} - wanted a tensor`);
  const { data, shape, dtype } = tensor;
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const dict = `{'descr': '${codeOf[dtype]}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const prefix = magic.length + 4;
  const length = Math.ceil((prefix + dict.length + 1) / alignment) * alignment - prefix;
  const bytes = new Uint8Array(prefix + length + data.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([...magic, 1, 0]);
  view.setUint16(magic.length + 2, length, true);
  bytes.set(new TextEncoder().encode(`${dict.padEnd(length - 1)}\n`), prefix);
  writeElements(view, prefix + length, data);
  return bytes;
}

/**
 * The tensor in the bytes of a .npy file: f4 and f2 become f32, f8 f64, u1 u8, b1 bool, and all
 * other integers i32.
 * @throws TypeError for what is no bytes, SyntaxError saying what is wrong with the file, RangeError
 * for a whole number that does not fit in 32 bits.
 * @example
 * const x = decodeNpy(encodeNpy(tensor([1, 2, 3])));
 * x // tensor([1., 2., 3.])
 */
export function decodeNpy(bytes: Uint8Array): Tensor {
  return readNpy("npy", bytesOf("decodeNpy", bytes));
}

/** @internal As `decodeNpy`; `name` opens the messages. */
export function readNpy(name: string, bytes: Uint8Array): Tensor {
  const broken = (what: string) => new SyntaxError(`${name}: ${what}`);
  if (bytes.length < magic.length + 4 || !magic.every((byte, i) => bytes[i] === byte))
    throw broken("the file does not begin with \\x93NUMPY - it is no .npy file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(magic.length);
  if (version < 1 || version > 3) throw broken(`format version ${version} - wanted 1, 2 or 3`);
  const prefix = magic.length + (version === 1 ? 4 : 6);
  if (bytes.length < prefix) throw broken(`the file ends after ${bytes.length} bytes`);
  const length =
    version === 1 ? view.getUint16(prefix - 2, true) : view.getUint32(prefix - 4, true);
  if (length > largestHeader)
    throw broken(`the header claims ${length} bytes - wanted at most ${largestHeader}`);
  const start = prefix + length;
  if (start > bytes.length)
    throw broken(
      `the header claims ${length} bytes and the file ends after ${bytes.length} - it was cut off`,
    );
  const encoding = version === 3 ? "utf-8" : "latin1";
  const header = new TextDecoder(encoding).decode(bytes.subarray(prefix, start));
  const { code, fortran, shape } = parseHeader(header, broken);
  const element = codes.get(code.slice(1));
  if (element === undefined || !"<>|=".includes(code.charAt(0)))
    throw broken(`values of type '${code}' - wanted one of ${[...codes.keys()].join(", ")}`);
  const size = sizeOf(shape);
  if (size * element.sizeBytes !== bytes.length - start)
    throw broken(
      `shape [${shape.join(", ")}] of '${code}' takes ${size * element.sizeBytes} bytes and the file holds ${bytes.length - start}`,
    );
  const run = { view, start, length: size, little: !code.startsWith(">") };
  const storage = backend().adopt(readElements(name, element, run), element.becomes);
  if (!fortran) return wrap(fullView(storage, shape));
  const strides = rowMajor(shape.toReversed()).toReversed();
  return wrap(backend().copy({ storage, shape, strides, offset: 0 }, element.becomes));
}

interface Header {
  /** Byte order, kind and size, as in `<f4`. */
  readonly code: string;
  readonly fortran: boolean;
  readonly shape: Shape;
}

/** A dict of exactly three entries, in any order. It is read, never evaluated. */
function parseHeader(text: string, broken: (what: string) => SyntaxError): Header {
  const entries = new Map<string, string>();
  const dict = /^\s*\{(?<body>[^{}]*)\}\s*$/.exec(text)?.groups?.body;
  if (dict === undefined) throw broken("the header is no dict of Python");
  const entry =
    /\s*(?:'(\w+)'|"(\w+)")\s*:\s*('[^']*'|"[^"]*"|True|False|\([^()]*\)|\[[^\]]*\])\s*(?:,|$)/y;
  while (entry.lastIndex < dict.trimEnd().length) {
    const found = entry.exec(dict);
    if (found === null) throw broken("the header is no dict of Python");
    entries.set(found[1] ?? found[2] ?? "", found[3] ?? "");
  }
  const [descr = "", order = "", sizes = ""] = ["descr", "fortran_order", "shape"].map((key) => {
    const value = entries.get(key);
    if (value === undefined) throw broken(`the header has no '${key}'`);
    return value;
  });
  const code = /^(['"])(.*)\1$/.exec(descr)?.[2];
  if (code === undefined) throw broken(`values of type ${descr} - wanted plain numbers`);
  if (code.includes("O")) throw broken("it holds Python objects - wanted plain numbers");
  if (order !== "True" && order !== "False")
    throw broken(`fortran_order is ${order} - wanted True or False`);
  const list = /^\(\s*((?:\d+L?\s*,\s*)*\d*L?)\s*,?\s*\)$/.exec(sizes)?.[1];
  const shape = list?.split(",").map((each) => each.replace("L", "").trim());
  if (shape === undefined) throw broken(`shape ${sizes} - wanted a tuple of whole numbers`);
  const numbers = shape.filter((each) => each !== "").map(Number);
  if (!numbers.every(Number.isSafeInteger))
    throw broken(`shape ${sizes} - the sizes are too large`);
  return { code, fortran: order === "True", shape: numbers };
}

import { describe, expect, test } from "vitest";
import {
  decodeNpy,
  type DType,
  encodeNpy,
  tensor,
  zeros,
} from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;

/** A file of version 1 with this header, and as many bytes of 0. */
function file(header: string, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(header);
  const bytes = new Uint8Array(10 + text.length + dataBytes);
  bytes.set([
    0x93,
    ...new TextEncoder().encode("NUMPY"),
    1,
    0,
    text.length & 255,
    text.length >> 8,
  ]);
  bytes.set(text, 10);
  return bytes;
}
const dict = (descr: string, order = "False", shape = "(1,)"): string =>
  `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;

test("encodeNpy() writes the header as NumPy does", () => {
  const bytes = encodeNpy(tensor([[1, 2, 3]]));
  // Not by TextDecoder, whose latin1 is Windows' own (but in Node 20).
  expect(Buffer.from(bytes.subarray(0, 128)).toString("latin1").trimEnd()).toBe(
    `\x93NUMPY\x01\x00v\x00${dict("'<f4'", "False", "(1, 3)")}`,
  );
  expect(bytes.length).toBe(128 + 12);
  expect(bytes[127]).toBe(10);
});

test.each<DType>(["f32", "f64", "i32", "u8", "bool"])(
  "decodeNpy() gives back what encodeNpy() was given, as %s",
  (dtype) => {
    const x = tensor(
      [
        [1, 0, 1],
        [0, 1, 1],
      ],
      { dtype },
    );
    const back = decodeNpy(encodeNpy(x.T));
    expect([back.dtype, back.toArray()]).toEqual([dtype, x.T.toArray()]);
  },
);

test.each([[[]], [[0]], [[2, 0]], [[7]]])("shape %j makes the round trip", (shape) => {
  expect(decodeNpy(encodeNpy(zeros(shape))).shape).toEqual(shape);
});

test("decodeNpy() takes a header's entries in any order, quoted in either way", () => {
  const header = `{"shape": (1, ), "fortran_order": False, "descr": "<f4"}\n`;
  expect(decodeNpy(file(header, 4)).toArray()).toEqual([0]);
});

test("decodeNpy() refuses a whole number beyond 32 bits", () => {
  const bytes = file(dict("'<i8'"), 8);
  bytes[bytes.length - 3] = 1;
  expect(() => decodeNpy(bytes)).toThrow(
    "npy: the whole number 1099511627776 - wanted numbers that fit in 32 bits",
  );
  expect(() => decodeNpy(bytes)).toThrow(RangeError);
});

describe("decodeNpy() refuses a broken file:", () => {
  test.each([
    ["another format", new Uint8Array(20), "it is no .npy file"],
    ["no bytes", new Uint8Array(0), "it is no .npy file"],
    ["a later version", file("", 0).fill(4, 6, 7), "format version 4 - wanted 1, 2 or 3"],
    ["a header cut off", file(dict("'<f4'"), 0).subarray(0, 40), "it was cut off"],
    [
      "a huge header",
      Uint8Array.of(0x93, 78, 85, 77, 80, 89, 2, 0, 255, 255, 255, 255),
      "the header claims 4294967295 bytes - wanted at most 1000000",
    ],
    ["a header that is no dict", file("[1, 2]", 0), "the header is no dict of Python"],
    ["a call in the header", file("{'descr': f(), 'shape': (1,)}", 0), "no dict of Python"],
    ["an entry missing", file("{'descr': '<f4', 'shape': (1,)}", 4), "no 'fortran_order'"],
    ["Python objects", file(dict("'|O'"), 8), "it holds Python objects - wanted plain numbers"],
    ["records", file(dict("[('x', '<f4')]"), 4), "values of type [('x', '<f4')] - wanted plain"],
    ["complex numbers", file(dict("'<c8'"), 8), "values of type '<c8' - wanted one of f8"],
    ["a name every object has", file(dict("'<constructor'"), 8), "values of type '<constructor'"],
    ["an order of its own", file(dict("'<f4'", "(1,)"), 4), "fortran_order is (1,)"],
    ["a negative size", file(dict("'<f4'", "False", "(-1,)"), 4), "shape (-1,) - wanted a tuple"],
    [
      "sizes beyond all bounds",
      file(dict("'<f4'", "False", "(99999999999999999999,)"), 4),
      "the sizes are too large",
    ],
    [
      "a shape that claims far more than there is",
      file(dict("'<f4'", "False", "(1000000, 1000000)"), 4),
      "takes 4000000000000 bytes and the file holds 4",
    ],
    ["bytes left over", file(dict("'<f4'"), 8), "takes 4 bytes and the file holds 8"],
  ])("%s", (_, bytes, message) => {
    expect(() => decodeNpy(bytes)).toThrow(message);
    expect(() => decodeNpy(bytes)).toThrow(SyntaxError);
  });
});

test("what is no tensor, or no bytes, is refused by name", () => {
  expect(() => encodeNpy(anything([1]))).toThrow("encodeNpy: an array - wanted a tensor");
  expect(() => decodeNpy(anything("x.npy"))).toThrow(
    "decodeNpy: a string for the file - wanted its bytes, a Uint8Array",
  );
});

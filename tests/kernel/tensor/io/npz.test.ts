import { describe, expect, test } from "vitest";
import { decodeNpz, encodeNpz, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;
const made = (): Uint8Array => encodeNpz({ a: tensor([1, 2]), "b.ü": tensor(3) });

/** Where the directory of `bytes` begins. */
function directory(bytes: Uint8Array): number {
  return new DataView(bytes.buffer).getUint32(bytes.length - 22 + 16, true);
}

/** A copy with some bytes changed; places are counted from the directory's first entry. */
function changed(bytes: Uint8Array, at: number, ...values: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(values, directory(bytes) + at);
  return copy;
}

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)])
    .stream()
    .pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** An archive of one entry "a.npy" with these packed bytes, which the directory calls deflated. */
function archive(packed: Uint8Array, size: number, sum = 0): Uint8Array {
  const name = new TextEncoder().encode("a.npy");
  const bytes = new Uint8Array(30 + 5 + packed.length + 46 + 5 + 22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint16(26, name.length, true);
  bytes.set(name, 30);
  bytes.set(packed, 35);
  const start = 35 + packed.length;
  view.setUint32(start, 0x02014b50, true);
  view.setUint16(start + 10, 8, true);
  view.setUint32(start + 16, sum, true);
  view.setUint32(start + 20, packed.length, true);
  view.setUint32(start + 24, size, true);
  view.setUint16(start + 28, name.length, true);
  bytes.set(name, start + 46);
  view.setUint32(start + 51, 0x06054b50, true);
  view.setUint16(start + 59, 1, true);
  view.setUint16(start + 61, 1, true);
  view.setUint32(start + 63, 51, true);
  view.setUint32(start + 67, start, true);
  return bytes;
}

test("decodeNpz() gives back what encodeNpz() was given", async () => {
  const arrays = await decodeNpz(made());
  expect(Object.entries(arrays).map(([name, x]) => [name, x.toArray()])).toEqual([
    ["a", [1, 2]],
    ["b.ü", 3],
  ]);
});

test("the same tensors make the same file", () => {
  expect(made()).toEqual(made());
});

test("an archive of no tensors is one", async () => {
  expect(await decodeNpz(encodeNpz({}))).toEqual({});
});

test("decodeNpz() bears a comment at the end", async () => {
  const bytes = made();
  const longer = new Uint8Array(bytes.length + 3);
  longer.set(bytes);
  longer[bytes.length - 2] = 3;
  expect(Object.keys(await decodeNpz(longer))).toEqual(["a", "b.ü"]);
});

describe("decodeNpz() refuses", () => {
  const cases: [string, () => Uint8Array | Promise<Uint8Array>, string][] = [
    ["another format", () => new Uint8Array(100), "zip: no directory at the end"],
    ["an empty file", () => new Uint8Array(0), "zip: no directory at the end"],
    ["a file cut off", () => made().subarray(0, -30), "zip: no directory at the end"],
    [
      "a damaged value",
      () => {
        const bytes = made();
        const value = directory(bytes) - 1;
        bytes[value] = 77;
        return bytes;
      },
      'zip: the checksum of "b.ü.npy" does not fit - the file is damaged',
    ],
    ["an encrypted file", () => changed(made(), 8, 1), 'zip: "a.npy" is encrypted'],
    ["another packing", () => changed(made(), 10, 12), '"a.npy" is packed by method 12'],
    ["a size that differs", () => changed(made(), 24, 1), '"a.npy" claims 1 bytes in 136'],
    ["a wild offset", () => changed(made(), 42, 9, 9, 9), '"a.npy" does not begin at byte 592137'],
    [
      "more bytes than there are",
      () => changed(made(), 20, 0, 0, 9, 0, 0, 0, 9, 0),
      '"a.npy" claims bytes 35 to',
    ],
    [
      "entries that overlap",
      () => {
        const bytes = made();
        const second = 46 + 5;
        return changed(bytes, second + 42, 0, 0, 0, 0);
      },
      "overlaps another file",
    ],
    [
      "zip64",
      () => {
        const bytes = made();
        bytes.fill(255, bytes.length - 6, bytes.length - 2);
        return bytes;
      },
      "zip: the archive is in zip64 form, for more than 4 GB - wanted a plain one",
    ],
    ["an entry in zip64 form", () => changed(made(), 20, 255, 255, 255, 255), "in zip64 form"],
    [
      "one part of several",
      () => {
        const bytes = made();
        bytes[bytes.length - 18] = 1;
        return bytes;
      },
      "zip: the archive is one part of several - wanted a whole one",
    ],
    [
      "more entries than there are",
      () => {
        const bytes = made();
        bytes.fill(9, bytes.length - 14, bytes.length - 13);
        bytes.fill(9, bytes.length - 12, bytes.length - 11);
        return bytes;
      },
      "zip: the directory ends after 2 of 9 entries",
    ],
    [
      "a small file that claims a huge one",
      () => archive(new Uint8Array(10), 4_000_000_000),
      '"a.npy" claims 4000000000 bytes in 10 - that cannot be',
    ],
    [
      "more than was claimed",
      async () => archive(await deflated(new Uint8Array(100_000)), 500),
      '"a.npy" unpacks to more than the 500 bytes it claims',
    ],
    [
      "less than was claimed",
      async () => archive(await deflated(new Uint8Array(50)), 60),
      '"a.npy" unpacks to 50 bytes and claims 60',
    ],
    [
      "what cannot be unpacked",
      () => archive(new Uint8Array(40).fill(255), 400),
      '"a.npy" cannot be unpacked - the file is damaged',
    ],
    [
      "what is no .npy inside",
      async () => archive(await deflated(new Uint8Array(0)), 0),
      'npz: "a.npy": the file does not begin with \\x93NUMPY - it is no .npy file',
    ],
  ];
  test.each(cases)("%s", async (_, make, message) => {
    const bytes = await make();
    await expect(decodeNpz(bytes)).rejects.toThrow(message);
    await expect(decodeNpz(bytes)).rejects.toThrow(SyntaxError);
  });
});

test("what are no tensors by name, or no bytes, is refused by name", async () => {
  expect(() => encodeNpz(anything(tensor(1)))).toThrow(
    "encodeNpz: a tensor - wanted tensors by name, as { x, y }",
  );
  expect(() => encodeNpz({ x: anything([1]) as Tensor })).toThrow(
    'encodeNpz: "x" is an array - wanted a tensor',
  );
  await expect(decodeNpz(anything(undefined))).rejects.toThrow(
    "decodeNpz: undefined for the file - wanted its bytes, a Uint8Array",
  );
});

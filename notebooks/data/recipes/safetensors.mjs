/** Writes the safetensors format: a length, a JSON header, then the values, little-endian. */

const names = new Map([
  [Float32Array, "F32"],
  [Int8Array, "I8"],
  [Uint8Array, "U8"],
]);

/** `tensors` maps a name to `{ shape, values }`; `metadata` maps names to text. */
export function safetensors(tensors, metadata) {
  const header = { __metadata__: metadata };
  let end = 0;
  const parts = Object.entries(tensors).map(([name, { shape, values }]) => {
    const start = end;
    end += values.byteLength;
    header[name] = { dtype: names.get(values.constructor), shape, data_offsets: [start, end] };
    return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  });
  const text = JSON.stringify(header);
  // Values of four bytes have to begin at a multiple of four; the format pads with spaces.
  const padded = Buffer.from(text + " ".repeat((8 - (Buffer.byteLength(text) % 8)) % 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  return Buffer.concat([length, padded, ...parts]);
}

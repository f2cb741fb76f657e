/** Reads protocol-buffer messages field by field; what the fields mean is up to the caller. */

export interface Field {
  readonly number: number;
  /** A varint or the bits of a fixed number; 0n where the field holds bytes. */
  readonly bits: bigint;
  /** The bytes of a length-delimited field, or of a fixed number. */
  readonly bytes: Uint8Array;
}

const none = new Uint8Array(0);

/** The fields of a message in the order written. @throws RangeError when the bytes end early. */
export function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new RangeError(`protobuf: ends at ${bytes.length}`);
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const [tag, afterTag] = varint(bytes, at);
    at = afterTag;
    const number = Number(tag >> 3n);
    const wire = Number(tag & 7n);
    if (wire === 0) {
      const [bits, after] = varint(bytes, at);
      at = after;
      yield { number, bits, bytes: none };
    } else if (wire === 1 || wire === 5) {
      yield { number, bits: 0n, bytes: take(wire === 1 ? 8 : 4) };
    } else if (wire === 2) {
      const [length, after] = varint(bytes, at);
      at = after;
      yield { number, bits: 0n, bytes: take(Number(length)) };
    } else throw new RangeError(`protobuf: wire type ${wire} of field ${number}`);
  }
}

/** Varints one after another, as a packed field has them, read as signed 64-bit numbers. */
export function packed(bytes: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const [bits, after] = varint(bytes, at);
    values.push(signed(bits));
    at = after;
  }
  return values;
}

/** A varint as a signed 64-bit number. */
export function signed(bits: bigint): number {
  return Number(BigInt.asIntN(64, bits));
}

export function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function varint(bytes: Uint8Array, from: number): [bits: bigint, after: number] {
  let bits = 0n;
  for (let at = from, shift = 0n; at < bytes.length; at++, shift += 7n) {
    const byte = bytes[at] ?? 0;
    bits |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [bits, at + 1];
  }
  throw new RangeError(`protobuf: a number at ${from} does not end`);
}

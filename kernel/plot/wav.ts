/** Sound as a WAV file: 16-bit PCM behind a header of 44 bytes, written and read. */

/** Of the header. */
const HEADER = 44;
const LARGEST = 32767;

export interface Wav {
  /** Samples a second. */
  readonly rate: number;
  /** Channel after channel within each moment, from -1 to 1. */
  readonly samples: Float32Array;
  readonly channels: number;
}

/** `samples` lie between -1 and 1, channels side by side. */
export function encodeWav({ rate, samples, channels }: Wav): Uint8Array {
  const bytes = new Uint8Array(HEADER + 2 * samples.length);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) =>
    [...word].forEach((letter, i) => view.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  // 1: plain PCM.
  view.setUint16(20, 1, true);
  view.setUint16(22, channels, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * channels * 2, true);
  view.setUint16(32, channels * 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, i) => view.setInt16(HEADER + 2 * i, Math.round(sample * LARGEST), true));
  return bytes;
}

/** Null for what is no file of this kind: other sizes of samples, or other chunks before them. */
export function decodeWav(bytes: Uint8Array): Wav | null {
  if (bytes.length < HEADER) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  const channels = view.getUint16(22, true);
  const rate = view.getUint32(24, true);
  const size = view.getUint32(40, true);
  const isOurs =
    text(0) === "RIFF" &&
    text(8) === "WAVE" &&
    text(36) === "data" &&
    view.getUint16(20, true) === 1 &&
    view.getUint16(34, true) === 16;
  if (!isOurs || channels < 1 || channels > 2 || rate < 1 || size > bytes.length - HEADER)
    return null;
  const count = Math.floor(size / 2 / channels) * channels;
  const samples = Float32Array.from(
    { length: count },
    (_, i) => view.getInt16(HEADER + 2 * i, true) / LARGEST,
  );
  return { rate, channels, samples };
}

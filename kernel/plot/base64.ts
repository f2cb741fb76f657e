/** Bytes as text for bundles, which are JSON, and back. */

/** Arguments a function call can take everywhere. */
const PIECE = 0x8000;

export function toBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  }
  return btoa(pieces.join(""));
}

/** Null for a text that is not base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    const units = atob(text);
    const bytes = new Uint8Array(units.length);
    // A loop: an iterator would take ten times as long, and pictures and tables are long.
    for (let i = 0; i < bytes.length; i++) bytes[i] = units.charCodeAt(i);
    return bytes;
  } catch {
    // A file may hold anything: what is no base64 is no bytes.
    return null;
  }
}

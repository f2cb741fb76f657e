/** Bytes as text, or no text at all: what cannot be read is never guessed, for guesses get saved. */

/**
 * UTF-8, or UTF-16 that says so in its first bytes, as spreadsheets and PowerShell write it.
 * @throws TypeError when the bytes are neither
 */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
}

function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

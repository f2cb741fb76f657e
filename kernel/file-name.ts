/**
 * Names of a notebook's files: plain ones, that no system takes for a folder, a device or a hidden
 * file. Kernels may ask for no others, and what readers attach is given one.
 */

const NAME = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N} ._-]{0,99}$/u;
const LONGEST = 100;
/** Windows takes these for devices, whatever follows the first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Whether files can be kept and downloaded under this name. */
export function isFileName(value: unknown): value is string {
  return (
    typeof value === "string" && NAME.test(value) && !/[. ]$/.test(value) && !DEVICE.test(value)
  );
}

/** The plain name nearest to `name`: `../My data (1).csv` gives `My data -1-.csv`. */
export function cleanFileName(name: string): string {
  const [, stem = "", ending = ""] = /^(.*?)(\.[^.]{1,20})?$/su.exec(name.normalize("NFC")) ?? [];
  const plain = (text: string) => text.replaceAll(/[^\p{L}\p{M}\p{N} ._-]+/gu, "-");
  const end = plain(ending).replace(/[. ]+$/, "");
  const start = plain(stem)
    .replace(/^[^\p{L}\p{N}_]+/u, "")
    .slice(0, LONGEST - 1 - end.length)
    .replace(/[. ]+$/, "");
  const cleaned = `${start === "" ? "file" : start}${end}`;
  return DEVICE.test(cleaned) ? `_${cleaned}` : cleaned;
}

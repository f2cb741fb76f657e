/**
 * JSON text byte for byte as Jupyter writes it: one space of indent, keys sorted by code point,
 * everything beyond ASCII as it is. (`json.dumps(x, indent=1, sort_keys=True, ensure_ascii=False)`)
 */

/** A value over several lines. What JSON cannot say becomes null or is left out, as in JSON.stringify. */
export function printJson(value: unknown): string {
  return print(value, "\n", byCodePoint);
}

/** A value on one line, `["a", "b"]`, keys in their own order. */
export function printJsonLine(value: unknown): string {
  return print(value, null, null);
}

type Order = (a: string, b: string) => number;

/** `newline` is a line break with the indent so far; null: all on one line. */
function print(value: unknown, newline: string | null, order: Order | null): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return printNumber(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "object" || value === null) return "null";
  const inner = newline === null ? null : `${newline} `;
  const parts = Array.isArray(value)
    ? value.map((item: unknown) => print(item, inner, order))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined && typeof item !== "function")
        .toSorted(([a], [b]) => (order === null ? 0 : order(a, b)))
        .map(([key, item]) => `${JSON.stringify(key)}: ${print(item, inner, order)}`);
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  if (parts.length === 0) return `${open}${close}`;
  if (inner === null) return `${open}${parts.join(", ")}${close}`;
  return `${open}${inner}${parts.join(`,${inner}`)}${newline}${close}`;
}

/** Python turns to exponents below 1e-4 and gives them two digits: 1e-05 where JavaScript has 0.00001. */
function printNumber(value: number): string {
  if (!Number.isFinite(value)) return "null";
  if (value === 0 || Math.abs(value) >= 1e-4) return JSON.stringify(value);
  return value.toExponential().replace(/e-(\d)$/, "e-0$1");
}

/** JavaScript sorts by UTF-16 units, which puts pairs of surrogates too early. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const difference = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

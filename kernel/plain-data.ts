/** What may arrive from the other side of a boundary, before anything is known of it: plain data. */

const MAX_DEPTH = 64;
const MAX_TEXT = 1024 * 1024;

export type Fields = Readonly<Record<string, unknown>>;

/**
 * What one batch may still hold: characters, of which a number in a list counts as eight, and
 * values that are no such numbers. What stands in two places counts twice: a list of lists of
 * lists, each ten times the next, is small only while it is sent.
 */
export type Budget = { left: number; items: number };

/** JSON, with the numbers that JSON lacks. No key may reach an object's prototype. */
export function isJson(value: unknown, budget: Budget, depth = 0): boolean {
  budget.items -= 1;
  if (typeof value === "string") budget.left -= value.length;
  if (budget.left < 0 || budget.items < 0 || depth > MAX_DEPTH) return false;
  if (value === null || typeof value === "boolean" || typeof value === "number") return true;
  if (typeof value === "string") return true;
  if (Array.isArray(value)) {
    // Before a look at any: a list of four thousand million gaps is sent in a moment.
    budget.left -= 8 * value.length;
    if (budget.left < 0) return false;
    for (const item of value as unknown[]) {
      if (typeof item !== "number" && !isJson(item, budget, depth + 1)) return false;
    }
    return true;
  }
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([key, item]) => {
    return key !== "__proto__" && isJson(item, budget, depth + 1);
  });
}

export function isRecord(value: unknown): value is Fields {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value.length <= MAX_TEXT;
}

export function isTexts(value: unknown): value is readonly string[] {
  // Without its gaps, which `every` would pass by.
  return Array.isArray(value) && value.length <= 100_000 && Array.from(value).every(isText);
}

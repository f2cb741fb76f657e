/** What may arrive from the other side of a boundary, before anything is known of it: plain data. */

const MAX_DEPTH = 64;
const MAX_TEXT = 1024 * 1024;

export type Fields = Readonly<Record<string, unknown>>;

/** What one batch may still hold, in characters and items. */
export type Budget = { left: number };

/** JSON, with the numbers that JSON lacks. No key may reach an object's prototype. */
export function isJson(value: unknown, budget: Budget, depth = 0): boolean {
  budget.left -= typeof value === "string" ? value.length : 1;
  if (budget.left < 0 || depth > MAX_DEPTH) return false;
  if (value === null || typeof value === "boolean" || typeof value === "number") return true;
  if (typeof value === "string") return true;
  if (Array.isArray(value)) return value.every((item) => isJson(item, budget, depth + 1));
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
  return Array.isArray(value) && value.length <= 100_000 && value.every(isText);
}

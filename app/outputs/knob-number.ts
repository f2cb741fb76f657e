/** Numbers as a knob's field shows and takes them: thousands grouped, both decimal signs understood. */

export interface NumberRange {
  readonly min: number | null;
  readonly max: number | null;
  readonly step: number | null;
}

/** `12,000`, `0.25`, `1e-7`: at most twelve digits, thousands grouped from 1,000 on. */
export function formatNumber(value: number): string {
  const text = String(Number(value.toPrecision(12)));
  return text.includes("e") ? text : groupThousands(text);
}

/** Puts a comma between thousands before the point, and nowhere else. */
export function groupThousands(digits: string): string {
  const [whole = "", ...fraction] = digits.split(".");
  return [whole.replace(/\B(?=(?:\d{3})+$)/g, ","), ...fraction].join(".");
}

/**
 * What was typed, if it is a number: kept inside the range, and on the steps if there are any. A
 * comma can group thousands or be the decimal sign: `1,500` is the one of both that fits the range.
 */
export function parseNumber(range: NumberRange, text: string): number | null {
  const readings = readNumbers(text);
  const value = readings.find((each) => clamp(range, each) === each) ?? readings[0];
  return value === undefined ? null : onStep(range, clamp(range, value));
}

/** All that a text can mean as a number, the likeliest first; none if it is no number. */
export function readNumbers(text: string): readonly number[] {
  const plain = text.trim().replace("−", "-").replaceAll(/[\s_]/g, "");
  if (plain === "") return [];
  const grouped = /^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?(?:e[-+]?\d+)?$/i.test(plain);
  const readings = [
    ...(grouped ? [plain.replaceAll(",", "")] : []),
    ...(plain.indexOf(",") === plain.lastIndexOf(",") ? [plain.replace(",", ".")] : []),
  ];
  return readings.map(Number).filter((value) => Number.isFinite(value));
}

/** Some steps on from a value: the knob's own, or what its digits suggest. */
export function stepFrom(range: NumberRange, value: number, steps: number): number {
  const step = range.step ?? (Number.isInteger(value) ? 1 : 10 ** -decimals(value));
  const next = Number((value + steps * step).toPrecision(12));
  return onStep(range, clamp(range, next));
}

function onStep({ min, max, step }: NumberRange, value: number): number {
  if (step === null) return value;
  const from = min ?? 0;
  const near = Number((from + Math.round((value - from) / step) * step).toPrecision(12));
  return max !== null && near > max ? Number((near - step).toPrecision(12)) : near;
}

function clamp({ min, max }: NumberRange, value: number): number {
  return Math.min(max ?? Infinity, Math.max(min ?? -Infinity, value));
}

function decimals(value: number): number {
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  return Math.max(0, (mantissa.split(".")[1]?.length ?? 0) - Number(exponent));
}

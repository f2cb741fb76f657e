/** Which colours numbers get: from few to many, or to both sides of zero where there are both signs. */
import { DTypeError } from "../tensor/errors.ts";
import { type ColorStops, diverging, greys, sequential } from "./palette.ts";
import { extentOf } from "./ticks.ts";

/** Lowest and highest; the same way to both sides of zero when there are values on both. */
export function signedRange(data: ArrayLike<number>): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!; // in range
    if (value < low && value > -Infinity) low = value;
    if (value > high && value < Infinity) high = value;
  }
  if (low > high) return [0, 1];
  if (low >= 0 || high <= 0) return low === high ? [low - 1, high] : [low, high];
  const most = Math.max(-low, high);
  return [-most, most];
}

/** Orange to blue over paper where the range holds both signs. */
export function colorscaleOf([low, high]: readonly [number, number]): ColorStops {
  return low < 0 && high > 0 ? diverging : sequential;
}

/** "grey": ink on paper, as pictures are; "blue": from few to many; "signed": orange below 0, blue above. */
export type ImageColors = "grey" | "blue" | "signed";

const scales: Readonly<Record<ImageColors, ColorStops>> = {
  grey: greys,
  blue: sequential,
  signed: diverging,
};

/** @throws DTypeError for colours that there are not. */
export function checkColors(colors: unknown, who: string): void {
  if (colors === undefined) return;
  if (typeof colors === "string" && Object.hasOwn(scales, colors)) return;
  throw new DTypeError(
    `${who}: colors ${JSON.stringify(colors)} - wanted "grey", "blue" or "signed"`,
  );
}

/** The colours of numbers, and the values at their two ends; by their signs where nobody chose. */
export function imageColors(
  data: ArrayLike<number>,
  colors: ImageColors | undefined,
  range: readonly [number, number] | undefined,
): { readonly range: readonly [number, number]; readonly scale: ColorStops } {
  const bySign = () => signedRange(data);
  if (colors === undefined) {
    const own = range ?? bySign();
    return { range: own, scale: colorscaleOf(own) };
  }
  const [low, high] = bySign();
  const most = Math.max(-low, high);
  const ends = colors === "signed" ? ([-most, most] as const) : lowestAndHighest(data);
  return { range: range ?? ends, scale: scales[colors] };
}

/** Of numbers that are all alike, the same and one more. */
export function lowestAndHighest(data: ArrayLike<number>): readonly [number, number] {
  const [low, high] = extentOf(Array.from(data)) ?? [0, 1];
  return low < high ? [low, high] : [low, low + 1];
}

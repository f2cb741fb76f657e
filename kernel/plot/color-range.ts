/** Which colours numbers get: from few to many, or to both sides of zero where there are both signs. */
import { type ColorStops, diverging, sequential } from "./palette.ts";

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

/** How far one press of a button moves a guessed number: a step that fits its size. */

/** The next number up or down: by 1 below 20, by 10 below 200, and so on; below 1, by tenths of its size. */
export function stepOf(value: number, direction: 1 | -1): number {
  const size = Math.abs(value);
  const isWhole = Number.isInteger(value);
  // On the way down from 20 the step is that of 19.
  const reach = direction * Math.sign(value) < 0 ? size * (1 - 1e-9) : size;
  const exponent = isWhole
    ? Math.max(0, Math.floor(Math.log10(Math.max(reach, 1) / 2)))
    : Math.floor(Math.log10(Math.max(reach, Number.MIN_VALUE))) - (size < 1 ? 0 : 1);
  const step = 10 ** exponent;
  const next = (Math.round(value / step) + direction) * step;
  return Number(next.toPrecision(12));
}

/**
 * What colours mean, in every figure and on the page: training is blue, validation orange, positive
 * blue, negative orange, classes from one set that colour-blind readers can tell apart. Figures
 * carry the light values, so they also look right elsewhere; a dark page swaps each for its dark twin.
 */

/** Light and dark value of one meaning, `#rrggbb`. */
export interface Hue {
  readonly light: string;
  readonly dark: string;
}

export const hues = {
  train: { light: "#1f6fb5", dark: "#6fb3ee" },
  validation: { light: "#c9620a", dark: "#f0a35c" },
  ink: { light: "#24231f", dark: "#e6e2d8" },
  muted: { light: "#67635a", dark: "#a69f91" },
  faint: { light: "#b9b3a5", dark: "#5d594f" },
  rule: { light: "#e5e1d7", dark: "#35332e" },
  paper: { light: "#fdfcf9", dark: "#1a1917" },
} satisfies Record<string, Hue>;

/** Told apart by every common form of colour blindness; the first ones are the most distinct. */
export const classHues: readonly Hue[] = [
  { light: "#0072b2", dark: "#5cb3e8" },
  { light: "#d55e00", dark: "#f2935c" },
  { light: "#008a64", dark: "#4fc9a0" },
  { light: "#b4558f", dark: "#e0a0c8" },
  { light: "#8a6d00", dark: "#d8bd4a" },
  { light: "#3f8fc4", dark: "#9fcdee" },
  { light: "#555555", dark: "#b0b0b0" },
  { light: "#5a3fa0", dark: "#b3a1f2" },
  { light: "#8c1d4f", dark: "#e27ba6" },
  { light: "#6b8f00", dark: "#b9dc5a" },
];

export const colors = {
  train: hues.train.light,
  validation: hues.validation.light,
  positive: hues.train.light,
  negative: hues.validation.light,
  ink: hues.ink.light,
  muted: hues.muted.light,
  faint: hues.faint.light,
  rule: hues.rule.light,
  paper: hues.paper.light,
} as const;

/** Strokes that tell series apart without their colours, in the order of the series. */
export const dashes = ["solid", "6px,2px", "2px,2px", "9px,3px,2px,3px", "12px,3px"] as const;

/** Colours between 0 and 1, as plotly's colour scales are written. */
export type ColorStops = readonly (readonly [number, string])[];

/** From few to many: paper to blue. */
export const sequential: ColorStops = stops([
  "#f3f1ea",
  "#c6dbe9",
  "#7fb2d6",
  "#3a84be",
  "#123f6e",
]);
export const sequentialDark: ColorStops = stops([
  "#2b2a27",
  "#2c4258",
  "#39688f",
  "#5896c9",
  "#b5dcfb",
]);

/** Pictures as ink on paper: the lowest number is paper. */
export const greys: ColorStops = stops(["#f3f1ea", "#8b8a84", "#24231f"]);
const greysDark: ColorStops = stops(["#2b2a27", "#888681", "#e6e2d8"]);

/** From negative over nothing to positive: orange, paper, blue. */
export const diverging: ColorStops = stops(["#a24a00", "#e8a466", "#f3f1ea", "#74a9d4", "#17548f"]);
export const divergingDark: ColorStops = stops([
  "#f7b072",
  "#93602f",
  "#2b2a27",
  "#3d6c96",
  "#8cc6f5",
]);

function stops(colors: readonly string[]): ColorStops {
  return colors.map((color, index) => [index / (colors.length - 1), color]);
}

const darkTwins = new Map<string, string>([
  ...[...Object.values(hues), ...classHues].map(({ light, dark }): [string, string] => [
    light,
    dark,
  ]),
  ...twins(sequential, sequentialDark),
  ...twins(diverging, divergingDark),
  ...twins(greys, greysDark),
]);

function twins(light: ColorStops, dark: ColorStops): [string, string][] {
  return light.map(([, color], index) => [color, dark[index]?.[1] ?? color]);
}

/** The dark twin of a light colour that has a meaning; any other colour as it is. */
export function darkOf(color: string): string {
  return darkTwins.get(color.toLowerCase()) ?? color;
}

/** The `index`-th class; after ten the set begins again. */
export function classColor(index: number): string {
  const hue = classHues[index % classHues.length]!; // in range: modulo the length
  return hue.light;
}

const trained = new Set(["train", "training", "loss", "trainloss", "data", "target", "truth"]);
const held = new Set([
  "validation",
  "val",
  "valid",
  "test",
  "valloss",
  "validationloss",
  "testloss",
]);

/**
 * One colour for each named series. "train" and "loss" are blue, "validation", "val" and "test"
 * orange, what a model is to match blue as its training is; other names take the next class colour that is not one of those two.
 */
export function seriesColors(names: readonly string[]): readonly string[] {
  const rest = classHues.slice(2);
  let next = 0;
  const alone = names.length === 1;
  const taken = new Set<string>();
  return names.map((name) => {
    const key = name.toLowerCase().replaceAll(/[^a-z]/g, "");
    const meaning = trained.has(key) || alone ? "train" : held.has(key) ? "validation" : null;
    if (meaning !== null && !taken.has(meaning)) {
      taken.add(meaning);
      return colors[meaning];
    }
    const hue = rest[next % rest.length]!; // in range: modulo the length
    next += 1;
    return hue.light;
  });
}

/**
 * Points as small pictures that are drawn once and stamped often: ten thousand paths a frame would be
 * too slow. Classes differ in shape too where points are large enough to see it.
 */
import { classHues, hues, sequential, sequentialDark } from "../../../kernel/plot/palette.ts";
import type { ProjectionView, RowColors } from "../../../kernel/plot/projection-view.ts";

type Theme = "light" | "dark";

/** Shades of a quantity that can be told apart. */
const SHADES = 48;

export interface Sprites {
  /** The sprite of each row. */
  readonly of: Uint16Array;
  readonly images: readonly HTMLCanvasElement[];
  /** The colour of each sprite's ink, for labels. */
  readonly inks: readonly string[];
  /** Radius of a point in px. */
  readonly radius: number;
}

/** `#rrggbb` of the `rank`-th class. */
export function classInk(rank: number, theme: Theme): string {
  return classHues[rank % classHues.length]![theme]; // in range: modulo the length
}

/** Keeps the sprites until the theme, their size or the screen's resolution is another. */
export function createSpriteCache() {
  let kept: Sprites | null = null;
  let keptFor = "";
  return {
    clear: () => void (kept = null),
    /** `shown` points are drawn, with `ratio` device px for a px of the page. */
    now({ colors, rows }: ProjectionView, theme: Theme, shown: number, ratio: number): Sprites {
      const radius = shown > 5000 ? 1.7 : shown > 1500 ? 2.2 : shown > 300 ? 3 : 4.5;
      const wanted = `${theme} ${radius} ${ratio}`;
      if (kept === null || wanted !== keptFor)
        kept = createSprites(colors, rows, { theme, radius, ratio });
      keptFor = wanted;
      return kept;
    },
  };
}

function createSprites(
  colors: RowColors | null,
  rows: number,
  {
    theme,
    radius,
    ratio,
  }: { readonly theme: Theme; readonly radius: number; readonly ratio: number },
): Sprites {
  const make = (ink: string, rank: number) =>
    stamp(ink, shapeOf(radius >= 2.5 ? rank : 0), radius, ratio);
  if (colors === null) {
    const ink = hues.train[theme];
    return { of: new Uint16Array(rows), images: [make(ink, 0)], inks: [ink], radius };
  }
  if (colors.kind === "classes") {
    const inks = colors.names.map((_, rank) => classInk(rank, theme));
    return { of: colors.of, images: inks.map(make), inks, radius };
  }
  const { low, high } = rangeOf(colors.of);
  const inks = [
    ...Array.from({ length: SHADES }, (_, i) => shade(i / (SHADES - 1), theme)),
    hues.faint[theme],
  ];
  const of = Uint16Array.from(colors.of, (value) => {
    if (!Number.isFinite(value)) return SHADES;
    return high > low ? Math.round(((value - low) / (high - low)) * (SHADES - 1)) : 0;
  });
  return { of, images: inks.map((ink) => make(ink, 0)), inks, radius };
}

export function rangeOf(values: Float32Array): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/** A quantity's colour, from its smallest (0) to its largest (1). The palest would not be seen on paper. */
export function shade(share: number, theme: Theme): string {
  const stops = theme === "dark" ? sequentialDark : sequential;
  const place = (0.12 + 0.88 * share) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [stops[below]![1], stops[below + 1]![1]]; // below is at most the last but one
  const part = (start: number) => {
    const [a, b] = [from, to].map((color) => Number.parseInt(color.slice(start, start + 2), 16));
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * (place - below));
  };
  return `#${[1, 3, 5].map((start) => part(start).toString(16).padStart(2, "0")).join("")}`;
}

const shapes = ["circle", "square", "triangle", "diamond", "cross", "x", "star"] as const;
export type Shape = (typeof shapes)[number];

export function shapeOf(rank: number): Shape {
  return shapes[rank % shapes.length]!; // in range: modulo the length
}

/** The signs that stand for the shapes beside a class's name. */
const signs: Readonly<Record<Shape, string>> = {
  circle: "●",
  square: "■",
  triangle: "▲",
  diamond: "◆",
  cross: "✚",
  x: "✖",
  star: "★",
};

export function signOf(shape: Shape): string {
  return signs[shape];
}

function stamp(ink: string, shape: Shape, radius: number, ratio: number): HTMLCanvasElement {
  const side = Math.ceil(2 * radius * ratio) + 2;
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext("2d");
  if (pen === null) return canvas;
  pen.fillStyle = ink;
  pen.translate(side / 2, side / 2);
  pen.scale(ratio * radius, ratio * radius);
  outline(pen, shape);
  pen.fill();
  return canvas;
}

/** A shape about as large as a disc of radius 1. */
function outline(pen: CanvasRenderingContext2D, shape: Shape): void {
  pen.beginPath();
  if (shape === "circle") pen.arc(0, 0, 1, 0, 2 * Math.PI);
  else if (shape === "square") pen.rect(-0.86, -0.86, 1.72, 1.72);
  else if (shape === "triangle") polygon(pen, 3, 1, 1);
  else if (shape === "diamond") polygon(pen, 4, 1, 1);
  else if (shape === "star") polygon(pen, 10, 1, 0.45);
  else {
    if (shape === "x") pen.rotate(Math.PI / 4);
    pen.rect(-1, -0.34, 2, 0.68);
    pen.rect(-0.34, -1, 0.68, 2);
  }
}

function polygon(pen: CanvasRenderingContext2D, corners: number, outer: number, inner: number) {
  for (let i = 0; i < corners; i++) {
    const angle = (i / corners) * 2 * Math.PI - Math.PI / 2;
    const reach = i % 2 === 0 ? outer : inner;
    pen.lineTo(reach * Math.cos(angle), reach * Math.sin(angle));
  }
  pen.closePath();
}

/**
 * How heights over a plane are drawn: as a map with lines of equal height, or as a surface in space,
 * with the ways of walkers over it. Plain data to plotly's JSON.
 */
import { roundStep } from "../inputs/slider.ts";
import { escapeText, type FigureJson, type Json, plane } from "./figure.ts";
import { legend } from "./groups.ts";
import { drawMarks, type Mark } from "./guides.ts";
import { formatNumber, toJson } from "./numbers.ts";
import { classColor, colors, type ColorStops, sequential } from "./palette.ts";
import type { Place } from "./path.ts";
import { type Grid, matrixOf, nearby, type Region, type Span } from "./region.ts";
import { plotlySymbol, symbolOf } from "./symbols.ts";
import { extentOf, linearScale, logTicks } from "./ticks.ts";

export interface DrawnPath {
  readonly name: string;
  readonly places: readonly Place[];
}

export interface HeightMap {
  readonly title: string | undefined;
  /** Of the whole figure, in px. */
  readonly height: number;
  /** Names of the two numbers, and of the height. */
  readonly names: readonly [x: string, y: string, z: string];
  readonly region: Region;
  readonly grid: Grid;
  readonly heights: Float64Array;
  /** Heights are drawn by their logarithms. */
  readonly isLog: boolean;
  /** The heights between which colours change; all, unless told. */
  readonly span: Span | undefined;
  readonly paths: readonly DrawnPath[];
  readonly marks: readonly Mark[];
  /** Gaps are places that nobody has asked about yet. */
  readonly isFilled?: boolean;
  /** Where a hand has put the start. */
  readonly start: Place | null;
}

/** The paler part of the colours: ways over a map are drawn in ink and deep colours. */
const tintsOfHeights: ColorStops = sequential
  .slice(0, 4)
  .map(([, color], i) => [i / 3, color] as const);
/** About so many lines of equal height. */
const LINES = 12;
/** Steps of a longer way are not marked one by one. */
const MOST_STEPS = 120;

/** Heights as they are drawn, and both ends of what is drawn of them. */
interface Drawn {
  readonly z: Float64Array;
  readonly low: number;
  readonly high: number;
}

function drawnHeights({ heights, isLog, span }: HeightMap): Drawn {
  const z = isLog ? heights.map((height) => (height > 0 ? Math.log10(height) : NaN)) : heights;
  const scaled = (end: number) => (isLog ? Math.log10(end) : end);
  const [low, high] =
    span === undefined ? (extentOf(z) ?? [0, 1]) : [scaled(span[0]), scaled(span[1])];
  return { z, low, high: high > low ? high : low + 1 };
}

export function contourJson(map: HeightMap): FigureJson {
  const { region, grid, names, marks, paths } = map;
  const { z, low, high } = drawnHeights(map);
  const step = roundStep((high - low) / LINES);
  const scales = [linearScale(region.x, 0), linearScale(region.y, 0)] as const;
  const guides = drawMarks(marks, ...scales, "plot.contour");
  const named = paths.filter(({ name }) => name !== "");
  return {
    data: [
      {
        type: "contour",
        name: names[2],
        x: grid.xs.map(toJson),
        y: grid.ys.map(toJson),
        z: matrixOf(z, grid),
        zmin: toJson(low),
        zmax: toJson(high),
        colorscale: tintsOfHeights,
        connectgaps: map.isFilled === true,
        contours: {
          coloring: "heatmap",
          start: toJson(Math.ceil(low / step) * step),
          end: toJson(high),
          size: step,
        },
        line: { color: colors.paper, width: 1 },
        colorbar: {
          title: { text: escapeText(names[2]), side: "top" },
          ...heightTicks(map, low, high),
        },
        hovertemplate: `${names[0]} %{x:.3~g}, ${names[1]} %{y:.3~g}: ${map.isLog ? "10^" : ""}%{z:.3~g}<extra></extra>`,
      },
      ...paths.flatMap((path, rank) => pathTrace(path, rank, region)),
      ...startTrace(map.start),
      ...guides.data,
    ],
    layout: {
      ...plane({
        title: map.title,
        x: names[0],
        y: names[1],
        xAxis: { range: region.x.map(toJson), showgrid: false },
        yAxis: { range: region.y.map(toJson), showgrid: false },
        annotations: [
          ...(named.length === 0
            ? []
            : [legend(paths.map(styleOf), (rank) => symbolOf(undefined, rank))]),
          ...guides.annotations,
        ],
        right: 64,
        height: map.height,
      }),
      shapes: guides.shapes,
      uirevision: "contour",
    },
  };
}

export function surfaceJson(map: HeightMap): FigureJson {
  const { grid, names, paths } = map;
  const { z, low, high } = drawnHeights(map);
  const height = heightIn(z, grid);
  // A line in the surface itself would be half hidden by it.
  const above = (high - low) / 100;
  const axis = (name: string): Json => ({ title: { text: escapeText(name) } });
  const lifted = (places: readonly Place[]) => {
    const inside = places.filter(([x, y]) => Number.isFinite(height(x, y)));
    return {
      x: inside.map(([x]) => toJson(x)),
      y: inside.map(([, y]) => toJson(y)),
      z: inside.map(([x, y]) => toJson(height(x, y) + above)),
    };
  };
  return {
    data: [
      {
        type: "surface",
        name: names[2],
        x: grid.xs.map(toJson),
        y: grid.ys.map(toJson),
        z: matrixOf(z, grid),
        cmin: toJson(low),
        cmax: toJson(high),
        colorscale: tintsOfHeights,
        showscale: false,
        contours: {
          z: {
            show: true,
            color: colors.paper,
            start: toJson(low),
            end: toJson(high),
            size: roundStep((high - low) / LINES),
          },
        },
      },
      ...[...paths, ...(map.start === null ? [] : [{ name: "start", places: [map.start] }])].map(
        (path, rank) => {
          const { tint } = rank < paths.length ? styleOf(path, rank) : { tint: colors.ink };
          return {
            type: "scatter3d",
            mode: path.places.length > 1 ? "lines+markers" : "markers",
            name: path.name === "" ? "path" : path.name,
            ...lifted(path.places),
            line: { color: tint, width: 4 },
            marker: { color: tint, size: 3, symbol: spaceSymbols[rank % spaceSymbols.length] },
          };
        },
      ),
    ],
    layout: {
      ...(map.title === undefined ? {} : { title: { text: escapeText(map.title) } }),
      height: map.height,
      margin: { t: map.title === undefined ? 0 : 34, r: 0, b: 0, l: 0 },
      scene: {
        xaxis: axis(names[0]),
        yaxis: axis(names[1]),
        zaxis: {
          ...axis(names[2]),
          ...heightTicks(map, low, high),
          range: [toJson(low), toJson(high + 3 * above)],
        },
        aspectmode: "manual",
        aspectratio: { x: 1.2, y: 1.2, z: 0.8 },
        camera: { eye: { x: -1.05, y: -1.3, z: 1.25 }, center: { x: 0, y: 0, z: -0.15 } },
      },
      uirevision: "surface",
    },
  };
}

const spaceSymbols = ["circle", "diamond", "square"] as const;

/** Logarithms are written as the heights that they stand for. */
function heightTicks({ isLog }: HeightMap, low: number, high: number): Json {
  if (!isLog) return {};
  const ticks = logTicks(low, high);
  return {
    tickmode: "array",
    tickvals: ticks.map(({ value }) => toJson(Math.log10(value))),
    ticktext: ticks.map(({ text }) => text),
  };
}

/** Blue is the map's: ways are told apart by the other colours, and by their marks. */
const tints = [colors.validation, colors.ink, classColor(2), classColor(3), classColor(4)] as const;

function styleOf(
  { name }: DrawnPath,
  rank: number,
): { readonly name: string; readonly tint: string } {
  return { name, tint: tints[rank % tints.length]! }; // in range: modulo the length
}

function pathTrace(path: DrawnPath, rank: number, region: Region): readonly Json[] {
  const { places, name } = path;
  if (places.length === 0) return [];
  const { tint } = styleOf(path, rank);
  const isMarked = places.length <= MOST_STEPS;
  const last = places.length - 1;
  return [
    {
      type: "scatter",
      mode: "lines+markers",
      name: name === "" ? "path" : name,
      x: places.map(([x]) => nearby(x, region.x)),
      y: places.map(([, y]) => nearby(y, region.y)),
      line: { color: tint, width: 1.5 },
      marker: {
        color: tint,
        symbol: plotlySymbol(symbolOf(undefined, rank)),
        size: places.map((_, i) => (i === last ? 11 : isMarked ? 4 : 0)),
        line: { width: places.map((_, i) => (i === last ? 1 : 0)), color: colors.paper },
      },
      hovertemplate: "%{x:.4~g}, %{y:.4~g}",
    },
  ];
}

function startTrace(start: Place | null): readonly Json[] {
  if (start === null) return [];
  return [
    {
      type: "scatter",
      mode: "markers",
      name: "start",
      x: [toJson(start[0])],
      y: [toJson(start[1])],
      marker: { size: 15, symbol: "circle-open", color: colors.ink, line: { width: 2 } },
      hovertemplate: "start: %{x:.4~g}, %{y:.4~g}",
    },
  ];
}

/** Reads heights between the places of a grid, on straight lines; NaN outside. */
function heightIn(z: Float64Array, { xs, ys }: Grid): (x: number, y: number) => number {
  const width = xs.length;
  const along = (ends: readonly number[], at: number) => {
    const [low = 0, high = 1] = [ends[0], ends.at(-1)];
    const place = ((at - low) / (high - low)) * (ends.length - 1);
    const before = Math.min(ends.length - 2, Math.floor(place));
    return place >= 0 && place <= ends.length - 1 ? { before, share: place - before } : null;
  };
  return (x, y) => {
    const [column, row] = [along(xs, x), along(ys, y)];
    if (column === null || row === null) return NaN;
    const at = (i: number, j: number) => z[(row.before + j) * width + column.before + i] ?? NaN;
    const lower = at(0, 0) * (1 - column.share) + at(1, 0) * column.share;
    const upper = at(0, 1) * (1 - column.share) + at(1, 1) * column.share;
    return lower * (1 - row.share) + upper * row.share;
  };
}

/** The map in words: how high it is, where it is lowest, and where walkers and the start stand. */
export function describeHeights(map: HeightMap, walked: readonly number[]): string {
  const { names, region, grid, heights, paths, start, title } = map;
  const [x, y, z] = names;
  const both = ([low, high]: Span) => `${formatNumber(low)} to ${formatNumber(high)}`;
  const extent = extentOf(heights);
  const lowest = extent === null ? -1 : heights.indexOf(extent[0]);
  const { xs, ys } = grid;
  const at = (place: Place) => `(${place.map((each) => formatNumber(each)).join(", ")})`;
  const bottom: Place = [xs[lowest % xs.length] ?? NaN, ys[Math.floor(lowest / xs.length)] ?? NaN];
  const all = [
    `${z} over ${x} ${both(region.x)} and ${y} ${both(region.y)}`,
    extent === null
      ? ""
      : `from ${formatNumber(extent[0])} near ${at(bottom)} to ${formatNumber(extent[1])}`,
    ...paths.map(({ name, places }, i) => {
      const last = places.at(-1);
      const who = name === "" ? "path" : name;
      return last === undefined ? "" : `${who}: ${walked[i] ?? 0} places, now at ${at(last)}`;
    }),
    start === null ? "" : `start at ${at(start)}`,
  ].filter((each) => each !== "");
  return `${title === undefined ? "" : `${title}: `}${all.join("; ")}`;
}

/** What cells import as `plot`: figures that are shown where they are made and can be drawn again. */
export { BarFigure, type BarOptions, bars, type BarValues } from "./bars.ts";
export { embedding, type EmbeddingOptions, Projection } from "./projection.ts";
export { Figure, type FigureJson, type FigureOptions } from "./figure.ts";
export { image, ImageFigure, type ImageOptions, type Pictures } from "./image.ts";
export { line, LineFigure, type LineOptions } from "./line.ts";
export { live, LiveCurve, type LiveOptions, type LiveValue } from "./live.ts";
export { type Points, scatter, ScatterFigure, type ScatterOptions } from "./scatter.ts";
export { Watch, watch, type WatchOptions, type WatchView } from "./watch.ts";
export type { BandKind } from "./bands.ts";
export type { Mark } from "./guides.ts";
export type { LogAxes } from "./ticks.ts";
export type { Adjustable, Column, Scalar, Table, TensorLike } from "./columns.ts";
export type { Curve, Curves } from "./curves.ts";
export type { PointColor } from "./groups.ts";
export type { PointSymbol } from "./symbols.ts";

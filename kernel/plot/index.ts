/** What cells import as `plot`: figures that are shown where they are made and can be drawn again. */
export { BarFigure, type BarOptions, bars, type BarValues } from "./bars.ts";
export { embedding, type EmbeddingOptions, Projection } from "./projection.ts";
export { Figure, type FigureJson, type FigureOptions } from "./figure.ts";
export type { ImageColors } from "./color-range.ts";
export { image, ImageFigure, type ImageOptions, type Pictures } from "./image.ts";
export { line, LineFigure, type LineOptions } from "./line.ts";
export { live, LiveCurve, type LiveOptions } from "./live.ts";
export type { LiveValue } from "./seeds.ts";
export { type Points, scatter, ScatterFigure, type ScatterOptions } from "./scatter.ts";
export { Watch, watch, type WatchOptions, type WatchView } from "./watch.ts";
export type { BandKind } from "./bands.ts";
export type { Mark } from "./guides.ts";
export type { AxesRange, LogAxes } from "./ticks.ts";
export type { Adjustable, Column, Scalar, Table, TensorLike } from "./columns.ts";
export type { Curve, Curves } from "./curves.ts";
export type { PointColor } from "./groups.ts";
export type { PointSymbol } from "./symbols.ts";
export { boundary, Boundary, type BoundaryOptions } from "./boundary.ts";
export type { LabelledPoints } from "./labelled-points.ts";
export { drawing, Drawing, type DrawingParts } from "./drawing.ts";
export type { PlaneRange, Span } from "./region.ts";
export type { Classifier } from "./scores.ts";
export type { Title } from "./title.ts";
export { contour, FieldFigure, type FieldOptions, surface } from "./field-figure.ts";
export { Landscape, landscape, type LandscapeOptions } from "./landscape.ts";
export { LearningRates, learningRates, type LearningRatesOptions } from "./learning-rates.ts";
export { Path, type Place } from "./path.ts";
export type { StartPoint } from "./start-point.ts";
export { Sweep, sweep, type SweepOptions, type SweepRow, type SweepValue } from "./sweep.ts";
export { Trajectory, trajectory } from "./trajectory.ts";
export { attention, Attention, type AttentionOptions } from "./attention.ts";
export type { BinRule } from "./bins.ts";
export type { Guesses } from "./class-numbers.ts";
export { confusion, Confusion, type ConfusionOptions } from "./confusion.ts";
export { Shown } from "./figure.ts";
export { heatmap, Heatmap, type HeatmapOptions } from "./heatmap.ts";
export { histogram, Histogram, type HistogramOptions, type Values } from "./histogram-figure.ts";
export { type Samples, sound, Sound, type SoundOptions } from "./sound.ts";
export { DataTable, table, type TableOptions } from "./table.ts";
export type { TableRows } from "./table-columns.ts";
export { type Areas, treemap, Treemap, type TreemapOptions } from "./treemap.ts";
export { network, Network, type NetworkOptions } from "./network.ts";
export {
  type ClassCounts,
  tree,
  Tree,
  type TreeLeaf,
  type TreeNode,
  type TreeSplit,
} from "./tree.ts";
export { graph, Graph, type GraphOptions } from "./graph.ts";
export type { Names } from "./graph-names.ts";
export type { Computed } from "./number-graph.ts";
export { grid, Grid, type GridOptions } from "./grid.ts";

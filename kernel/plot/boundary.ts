/** `plot.boundary`: which class a model gives each place of a plane, under the points it learns from. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { borders } from "./borders.ts";
import { type Adjustable, adjustable } from "./columns.ts";
import type { FigureParts } from "../protocol.ts";
import {
  checkHeight,
  Figure,
  type FigureJson,
  type Json,
  plane,
  type PlaneOptions,
} from "./figure.ts";
import { legend } from "./groups.ts";
import { type LabelledPoints, type PointSet, pointTrace, readPoints } from "./labelled-points.ts";
import { formatNumber, toJson } from "./numbers.ts";
import { classColor, colors, type ColorStops } from "./palette.ts";
import {
  gridOver,
  type Grid,
  matrixOf,
  type PlaneRange,
  readRegion,
  type Region,
} from "./region.ts";
import {
  classAt,
  type Classifier,
  pointsTensor,
  type Scores,
  scoresOf,
  sureness,
} from "./scores.ts";
import { symbolOf } from "./symbols.ts";
import { extentOf, padded } from "./ticks.ts";
import { readTitle, type Title } from "./title.ts";

export interface BoundaryOptions extends Omit<PlaneOptions, "title"> {
  readonly title?: Title;
  /** Names of the axes; the data's own unless told. */
  readonly x?: string;
  readonly y?: string;
  /** What is shown: `[-3, 3]`, or one pair an axis; unless told, where the points are. */
  readonly range?: PlaneRange;
  /** More points, drawn hollow: those that the model does not learn from. */
  readonly test?: LabelledPoints;
  /** Where a single score parts two classes: 0 for logits, unless told; 0.5 for probabilities. */
  readonly threshold?: Adjustable;
}

const who = "plot.boundary";
const optionNames = [
  "title",
  "height",
  "x",
  "y",
  "range",
  "test",
  "threshold",
] satisfies (keyof BoundaryOptions)[];

/** Places at which the model is asked, across and up. */
const COLUMNS = 65;
const ROWS = 41;
const HEIGHT = 340;
/** How deep the colours of regions are where the model cannot tell, and where it is sure: hex alpha. */
const PALE = "0c";
const DEEP = "78";

/** What the model said when it was asked last. */
interface Look {
  readonly scores: Scores;
  readonly places: number;
}

export class Boundary extends Figure {
  readonly #model: Classifier;
  readonly #options: BoundaryOptions;
  readonly #learned: PointSet;
  readonly #test: PointSet;
  readonly #names: Pick<LabelledPoints, "classes" | "features">;
  readonly #region: Region;
  readonly #grid: Grid;
  /** The places of the grid, and after them all points. */
  readonly #asked: Tensor;
  #look: Look | null = null;

  constructor(model: Classifier, data: LabelledPoints | null, options: BoundaryOptions) {
    super();
    checkOptions(who, options, optionNames);
    checkHeight(who, options.height);
    if (typeof model !== "function")
      throw new DTypeError(
        `${who}: ${kindOf(model)} - wanted a model, or a function of points [n, 2]`,
      );
    this.#model = model;
    this.#options = options;
    this.#names = data ?? {};
    this.#learned = readPoints(data, who);
    this.#test = readPoints(options.test ?? null, who);
    const all = [...this.#learned.points, ...this.#test.points];
    this.#region = regionOf(options.range, all);
    this.#grid = gridOver(this.#region, COLUMNS, ROWS);
    const { xs, ys } = this.#grid;
    const places = ys.flatMap((y) => xs.map((x) => [x, y] as const));
    this.#asked = pointsTensor([...places, ...all]);
    this.appear();
  }

  /** Asks the model anew and draws what it says, at most once a frame. Cheap to call every step. */
  update(): void {
    this.redraw();
  }

  #ask(): Look {
    const threshold = adjustable(this.#options.threshold ?? 0);
    const scores = scoresOf(this.#model, this.#asked, threshold, who);
    const places = this.#grid.xs.length * this.#grid.ys.length;
    const wrong = [...this.#learned.classes, ...this.#test.classes].find(
      (each) => !(Number.isInteger(each) && each >= 0 && each < scores.classes),
    );
    if (wrong !== undefined)
      throw new RangeError(
        `${who}: class ${wrong} among the labels - the model tells ${scores.classes} classes apart, 0 to ${scores.classes - 1}`,
      );
    this.#look = { scores, places };
    return this.#look;
  }

  override toJSON(): FigureJson {
    const { title, height = HEIGHT } = this.#options;
    const { features } = this.#names;
    const { x = features?.[0], y = features?.[1] } = this.#options;
    const look = this.#ask();
    const { scores } = look;
    const border = borders(scores, this.#grid);
    const groups = Array.from({ length: scores.classes }, (_, rank) => ({
      name: this.#className(rank),
      tint: classColor(rank),
    }));
    const axis = (range: Region["x"]) => ({ range: range.map(toJson), showgrid: false });
    return {
      data: [
        this.#regions(look),
        {
          type: "scatter",
          mode: "lines",
          name: "border",
          hoverinfo: "skip",
          x: border.x.map(jsonOrGap),
          y: border.y.map(jsonOrGap),
          line: { color: colors.ink, width: 1.5 },
        },
        ...groups.flatMap(({ name, tint }, rank) => [
          ...pointTrace(this.#learned, rank, name, tint, false),
          ...pointTrace(this.#test, rank, `${name}, test`, tint, true),
        ]),
      ],
      layout: {
        ...plane({
          title: readTitle(title),
          x,
          // Room for the names of classes above the drawing.
          y: y ?? "",
          xAxis: axis(this.#region.x),
          yAxis: axis(this.#region.y),
          annotations: [legend(groups, (rank) => symbolOf(undefined, rank))],
          right: 0,
          height,
        }),
        uirevision: "boundary",
      },
    };
  }

  #className(rank: number): string {
    return this.#names.classes?.[rank] ?? String(rank);
  }

  /** Two classes shade into each other; of more, each has its own stretch of the colours. */
  #regions({ scores, places }: Look): Json {
    const { xs, ys } = this.#grid;
    const isTwo = scores.classes === 2;
    const values = Float64Array.from({ length: places }, (_, i) => {
      const rank = classAt(scores, i);
      if (rank < 0) return NaN;
      // The last of a stretch would be the first of the next.
      const sure = Math.min(0.999, sureness(scores, i));
      return isTwo ? (rank === 1 ? sure : -sure) : rank + sure;
    });
    return {
      type: "heatmap",
      name: "regions",
      hoverinfo: "skip",
      x: xs.map(toJson),
      y: ys.map(toJson),
      z: matrixOf(values, this.#grid),
      zmin: isTwo ? -1 : 0,
      zmax: isTwo ? 1 : scores.classes,
      colorscale: isTwo ? twoTints : tints(scores.classes),
      showscale: false,
      ...(isTwo ? { zsmooth: "best" } : {}),
    };
  }

  protected override parts(): FigureParts {
    return { controls: [], notes: this.#notes() };
  }

  #notes(): readonly string[] {
    const { scores, places } = this.#look ?? this.#ask();
    const notes: string[] = [];
    const drawn = [this.#learned, this.#test].find(({ points, count }) => points.length < count);
    if (drawn !== undefined)
      notes.push(`${drawn.points.length} of ${formatNumber(drawn.count, 7)} points are drawn.`);
    if (scores.isSingle && scores.data[0] === 0) {
      let isShare = true;
      for (let i = 0; i < places; i++) {
        const score = scores.data[2 * i + 1] ?? NaN;
        if (!(score >= 0 && score <= 1)) isShare = false;
      }
      if (isShare)
        notes.push(
          "Every score lies between 0 and 1. If they are probabilities, say threshold: 0.5.",
        );
    }
    return notes;
  }

  override describe(): string {
    const { scores, places } = this.#look ?? this.#ask();
    const title = readTitle(this.#options.title);
    const sets = [this.#learned, this.#test].filter(({ points }) => points.length > 0);
    let at = places;
    const told = sets.map((set) => {
      const right = set.classes.filter((wanted, i) => classAt(scores, at + i) === wanted).length;
      at += set.points.length;
      const share = formatNumber((100 * right) / set.points.length);
      return `${set.points.length} ${set === this.#test ? "test points" : "points"}, ${share} % on their side`;
    });
    const what = `regions of ${scores.classes} classes`;
    const { x, y } = this.#region;
    const over = `over ${[x, y].map((ends) => ends.map((end) => formatNumber(end)).join(" to ")).join(" and ")}`;
    return [`${title === undefined ? "" : `${title}: `}${what} ${over}`, ...told].join("; ");
  }
}

function regionOf(
  range: PlaneRange | undefined,
  points: readonly (readonly [number, number])[],
): Region {
  if (range !== undefined) return readRegion(range, who);
  const along = (axis: 0 | 1) => extentOf(points.map((point) => point[axis]));
  const [x, y] = [along(0), along(1)];
  if (x === null || y === null)
    throw new RangeError(`${who}: no points and no range - wanted one of them: { range: [-3, 3] }`);
  return { x: padded(x, 0.08), y: padded(y, 0.08) };
}

const twoTints: ColorStops = [
  [0, `${classColor(0)}${DEEP}`],
  [0.5, `${classColor(0)}${PALE}`],
  [0.5, `${classColor(1)}${PALE}`],
  [1, `${classColor(1)}${DEEP}`],
];

/** One stretch of a colour scale for each class, from pale to deep. */
function tints(classes: number): ColorStops {
  return Array.from({ length: classes }, (_, rank) => rank).flatMap((rank) => [
    [rank / classes, `${classColor(rank)}${PALE}`] as const,
    [(rank + 1) / classes, `${classColor(rank)}${DEEP}`] as const,
  ]);
}

function jsonOrGap(value: number | null): number | null {
  return value === null ? null : toJson(value);
}

/**
 * The regions that a model gives to its classes, with the points it learns from over them. The model
 * is asked about 2,665 places without being taught, so `update()` may be called at every step.
 *
 * @throws RangeError for points that are not of two numbers, labels that the model does not have, or
 * neither points nor a range; ShapeError when the model gives no row of scores a point.
 * @example
 * const { train, test } = data.load("spiral").split(0.5);
 * const net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2));
 * const picture = plot.boundary(net, train, { test });
 * picture.update();
 * plot.boundary((points) => points.square().sum(1).sub(1), null, { range: [-2, 2] });
 */
export function boundary(
  model: Classifier,
  data: LabelledPoints | null,
  options: BoundaryOptions = {},
): Boundary {
  return new Boundary(model, data, options);
}

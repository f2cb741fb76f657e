/** `plot.landscape`: a slice through the loss of a network, around where its parameters are. */
import type { FigureParts } from "../protocol.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { watched } from "../tensor/loop.ts";
import { evaluating } from "../tensor/nn/evaluating.ts";
import { Module } from "../tensor/nn/module.ts";
import { checkNumber, checkOptions } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Scalar, scalar } from "./columns.ts";
import { type Directions, onSlice, pathDirections, randomDirections } from "./directions.ts";
import { checkHeight, Figure, type FigureJson, type PlaneOptions } from "./figure.ts";
import { contourJson, describeHeights, type HeightMap, surfaceJson } from "./height-map.ts";
import { formatNumber } from "./numbers.ts";
import type { Place } from "./path.ts";
import {
  type Grid,
  gridOver,
  type PlaneRange,
  readRegion,
  type Region,
  type Span,
} from "./region.ts";
import { extentOf, padded } from "./ticks.ts";
import { Trajectory } from "./trajectory.ts";
import { restoring, setValues, valuesOf } from "./weights.ts";

export interface LandscapeOptions extends PlaneOptions {
  /** A map with lines of equal loss, or a surface in space; "contour" unless told. */
  readonly form?: "contour" | "surface";
  /** A recorded way to draw on the slice, of `plot.trajectory`. */
  readonly path?: Trajectory;
  /** "pca": along the path's two principal components, which is what a path is drawn with unless told; "random": filter-normalised. */
  readonly directions?: "random" | "pca";
  /** Of the random directions; another seed gives another slice. */
  readonly seed?: number;
  /** How far to go along the directions: `[-1, 1]`, or where the path is, unless told. */
  readonly range?: PlaneRange;
  /** Places on each axis; 21 unless told. The loss is asked at the square of it. */
  readonly resolution?: number;
  /** Losses by their logarithms. */
  readonly log?: boolean;
  /** The losses between which colours change; all, unless told. */
  readonly heights?: Span;
}

const who = "plot.landscape";
const optionNames = [
  "title",
  "height",
  "form",
  "path",
  "directions",
  "seed",
  "range",
  "resolution",
  "log",
  "heights",
] satisfies (keyof LandscapeOptions)[];
const RESOLUTION = 21;
const HEIGHTS = { contour: 320, surface: 420 } as const;

export class Landscape extends Figure {
  /** The two directions, in the order of `net.parameters()`. */
  readonly directions: Directions;
  readonly #model: Module;
  readonly #parameters: readonly Tensor[];
  readonly #middle: Float64Array;
  readonly #options: LandscapeOptions;
  readonly #region: Region;
  readonly #grid: Grid;
  readonly #losses: Float64Array;
  readonly #path: readonly Place[];
  /** Shares of the path's spread along the directions; null for random ones. */
  readonly #shares: readonly [number, number] | null;

  constructor(model: Module, loss: () => Scalar, options: LandscapeOptions) {
    super();
    const { path, resolution = RESOLUTION, seed = 0, form = "contour", range } = options;
    const { directions = path === undefined ? "random" : "pca" } = options;
    checkAll(model, loss, options);
    this.#model = model;
    this.#options = options;
    this.#parameters = model.namedParameters().map(([, parameter]) => parameter);
    this.#middle = valuesOf(this.#parameters);
    const rows = path?.rows ?? [];
    if (directions === "pca") {
      const found = pathDirections(rows);
      this.directions = found.directions;
      this.#shares = found.shares;
    } else {
      this.directions = randomDirections(this.#parameters, seed);
      this.#shares = null;
    }
    this.#path = onSlice(rows, this.#middle, this.directions);
    this.#region = range === undefined ? around(this.#path) : readRegion(range, who);
    this.#grid = gridOver(this.#region, resolution, resolution);
    this.#losses = new Float64Array(resolution ** 2).fill(NaN);
    if (form !== "contour" && form !== "surface")
      throw new DTypeError(`${who}: form ${JSON.stringify(form)} - wanted "contour" or "surface"`);
    this.appear();
    this.#measure(loss);
  }

  /** Coarse places first, so that the picture sharpens while it is measured; Finish leaves it as it is. */
  #measure(loss: () => Scalar): void {
    const { xs, ys } = this.#grid;
    const coarseness = (i: number) => [4, 2, 1].find((step) => i % step === 0) ?? 1;
    const order = Array.from(this.#losses, (_, i) => i).toSorted((a, b) => rank(b) - rank(a));
    function rank(place: number): number {
      return Math.min(coarseness(place % xs.length), coarseness(Math.floor(place / xs.length)));
    }
    this.#elsewhere((go) => {
      for (const place of watched(order, order.length)) {
        go(xs[place % xs.length] ?? NaN, ys[Math.floor(place / xs.length)] ?? NaN);
        this.#losses[place] = scalar(loss(), `${who}: the loss`);
        this.redraw();
      }
    });
  }

  /**
   * Runs `body` with the parameters at this place of the slice, unrecorded and in evaluation mode,
   * and puts them back: `map.at(0, 0.5, () => accuracy(net, test))`.
   */
  at<T>(x: number, y: number, body: () => T): T {
    return this.#elsewhere((go) => {
      go(x, y);
      return body();
    });
  }

  #elsewhere<T>(body: (go: (x: number, y: number) => void) => T): T {
    const [first, second] = this.directions;
    const place = new Float64Array(this.#middle.length);
    const go = (x: number, y: number) => {
      for (let i = 0; i < place.length; i++)
        place[i] = this.#middle[i]! + x * first[i]! + y * second[i]!; // one length
      setValues(this.#parameters, place);
    };
    return restoring(this.#parameters, () => evaluating(this.#model, () => body(go)));
  }

  #map(): HeightMap {
    const { title, form = "contour", height = HEIGHTS[form], log = false, heights } = this.#options;
    const { path } = this.#options;
    return {
      title,
      height,
      names: [this.#axis(0), this.#axis(1), "loss"],
      region: this.#region,
      grid: this.#grid,
      heights: this.#losses,
      isLog: log,
      span: heights,
      isFilled: true,
      paths: path === undefined ? [] : [{ name: "", places: this.#path }],
      marks: path === undefined && form === "contour" ? [{ x: 0, y: 0, label: "now" }] : [],
      start: null,
    };
  }

  #axis(which: 0 | 1): string {
    const share = this.#shares?.[which];
    if (share === undefined) return `random direction ${which + 1}`;
    return `component ${which + 1}, ${formatNumber(100 * share)} % of the path`;
  }

  override toJSON(): FigureJson {
    return this.#options.form === "surface" ? surfaceJson(this.#map()) : contourJson(this.#map());
  }

  protected override parts(): FigureParts {
    return { controls: [], notes: [this.#caveat()] };
  }

  /** What such a picture cannot say. */
  #caveat(): string {
    const numbers = formatNumber(this.#middle.length, 7);
    if (this.#shares !== null) {
      const held = formatNumber(100 * (this.#shares[0] + this.#shares[1]));
      return `Two directions out of ${numbers}, those in which the path went furthest: they hold ${held} % of its spread. Walls and valleys off this slice are not seen, and the path itself runs beside it.`;
    }
    return `Two random directions out of ${numbers}. Walls and valleys off this slice are not seen, and another seed gives another slice: look at several before you believe one.`;
  }

  override describe(): string {
    const length = this.#options.path?.length ?? 0;
    return `${describeHeights(this.#map(), [length])}; ${this.#caveat()}`;
  }
}

function checkAll(model: Module, loss: unknown, options: LandscapeOptions): void {
  checkOptions(who, options, optionNames);
  checkHeight(who, options.height);
  if (!(model instanceof Module))
    throw new DTypeError(`${who}: ${kindOf(model)} - wanted a network, such as nn.Sequential(...)`);
  if (typeof loss !== "function")
    throw new DTypeError(
      `${who}: ${kindOf(loss)} for the loss - wanted a function, such as () => F.mse(net(x), y)`,
    );
  const { path, directions, resolution = RESOLUTION, seed = 0 } = options;
  checkNumber(who, "resolution", resolution, 2, 200);
  checkNumber(who, "seed", seed);
  if (directions !== undefined && directions !== "random" && directions !== "pca")
    throw new DTypeError(
      `${who}: directions ${JSON.stringify(directions)} - wanted "random" or "pca"`,
    );
  const parameters = model.namedParameters();
  if (parameters.length === 0)
    throw new RangeError(`${who}: a network without parameters - wanted one that learns`);
  if (path === undefined) {
    if (directions === "pca")
      throw new RangeError(`${who}: "pca" without a path - wanted one of plot.trajectory(net)`);
    return;
  }
  if (!(path instanceof Trajectory))
    throw new DTypeError(`${who}: ${kindOf(path)} for the path - wanted plot.trajectory(net)`);
  const isOwn =
    path.parameters.length === parameters.length &&
    parameters.every(([, parameter], i) => parameter === path.parameters[i]);
  if (!isOwn)
    throw new RangeError(`${who}: the path is of another network - wanted one of this network`);
  if (path.length < 3)
    throw new RangeError(`${who}: a path of ${path.length} places - wanted 3 or more`);
}

/** What holds the path and the middle, with room around; without a path one unit to each side. */
function around(path: readonly Place[]): Region {
  if (path.length === 0) return { x: [-1, 1], y: [-1, 1] };
  const along = (axis: 0 | 1) => padded(extentOf([0, ...path.map((place) => place[axis])]), 0.25);
  return { x: along(0), y: along(1) };
}

/**
 * The loss of a network on a slice through the space of its parameters: along two random directions,
 * each filter as long as the weights it belongs to, or along the two in which a recorded path went
 * furthest. The parameters are moved to each place and put back, in evaluation mode and unrecorded.
 *
 * @throws RangeError for a network without parameters, or a path of another one; DTypeError for what is none.
 * @example
 * const { train } = data.load("spiral").split(0.5);
 * const net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 2));
 * const loss = () => F.crossEntropy(net(train.x), train.y);
 * const map = plot.landscape(net, loss, { resolution: 5, log: true });
 * map.at(0, 0, loss).item() === loss().item() // true
 */
export function landscape(
  model: Module,
  loss: () => Scalar,
  options: LandscapeOptions = {},
): Landscape {
  return new Landscape(model, loss, options);
}

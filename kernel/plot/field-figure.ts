/** `plot.contour` and `plot.surface`: a function of two numbers, and walkers on it. */
import type { FigureParts } from "../protocol.ts";
import { type Kept, surface as shownOn } from "../run/surface.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { isColumn, readColumn, type Column, type Scalar } from "./columns.ts";
import { heightsOf, type PlaneFunction } from "./field.ts";
import { checkHeight, Figure, type FigureJson, type PlaneOptions } from "./figure.ts";
import type { Mark } from "./guides.ts";
import { contourJson, describeHeights, type HeightMap, surfaceJson } from "./height-map.ts";
import { Path, type Place } from "./path.ts";
import { gridOver, type PlaneRange, readRegion, type Region, type Span } from "./region.ts";
import { HeldPoint, type StartPoint } from "./start-point.ts";
import { readTitle, type Title } from "./title.ts";

export interface FieldOptions extends Omit<PlaneOptions, "title"> {
  readonly title?: Title;
  /** What is shown: `[-3, 3]`, or one pair an axis; `[-1, 1]` unless told. */
  readonly range?: PlaneRange;
  /** Names of the two numbers, and of the height. */
  readonly x?: string;
  readonly y?: string;
  readonly z?: string;
  /** Heights by their logarithms, as errors are: steep walls do not hide the valley. */
  readonly log?: boolean;
  /** The heights between which colours change; all, unless told. */
  readonly heights?: Span;
  /** Where a walk begins. The reader moves it by a click, a drag or arrow keys; cells read `start.value`. */
  readonly start?: Column;
  /** Places to look at, on a contour map: `{ x: 1, y: 1, label: "lowest" }`. */
  readonly marks?: readonly Mark[];
}

const optionNames = [
  "title",
  "height",
  "range",
  "x",
  "y",
  "z",
  "log",
  "heights",
  "start",
  "marks",
] satisfies (keyof FieldOptions)[];

/** Places at which a function is asked, across and up. */
const COLUMNS = 65;
const ROWS = 49;
const HEIGHTS = { contour: 320, surface: 420 } as const;

export class FieldFigure extends Figure {
  readonly #form: "contour" | "surface";
  readonly #options: FieldOptions;
  readonly #region: Region;
  readonly #heights: Kept<Float64Array>;
  readonly #start: HeldPoint | null;
  readonly #startedAt: Place;
  readonly #paths = new Map<string, Path>();

  constructor(form: "contour" | "surface", f: PlaneFunction, options: FieldOptions) {
    super();
    const who = `plot.${form}`;
    checkOptions(who, options, optionNames);
    checkHeight(who, options.height);
    if (typeof f !== "function")
      throw new DTypeError(`${who}: ${kindOf(f)} - wanted a function of two numbers`);
    const { range = [-1, 1], heights, log = false, start } = options;
    if (heights !== undefined && !(heights[0] < heights[1] && (heights[0] > 0 || !log)))
      throw new RangeError(
        `${who}: heights from ${heights[0]} to ${heights[1]} - wanted the lower first${log ? ", above 0" : ""}`,
      );
    this.#form = form;
    this.#options = options;
    this.#region = readRegion(range, who);
    const grid = gridOver(this.#region, COLUMNS, ROWS);
    const place = shownOn().place(who);
    this.#heights = place.keep(() => heightsOf(f, grid, who));
    this.#startedAt = startOf(start, this.#region, who);
    this.#start =
      start === undefined ? null : new HeldPoint(place, this.#startedAt, this.#region, who);
    this.appear();
  }

  /** Where the reader has put the start; the middle where no start was asked for. */
  get start(): StartPoint {
    return this.#start ?? { value: this.#startedAt };
  }

  /** The path of this name, empty at first: `map.path("Adam").push(w, b)`. */
  path(name = ""): Path {
    const known = this.#paths.get(name);
    if (known !== undefined) return known;
    const made = new Path(name, `plot.${this.#form}`, () => this.redraw());
    this.#paths.set(name, made);
    return made;
  }

  /** Asks the function anew, which else happens only when a knob moves that it reads. */
  update(): void {
    this.#heights.forget();
    this.redraw();
  }

  #map(): HeightMap {
    const { title, height = HEIGHTS[this.#form], log = false, heights, marks = [] } = this.#options;
    const { x = "x", y = "y", z = "height" } = this.#options;
    return {
      title: readTitle(title),
      height,
      names: [x, y, z],
      region: this.#region,
      grid: gridOver(this.#region, COLUMNS, ROWS),
      heights: this.#heights.read(),
      isLog: log,
      span: heights,
      paths: [...this.#paths.values()],
      marks,
      start: this.#start?.value ?? null,
    };
  }

  override toJSON(): FigureJson {
    return this.#form === "contour" ? contourJson(this.#map()) : surfaceJson(this.#map());
  }

  /** In space there is no place to click: the start has two sliders. */
  protected override parts(): FigureParts | null {
    const point = this.#start?.view() ?? null;
    if (point === null) return null;
    return this.#form === "contour"
      ? { controls: [], notes: [], point }
      : { controls: [point.x, point.y], notes: [] };
  }

  override describe(): string {
    return describeHeights(
      this.#map(),
      Array.from(this.#paths.values(), ({ length }) => length),
    );
  }
}

function startOf(start: Column | undefined, { x, y }: Region, who: string): Place {
  if (start === undefined) return [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2];
  const [first, second, ...rest] = isColumn(start) ? readColumn(start, who) : [];
  if (first !== undefined && second !== undefined && rest.length === 0) return [first, second];
  throw new DTypeError(`${who}: the start is no place - wanted two numbers, such as [-1, 2]`);
}

type OfNumbers = (x: number, y: number) => Scalar;
type OfTensors = (x: Tensor, y: Tensor) => Tensor;

/**
 * A function of two numbers as a map with lines of equal height, with the paths of walkers and a
 * start that the reader moves.
 *
 * @throws DTypeError for what is no function, RangeError for a range or start that cannot be shown.
 * @example
 * const valley = (x: number, y: number) => x ** 2 / 2 + 4 * y ** 2;
 * const map = plot.contour(valley, { range: [[-10, 4], [-3, 3]], start: [-9, 2] });
 * let [x, y] = map.start.value;
 * for (let step = 0; step < 40; step++) {
 *   map.path("gradient descent").push(x, y);
 *   [x, y] = [x - 0.2 * x, y - 0.2 * 8 * y];
 * }
 * map.path("gradient descent").length // 40
 */
export function contour(f: OfNumbers, options?: FieldOptions): FieldFigure;
export function contour(f: OfTensors, options?: FieldOptions): FieldFigure;
export function contour(f: PlaneFunction, options: FieldOptions = {}): FieldFigure {
  return new FieldFigure("contour", f, options);
}

/**
 * The same as a surface in space: drag to turn it. Functions of tensors are asked about all places at once.
 *
 * @throws DTypeError for what is no function, RangeError for a range or start that cannot be shown.
 * @example
 * plot.surface((x: Tensor, y: Tensor) => x.square().sub(y.square()), { title: "a saddle" });
 */
export function surface(f: OfNumbers, options?: FieldOptions): FieldFigure;
export function surface(f: OfTensors, options?: FieldOptions): FieldFigure;
export function surface(f: PlaneFunction, options: FieldOptions = {}): FieldFigure {
  return new FieldFigure("surface", f, options);
}

/** `plot.grid`: figures side by side, as small multiples of each other if their axes are shared. */
import { FIGURE_MIME, FIGURE_PARTS_MIME, type MimeBundle, parseFigureParts } from "../protocol.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { checkNumber, checkOptions } from "../tensor/options.ts";
import { type Arrangement, type FigureJson, type Json, Shown } from "./figure.ts";
import { type Extent, extentOf } from "./ticks.ts";

const WHO = "plot.grid";

export interface GridOptions {
  /** Figures in a row; unless told, two or three. A phone shows one below the other. */
  readonly columns?: number;
  /** Axes that reach as far in all figures, so that they can be compared: "x", "y" or "xy". */
  readonly share?: "x" | "y" | "xy";
}

const optionNames = ["columns", "share"] satisfies (keyof GridOptions)[];
const MOST_COLUMNS = 6;

type AxisName = "xaxis" | "yaxis";

export class Grid implements Arrangement {
  readonly figures: readonly Shown[];
  readonly columns: number;
  readonly #shared: readonly AxisName[];
  /** How far the axes of each figure reach by themselves. */
  readonly #own = new Map<Shown, Readonly<Record<AxisName, Extent>>>();
  #reach: Readonly<Record<AxisName, Extent>> = { xaxis: null, yaxis: null };

  constructor(figures: readonly Shown[], options: GridOptions) {
    checkOptions(WHO, options, optionNames);
    if (!Array.isArray(figures)) throw refused(figures, "");
    const odd = figures.findIndex((figure) => !(figure instanceof Shown));
    if (odd >= 0) throw refused(figures[odd], ` at place ${odd}`);
    const { columns = figures.length % 3 === 0 ? 3 : 2, share } = options;
    checkNumber(WHO, "columns", columns, 1, MOST_COLUMNS);
    if (share !== undefined && !["x", "y", "xy"].includes(share))
      throw new DTypeError(`${WHO}: share ${JSON.stringify(share)} - wanted "x", "y" or "xy"`);
    if (figures.length === 0) throw new RangeError(`${WHO}: an empty list - wanted figures`);
    this.figures = [...figures];
    this.columns = Math.max(1, Math.min(Math.round(columns), figures.length));
    this.#shared = (["xaxis", "yaxis"] as const).filter((axis) => share?.includes(axis.charAt(0)));
    for (const figure of figures) figure.arrange(this);
  }

  /** Draws all of them again. */
  update(): void {
    for (const figure of this.figures)
      if ("update" in figure && typeof figure.update === "function") figure.update();
  }

  /** A figure's bundle with its place in the row, and with axes as long as those of the others. */
  dress(figure: Shown, bundle: MimeBundle): MimeBundle {
    const parts = { ...parseFigureParts(bundle[FIGURE_PARTS_MIME]), columns: this.columns };
    const json = bundle[FIGURE_MIME] as FigureJson | undefined;
    const dressed = { ...bundle, [FIGURE_PARTS_MIME]: parts };
    if (json === undefined || this.#shared.length === 0) return dressed;
    this.#note(figure, json);
    const axes = this.#shared.flatMap((name) => {
      const reach = this.#reach[name];
      return reach === null ? [] : [[name, { ...(json.layout[name] as Json), range: reach }]];
    });
    const layout = { ...json.layout, ...(Object.fromEntries(axes) as Json) };
    return { ...dressed, [FIGURE_MIME]: { ...json, layout } };
  }

  /** Where one axis reaches farther now, or less far, all are drawn again. */
  #note(figure: Shown, { layout }: FigureJson): void {
    const of = (name: AxisName) => {
      const { range } = (layout[name] ?? {}) as Json;
      return Array.isArray(range) ? extentOf(range as readonly number[]) : null;
    };
    this.#own.set(figure, { xaxis: of("xaxis"), yaxis: of("yaxis") });
    const join = (name: AxisName) =>
      extentOf([...this.#own.values()].flatMap((each) => each[name] ?? []));
    const reach = { xaxis: join("xaxis"), yaxis: join("yaxis") };
    const isSame = this.#shared.every((name) => String(reach[name]) === String(this.#reach[name]));
    this.#reach = reach;
    if (isSame) return;
    for (const other of this.figures) if (other !== figure) other.arrange(this);
  }

  toString(): string {
    return `<Grid: ${this.figures.length} figures, ${this.columns} in a row>`;
  }

  /** Its figures are shown already. */
  [Symbol.for("Jupyter.display")](): MimeBundle {
    return {};
  }
}

function refused(value: unknown, where: string): DTypeError {
  return new DTypeError(
    `${WHO}: ${kindOf(value)}${where} - wanted a list of figures, such as [plot.line([1, 2])]`,
  );
}

/**
 * Figures that the cell has made, side by side. Each goes on as before: its `update()`, its controls, its
 * table. Made in a loop and with shared axes they are small multiples.
 *
 * @throws DTypeError for what is no list of figures, RangeError for more than 6 columns.
 * @example
 * const waves = [1, 2, 3].map((k) => plot.line([0, 1, 2], [0, k, 2 * k], { title: `k = ${k}` }));
 * String(plot.grid(waves, { share: "y" })) // <Grid: 3 figures, 3 in a row>
 */
export function grid(figures: readonly Shown[], options: GridOptions = {}): Grid {
  return new Grid(figures, options);
}

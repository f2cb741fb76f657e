/** `plot.treemap`: the parameters of a network as areas, module in module. */
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { Module } from "../tensor/nn/module.ts";
import { checkOptions } from "../tensor/options.ts";
import {
  checkHeight,
  escapeText,
  Figure,
  type FigureJson,
  type Json,
  type PlaneOptions,
} from "./figure.ts";
import { formatNumber } from "./numbers.ts";
import { isColumn } from "./columns.ts";
import { classColor, colors } from "./palette.ts";

const WHO = "plot.treemap";

export interface TreemapOptions extends PlaneOptions {
  /** What the areas count: "parameters" unless told. */
  readonly unit?: string;
}

const optionNames = ["title", "height", "unit"] satisfies (keyof TreemapOptions)[];

/** Areas by dotted name: `{ "hidden.weight": 2048, "hidden.bias": 32 }`. */
export type Areas = Readonly<Record<string, number>>;

/** A named part, which holds the parts that its name begins. */
interface Part {
  /** Dotted, "" for the whole. */
  readonly path: string;
  /** What stands on it. */
  readonly label: string;
  /** A parameter's shape. */
  readonly kind: string;
  /** The part it lies in; null for the whole. */
  readonly parent: string | null;
  size: number;
}

export class Treemap extends Figure {
  readonly #parts: readonly Part[];
  readonly #options: TreemapOptions;

  constructor(model: Module | Areas, options: TreemapOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    checkHeight(WHO, options.height);
    this.#options = options;
    this.#parts = model instanceof Module ? partsOfModule(model) : partsOfAreas(model);
    if (this.#total() === 0) throw new RangeError(`${WHO}: nothing to show - wanted some areas`);
    this.appear();
  }

  #total(): number {
    return this.#parts[0]?.size ?? 0;
  }

  override toJSON(): FigureJson {
    const { title, height = 360, unit = "parameters" } = this.#options;
    const total = this.#total();
    const tops = new Map(
      [...new Set(this.#parts.map(({ path }) => path.split(".")[0] ?? ""))]
        .slice(1)
        .map((top, rank) => [top, rank]),
    );
    const trace: Json = {
      type: "treemap",
      ids: this.#parts.map(({ path }) => idOf(path)),
      labels: this.#parts.map(({ label }) => escapeText(label)),
      parents: this.#parts.map(({ parent }) => (parent === null ? "" : idOf(parent))),
      values: this.#parts.map(({ size }) => size),
      text: this.#parts.map(
        ({ kind, size }) =>
          `${kind === "" ? "" : `${escapeText(kind)}<br>`}${formatNumber(size, 9)}, ${percent(size / total)}`,
      ),
      // A part's own number is that of all in it.
      branchvalues: "total",
      textinfo: "label+text",
      hovertemplate: `%{id}<br>%{text} ${escapeText(unit)}<extra></extra>`,
      marker: {
        colors: this.#parts.map(({ path }) =>
          // Pale, so that names are read in ink; what lies in another is a shade darker.
          path === "" ? colors.rule : `${classColor(tops.get(path.split(".")[0] ?? "") ?? 0)}55`,
        ),
        line: { width: 1.5, color: colors.paper },
        pad: { t: 22, l: 3, r: 3, b: 3 },
      },
      textfont: { color: colors.ink },
      pathbar: { visible: false },
      tiling: { packing: "squarify", pad: 2 },
      sort: true,
    };
    return {
      data: [trace],
      layout: {
        height,
        // A name that does not fit is left out, rather than too small to read.
        uniformtext: { minsize: 10, mode: "hide" },
        ...(title === undefined ? {} : { title: { text: escapeText(title) } }),
        margin: { l: 0, r: 0, b: 4, t: title === undefined ? 4 : 34 },
      },
    };
  }

  override describe(): string {
    const { title, unit = "parameters" } = this.#options;
    const total = this.#total();
    const holders = new Set(this.#parts.map(({ parent }) => parent));
    const leaves = this.#parts.filter(({ path }) => !holders.has(path));
    const largest = leaves.toSorted((a, b) => b.size - a.size).slice(0, 5);
    const said = largest.map(({ path, size }) => `${path} ${percent(size / total)}`);
    const more = leaves.length > 5 ? ", ..." : "";
    return `${title === undefined ? "" : `${title}: `}${formatNumber(total, 9)} ${unit}: ${said.join(", ")}${more}`;
  }
}

/** A page draws so many in about a second. */
const MOST_AREAS = 2000;

/** No part is called so. */
const WHOLE = "/";

function idOf(path: string): string {
  return path === "" ? WHOLE : escapeText(path);
}

function percent(share: number): string {
  return `${formatNumber(100 * share)} %`;
}

/** A parameter that hangs in several places is counted in the first. */
function partsOfModule(model: Module): readonly Part[] {
  const kinds = new Map(
    model.namedModules().map(([path, { constructor }]) => [path, constructor.name]),
  );
  const leaves = model.namedParameters().map(([path, { shape }]) => ({
    path,
    kind: `[${shape.join(", ")}]`,
    size: shape.reduce((product, size) => product * size, 1),
  }));
  return tree(leaves, kinds.get("") ?? "network", kinds);
}

function partsOfAreas(areas: Areas): readonly Part[] {
  if (typeof areas !== "object" || areas === null || isColumn(areas))
    throw new DTypeError(`${WHO}: ${kindOf(areas)} - wanted a network, or areas by name`);
  const named = Object.entries(areas);
  if (named.length > MOST_AREAS)
    throw new RangeError(
      `${WHO}: ${named.length} areas - wanted at most ${MOST_AREAS}, more cannot be told apart`,
    );
  const leaves = named.map(([path, size]) => {
    if (!(typeof size === "number" && size >= 0 && size < Infinity))
      throw new RangeError(`${WHO}: "${path}" is ${String(size)} - wanted a number, 0 or more`);
    return { path, kind: "", size };
  });
  return tree(leaves, "all", new Map());
}

/** Leaves and all that they lie in, the whole first; each as large as what is in it. */
function tree(
  leaves: readonly { readonly path: string; readonly kind: string; readonly size: number }[],
  whole: string,
  kinds: ReadonlyMap<string, string>,
): readonly Part[] {
  const parts = new Map<string, Part>([
    ["", { path: "", label: whole, kind: "", parent: null, size: 0 }],
  ]);
  for (const { path, kind, size } of leaves) {
    const names = path.split(".");
    for (let depth = 0; depth <= names.length; depth++) {
      const at = names.slice(0, depth).join(".");
      const part = parts.get(at) ?? {
        path: at,
        label: kinds.has(at) ? `${names[depth - 1]}: ${kinds.get(at)}` : (names[depth - 1] ?? ""),
        kind: depth === names.length ? kind : "",
        parent: names.slice(0, depth - 1).join("."),
        size: 0,
      };
      part.size += size;
      parts.set(at, part);
    }
  }
  return [...parts.values()];
}

/**
 * Which parts of a network hold how many of its numbers: areas are counts of parameters, those of a
 * module lie in its own area. A press on a part brings it near.
 *
 * @throws RangeError for a network without parameters or an area below 0; DTypeError for anything else.
 * @example
 * plot.treemap(net);
 * plot.treemap({ "train.cats": 120, "train.dogs": 80, test: 50 }, { unit: "pictures" });
 */
export function treemap(model: Module | Areas, options: TreemapOptions = {}): Treemap {
  return new Treemap(model, options);
}

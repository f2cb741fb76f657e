/** `plot.network`: the units and weights of a network, drawn as they are now and as they become. */
import type { MimeBundle } from "../protocol.ts";
import { isTensor } from "../tensor/autograd/apply.ts";
import { noGrad } from "../tensor/autograd/tape.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { Embedding } from "../tensor/nn/embedding.ts";
import { Linear } from "../tensor/nn/linear.ts";
import { Module } from "../tensor/nn/module.ts";
import { checkOptions } from "../tensor/options.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { type Adjustable, adjustable } from "./columns.ts";
import {
  DIAGRAM_MIME,
  type NetworkColumn,
  type NetworkLayer,
  type NetworkView,
} from "./diagram.ts";
import { type FigureOptions, Shown } from "./figure.ts";
import { formatNumber, toJson } from "./numbers.ts";

const WHO = "plot.network";

export interface NetworkOptions extends FigureOptions {
  /** One input of the network: what every unit makes of it is drawn. Read again at each drawing. */
  readonly example?: Tensor;
  /** How many units of a layer are drawn, at most; 12 unless told, 40 at the most. */
  readonly units?: Adjustable;
  /** Names for the inputs, and for the outputs. */
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
}

const optionNames = [
  "title",
  "example",
  "units",
  "inputs",
  "outputs",
] satisfies (keyof NetworkOptions)[];
const UNITS = 12;
const MOST_UNITS = 40;
/** Layers beyond these are not drawn. */
const MOST_LAYERS = 12;

/** One layer of weights: `at(to, from)`. */
interface Weights {
  readonly name: string;
  readonly module: Linear | Embedding;
  readonly from: number;
  readonly to: number;
  readonly after: string;
}

export class Network extends Shown {
  readonly #net: Module;
  readonly #options: NetworkOptions;

  constructor(net: Module, options: NetworkOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    if (!(net instanceof Module))
      throw new DTypeError(`${WHO}: ${kindOf(net)} - wanted a network, such as nn.Sequential(...)`);
    if (layersOf(net).length === 0)
      throw new RangeError(
        `${WHO}: ${net.constructor.name} has no Linear and no Embedding - wanted layers whose weights join unit to unit`,
      );
    const { example } = options;
    if (example !== undefined && !isTensor(example))
      throw new DTypeError(`${WHO}: ${kindOf(example)} for the example - wanted a tensor`);
    this.#net = net;
    this.#options = options;
    // Tells at once of an example that does not fit.
    this.#view();
    this.appear();
  }

  /** Draws the weights, and what the example becomes, as they are now. */
  update(): void {
    this.redraw();
  }

  override toBundle(): MimeBundle {
    return { [DIAGRAM_MIME]: this.#view(), "text/plain": this.toString() };
  }

  override describe(): string {
    const { title, columns, layers } = this.#view();
    const sizes = columns.map(({ name, size }) => `${name} ${size}`).join(", ");
    const extremes = layers.map(({ from, to, weights }) => {
      const [low, high] = [Math.min(...weights), Math.max(...weights)];
      const where = `${columns[from]?.name ?? ""} to ${columns[to]?.name ?? ""}`;
      return `${where} from ${formatNumber(low)} to ${formatNumber(high)}`;
    });
    return `${title === "" ? "network" : title}: ${sizes} units; weights ${extremes.join(", ")}`;
  }

  #view(): NetworkView {
    const { title = "", units = UNITS, example, inputs = [], outputs = [] } = this.#options;
    const most = Math.max(2, Math.min(MOST_UNITS, Math.round(adjustable(units))));
    const all = layersOf(this.#net);
    const weights = all.slice(0, MOST_LAYERS);
    const seen = example === undefined ? null : valuesIn(this.#net, weights, example);
    const columns: NetworkColumn[] = [];
    const layers: NetworkLayer[] = [];
    let end = -1;
    weights.forEach((layer, i) => {
      const previous = columns[end];
      // A layer that takes another number of units than came before it begins anew.
      if (previous === undefined || previous.size !== layer.from) {
        const name = end < 0 ? "input" : `into ${layer.name}`;
        const labels = end < 0 ? inputs : [];
        columns.push(
          column({ name, labels, size: layer.from }, most, null, seen?.[i]?.input ?? null),
        );
        end = columns.length - 1;
      }
      const { module, name, to, after } = layer;
      const next = weights[i + 1];
      const isLast = next === undefined || next.from !== to;
      const values = (isLast ? seen?.[i]?.output : seen?.[i + 1]?.input) ?? null;
      const bias = module instanceof Linear ? (module.bias as Tensor | null) : null;
      const labels = i === weights.length - 1 ? outputs : [];
      columns.push(
        column({ name, after, labels, size: to }, most, bias?.innerData ?? null, values),
      );
      layers.push(between(layer, end, columns));
      end += 1;
    });
    return { kind: "network", title, columns, layers, notes: this.#notes(columns, all.length) };
  }

  #notes(columns: readonly NetworkColumn[], count: number): readonly string[] {
    const cut = columns.filter(({ size, units }) => units.length < size);
    const sizes = cut.map(({ name, size, units }) => `${units.length} of ${size} in ${name}`);
    return [
      ...(cut.length === 0 ? [] : [`Not every unit is drawn: ${sizes.join(", ")}.`]),
      ...(count > MOST_LAYERS ? [`The first ${MOST_LAYERS} of ${count} layers are drawn.`] : []),
    ];
  }
}

/**
 * A network as columns of units: the wider a line, the larger its weight; blue is positive, dashed orange
 * negative. With an example, each unit shows what it makes of it.
 *
 *     const diagram = plot.network(net, { example: x.at(0) });
 *     diagram.update(); // after a step
 *
 * @throws DTypeError for what is no network, RangeError for one without Linear or Embedding layers.
 * @example
 * plot.network(nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)));
 */
export function network(net: Module, options: NetworkOptions = {}): Network {
  return new Network(net, options);
}

function layersOf(net: Module): readonly Weights[] {
  const layers: Weights[] = [];
  for (const [path, module] of net.namedModules()) {
    const last = layers.at(-1);
    if (module instanceof Linear || module instanceof Embedding) {
      const [rows = 0, columns = 0] = module.weight.shape;
      const [from, to] = module instanceof Linear ? [columns, rows] : [rows, columns];
      const name = /^\d*$/.test(path) ? `${module.constructor.name} ${path}`.trim() : path;
      layers.push({ name, module, from, to, after: "" });
    } else if (last !== undefined && module.namedChildren().length === 0) {
      const after = [last.after, module.constructor.name].filter((each) => each !== "").join(", ");
      layers[layers.length - 1] = { ...last, after };
    }
  }
  return layers;
}

/** What went into each layer and came out of it, for one example. */
interface Passed {
  input: readonly number[] | null;
  output: readonly number[] | null;
}

/** Runs the network once, in evaluation mode and unrecorded, as `summary` does. */
function valuesIn(net: Module, layers: readonly Weights[], example: Tensor): readonly Passed[] {
  const passed = layers.map((): Passed => ({ input: null, output: null }));
  const modules = net.namedModules().map(([, module]) => module);
  const modes = modules.map((module) => module.training);
  const handles = layers.map(({ module, from, to }, i) =>
    (module as Module).registerForwardHook((_, [input], output) => {
      passed[i] = { input: rowOf(input, from), output: rowOf(output, to) };
    }),
  );
  try {
    net.eval();
    const result: unknown = noGrad(() => (net as unknown as (x: Tensor) => unknown)(example));
    // What comes after the last layer, such as a softmax, belongs to its units.
    const last = passed.at(-1);
    const size = layers.at(-1)?.to ?? 0;
    if (last !== undefined) last.output = rowOf(result, size) ?? last.output;
  } finally {
    for (const handle of handles) handle.remove();
    modules.forEach((module, i) => (module.training = modes[i] ?? true));
  }
  return passed;
}

/** The first row of `size` numbers; null where there is none. */
function rowOf(value: unknown, size: number): readonly number[] | null {
  if (!isTensor(value) || value.shape.at(-1) !== size) return null;
  return Array.from(value.innerData.subarray(0, size));
}

function column(
  {
    name,
    after = "",
    labels,
    size,
  }: Pick<NetworkColumn, "name" | "labels" | "size"> & { after?: string },
  most: number,
  biases: ArrayLike<number> | null,
  values: readonly number[] | null,
): NetworkColumn {
  const half = Math.ceil(most / 2);
  const units = Array.from({ length: Math.min(size, most) }, (_, i) =>
    size <= most || i < half ? i : size - most + i,
  );
  const pick = (all: ArrayLike<number> | null) =>
    all === null ? null : units.map((unit) => toJson(all[unit] ?? 0) ?? Number.NaN);
  const named = labels.length === 0 ? [] : units.map((unit) => labels[unit] ?? "");
  return { name, after, size, units, labels: named, biases: pick(biases), values: pick(values) };
}

function between(
  { module, from: width }: Weights,
  from: number,
  columns: readonly NetworkColumn[],
): NetworkLayer {
  const data = module.weight.innerData;
  const size = columns[from + 1]?.size ?? 0;
  const weights = (columns[from + 1]?.units ?? []).flatMap((unit) =>
    (columns[from]?.units ?? []).map((before) => {
      const at = module instanceof Linear ? unit * width + before : before * size + unit;
      return toJson(data[at] ?? 0) ?? 0;
    }),
  );
  return { from, to: from + 1, weights };
}

/** `plot.graph`: what a loss was computed from, and how its slope comes back, step by step. */
import type { MimeBundle } from "../protocol.ts";
import { askForOrigins } from "../tensor/autograd/origin.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import { isTensor } from "../tensor/autograd/apply.ts";
import type { Tensor } from "../tensor/tensor.ts";
import { DIAGRAM_MIME, type GraphView, type Slope } from "./diagram.ts";
import { type FigureOptions, Shown } from "./figure.ts";
import type { Names } from "./graph-names.ts";
import { type Computed, isComputed, numberGraph } from "./number-graph.ts";
import { tapeGraph } from "./tape-graph.ts";

export interface GraphOptions extends FigureOptions {
  /**
   * Whether slopes are drawn: walked back step by step, unless told; `"kept"`: those that the numbers have
   * in their `grad` now; false: none.
   */
  readonly slopes?: boolean | "kept";
  /** Names for tensors, numbers and networks that the notebook has none for: `{ x, net }`. */
  readonly names?: Names;
}

const optionNames = ["title", "slopes", "names"] satisfies (keyof GraphOptions)[];
const WHO = "plot.graph";
/** Numbers that the one sentence about a graph names. */
const MOST_TOLD = 12;

export class Graph extends Shown {
  readonly #view: GraphView;

  constructor(result: Tensor | Computed, options: GraphOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    const { title = "", slopes = true, names = {} } = options;
    if (slopes !== true && slopes !== false && slopes !== "kept")
      throw new DTypeError(
        `${WHO}: slopes ${JSON.stringify(slopes)} - wanted true, false or "kept"`,
      );
    const parts = partsOf(result, names, slopes === "kept");
    const steps = slopes === true ? parts.steps : [];
    this.#view = { kind: "graph", title, ...parts, steps };
    this.appear();
  }

  override toBundle(): MimeBundle {
    return { [DIAGRAM_MIME]: this.#view, "text/plain": this.toString() };
  }

  override describe(): string {
    const { title, nodes, steps } = this.#view;
    const slopes = new Map(nodes.map(({ slope }, i) => [i, slope]));
    for (const step of steps) for (const slope of step.slopes) slopes.set(slope.node, slope);
    const said = nodes.map(({ name, op, value }, i) => {
      const slope = slopes.get(i) ?? null;
      const what = [name, op].filter((each) => each !== "").join(" = ");
      return `${what} ${value}${slope === null ? "" : `, ${saySlope(slope)}`}`.trim();
    });
    const told = said.toReversed().slice(0, MOST_TOLD);
    const more = said.length - told.length;
    const rest = more > 0 ? `; and ${more} more` : "";
    const of = title === "" ? "how a number was computed" : title;
    return `${of}, the result first: ${told.join("; ")}${rest}`;
  }
}

/**
 * The graph of a computation: parameters, data and steps with their values and slopes. It can be
 * stepped through backpropagation, folded by module, and leads to the lines that computed it.
 *
 *     plot.graph(F.crossEntropy(net(x), y));
 *
 * @throws GradientError for a tensor without a history, or whose graph `backward()` has freed.
 * @example
 * const w = tensor(3, { requiresGrad: true });
 * plot.graph(w.square(), { names: { w } });
 * w.grad // null
 */
export function graph(result: Tensor | Computed, options: GraphOptions = {}): Graph {
  return new Graph(result, options);
}

function saySlope({ text, isSize }: Slope): string {
  return `${isSize ? "slopes of size" : "slope"} ${text}`;
}

function partsOf(
  result: Tensor | Computed,
  names: Names,
  isKept: boolean,
): Omit<GraphView, "kind" | "title"> {
  if (isTensor(result)) {
    if (isKept)
      throw new DTypeError(`${WHO}: slopes "kept" of a tensor - wanted numbers such as Value has`);
    askForOrigins();
    return tapeGraph(result, names);
  }
  if (isComputed(result)) return numberGraph(result, names, isKept);
  throw new DTypeError(`${WHO}: ${kindOf(result)} - wanted a tensor or a Value`);
}

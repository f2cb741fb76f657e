/** `plot.attention`: how much each token looks at each other one, head by head. */
import type { FigureParts } from "../protocol.ts";
import { type FigureControl, surface } from "../run/surface.ts";
import { checkOptions } from "../tensor/options.ts";
import { isTensor, type Matrix, readTable, type Table, type TensorLike } from "./columns.ts";
import { describeHeads, drawHeads } from "./attention-heads.ts";
import { checkHeight, Figure, type FigureJson, type PlaneOptions } from "./figure.ts";
import { drawMatrix, type Names, namesOf } from "./heatmap.ts";
import { formatNumber } from "./numbers.ts";

const WHO = "plot.attention";

export interface AttentionOptions extends PlaneOptions {
  /** One a position; of those that look and of those that are looked at. */
  readonly tokens?: readonly string[];
  /** Those that look, and those that are looked at, where they are not the same. */
  readonly queries?: readonly string[];
  readonly keys?: readonly string[];
  /** Which head is drawn first, or "all" side by side; a list under the figure shows the others, and their mean. */
  readonly head?: number | "all";
}

const optionNames = [
  "title",
  "height",
  "tokens",
  "queries",
  "keys",
  "head",
] satisfies (keyof AttentionOptions)[];

const MEAN = "mean of all";
const ALL = "all side by side";
/** What rounding may take from a sum of 1. */
const TOLERANCE = 1e-3;
/** Tokens of which the text says where they look. */
const TOLD = 12;

export class Attention extends Figure {
  #heads: readonly Matrix[];
  #weights: Table | TensorLike;
  readonly #options: AttentionOptions;
  readonly #head: FigureControl<string> | null;

  constructor(weights: Table | TensorLike, options: AttentionOptions) {
    super();
    checkOptions(WHO, options, optionNames);
    checkHeight(WHO, options.height);
    this.#options = options;
    this.#weights = weights;
    this.#heads = headsOf(weights);
    this.#names();
    const { head = 0 } = options;
    const count = this.#heads.length;
    if (head !== "all" && (!Number.isInteger(head) || head < 0 || head >= count))
      throw new RangeError(
        `${WHO}: head ${head} - there ${count === 1 ? "is 1" : `are ${count}`}, counted from 0`,
      );
    const names = this.#heads.map((_, i) => nameOf(i));
    this.#head =
      count === 1
        ? null
        : surface()
            .place(WHO)
            .control({
              kind: "select",
              label: "Head",
              options: [...names, MEAN, ALL],
              value: head === "all" ? ALL : nameOf(head),
            });
    this.appear();
  }

  /** Draws what the weights are now, or others of as many tokens and heads. */
  update(weights: Table | TensorLike = this.#weights): void {
    this.#weights = weights;
    this.#heads = headsOf(weights);
    this.#names();
    this.redraw();
  }

  /** What is drawn now: one head, or the mean of all. */
  #chosen(): { readonly name: string; readonly matrix: Matrix } {
    const name = this.#head?.read() ?? nameOf(0);
    const matrix = this.#heads.find((_, i) => nameOf(i) === name) ?? meanOf(this.#heads);
    return { name, matrix };
  }

  #names(): { readonly queries: Names; readonly keys: Names } {
    const { tokens, queries = tokens, keys = tokens } = this.#options;
    const { rows, columns } = firstOf(this.#heads);
    return {
      queries: namesOf("queries", queries, rows, WHO),
      keys: namesOf("keys", keys, columns, WHO),
    };
  }

  override toJSON(): FigureJson {
    const { title, height } = this.#options;
    const { queries, keys } = this.#names();
    // One scale for all heads, so that a pale head is one that looks nowhere in particular.
    const highest = this.#heads.reduce(
      (high, { data }) => data.reduce((max, w) => (w > max ? w : max), high),
      0,
    );
    const most = highest > 0 ? highest : 1;
    if (this.#head?.read() === ALL) return drawHeads(this.#heads, { queries, keys }, most, title);
    return drawMatrix(this.#chosen().matrix, queries, keys, {
      x: "is looked at",
      y: "looks",
      range: [0, most],
      ...(title === undefined ? {} : { title }),
      ...(height === undefined ? {} : { height }),
    });
  }

  protected override parts(): FigureParts {
    const view = this.#head?.view() ?? null;
    const isOdd = this.#heads.some((matrix) => !sumToOne(matrix));
    return {
      controls: view === null ? [] : [view],
      notes: isOdd ? ["Rows do not add up to 1: attention weights come after softmax."] : [],
    };
  }

  override describe(): string {
    const { title } = this.#options;
    const { queries, keys } = this.#names();
    const words = title === undefined ? "" : `${title}: `;
    if (this.#head?.read() === ALL)
      return `${words}${describeHeads(this.#heads, { queries, keys })}`;
    const { name, matrix } = this.#chosen();
    const said = queries.slice(0, TOLD).map((query, i) => {
      const row = matrix.data.subarray(i * matrix.columns, (i + 1) * matrix.columns);
      const at = row.indexOf(row.reduce((max, w) => (w > max ? w : max), -Infinity));
      return `${query} at ${keys[at] ?? "none"} (${formatNumber(row[at] ?? 0, 2)})`;
    });
    const head = this.#heads.length === 1 ? "" : `, ${name} of ${this.#heads.length}`;
    const more = queries.length > TOLD ? ", ..." : "";
    return `${words}attention${head}, each token looks most ${said.join(", ")}${more}`;
  }
}

function nameOf(head: number): string {
  return `head ${head}`;
}

function firstOf(heads: readonly Matrix[]): Matrix {
  return heads[0]!; // headsOf gives one or more
}

/** @throws RangeError for a tensor of another number of axes, or more than one batch. */
function headsOf(weights: Table | TensorLike): readonly Matrix[] {
  if (!isTensor(weights) || weights.shape.length === 2) return [readTable(weights, WHO)];
  const { shape, data } = weights;
  const [batch, count = 0, rows = 0, columns = 0] =
    shape.length === 3 ? [1, ...shape] : shape.length === 4 ? shape : [0];
  if (batch !== 1 || count === 0)
    throw new RangeError(
      `${WHO}: weights of [${shape.join(", ")}] - wanted [queries, keys] or [heads, queries, keys]`,
    );
  const size = rows * columns;
  return Array.from({ length: count }, (_, head) => {
    const part = Float64Array.from({ length: size }, (__, i) => data[head * size + i] ?? 0);
    return { rows, columns, data: part };
  });
}

function meanOf(heads: readonly Matrix[]): Matrix {
  const { rows, columns, data } = firstOf(heads);
  const sum = data.map((_, at) => heads.reduce((all, each) => all + (each.data[at] ?? 0), 0));
  return { rows, columns, data: sum.map((each) => each / heads.length) };
}

function sumToOne({ rows, columns, data }: Matrix): boolean {
  return Array.from({ length: rows }, (_, i) =>
    data.subarray(i * columns, (i + 1) * columns).reduce((sum, w) => sum + w, 0),
  ).every((sum) => Math.abs(sum - 1) < TOLERANCE);
}

/**
 * Attention weights between tokens: `[queries, keys]`, or one such matrix a head,
 * `[heads, queries, keys]`. A row says where its token looks.
 *
 * @throws RangeError for weights of another shape, or tokens that do not match them.
 * @example
 * plot.attention(weights, { tokens: ["the", "cat", "sat"], head: 2 });
 */
export function attention(weights: Table | TensorLike, options: AttentionOptions = {}): Attention {
  return new Attention(weights, options);
}

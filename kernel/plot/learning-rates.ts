/**
 * `plot.learningRates`: the learning-rate range test. Steps at rates that grow by one factor, from far
 * too low to far too high, and the loss at each: Smith, "Cyclical learning rates for training neural
 * networks" (2017), https://arxiv.org/abs/1506.01186. Afterwards everything stands as before.
 */
import type { FigureParts } from "../protocol.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { watched } from "../tensor/loop.ts";
import { modulesOf } from "../tensor/optim/at-work.ts";
import { Optimizer } from "../tensor/optim/optimizer.ts";
import { checkNumber, checkOptions } from "../tensor/options.ts";
import { defaultGenerator } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { lineTrace } from "./curves.ts";
import { checkHeight, Figure, type FigureJson, plane, type PlaneOptions } from "./figure.ts";
import { drawMarks } from "./guides.ts";
import { faint } from "./live-traces.ts";
import { formatNumber } from "./numbers.ts";
import { colors } from "./palette.ts";
import { scaleOf } from "./ticks.ts";
import { restoring } from "./weights.ts";

export interface LearningRatesOptions extends PlaneOptions {
  /** The lowest and the highest rate; 1e-5 and 10 unless told. */
  readonly from?: number;
  readonly to?: number;
  /** How many steps lie between them; 100 unless told. */
  readonly steps?: number;
  /** Of the running mean, 0 (off) to below 1; 0.8 unless told: single batches jump. */
  readonly smooth?: number;
}

const who = "plot.learningRates";
const optionNames = [
  "title",
  "height",
  "from",
  "to",
  "steps",
  "smooth",
] satisfies (keyof LearningRatesOptions)[];

const FROM = 1e-5;
const TO = 10;
const STEPS = 100;
const SMOOTH = 0.8;
/** The test ends when the mean loss is so many times the lowest: it only climbs from there. */
const LOST = 4;
/** Before so many steps nothing can be said of a curve. */
const FEWEST = 5;

/** An optimiser with whatever settings. */
type AnyOptimizer = Pick<
  Optimizer,
  "parameters" | "stateDict" | "loadStateDict" | "attach" | "detach" | "zeroGrad" | "step"
>;

export class LearningRates extends Figure {
  readonly #options: LearningRatesOptions;
  readonly #rates: number[] = [];
  readonly #losses: number[] = [];
  /** The running mean of the losses so far, corrected for its start at 0. */
  readonly #means: number[] = [];
  #sum = 0;
  #weight = 0;

  constructor(
    optimizer: AnyOptimizer,
    loss: (step: number) => Tensor,
    options: LearningRatesOptions,
  ) {
    super();
    checkOptions(who, options, optionNames);
    checkHeight(who, options.height);
    const { from = FROM, to = TO, steps = STEPS, smooth = SMOOTH } = options;
    checkNumber(who, "from", from, Number.MIN_VALUE);
    checkNumber(who, "to", to, from);
    checkNumber(who, "steps", steps, 2, 100_000);
    checkNumber(who, "smooth", smooth, 0, 0.999);
    if (!(optimizer instanceof Optimizer))
      throw new DTypeError(
        `${who}: ${kindOf(optimizer)} - wanted an optimiser, such as optim.SGD(net.parameters())`,
      );
    if (typeof loss !== "function")
      throw new DTypeError(
        `${who}: ${kindOf(loss)} for the loss - wanted a function, such as () => F.mse(net(x), y)`,
      );
    this.#options = options;
    this.appear();
    asBefore(optimizer, () => {
      const rates = Array.from(
        { length: steps },
        (_, i) => from * (to / from) ** (i / (steps - 1)),
      );
      this.#test(optimizer, loss, rates);
    });
    this.redraw();
  }

  #test(optimizer: AnyOptimizer, loss: (step: number) => Tensor, rates: readonly number[]): void {
    let rate = 0;
    const shaping = {
      rate: () => rate,
      inertia: (base: number) => base,
      describe: () => ({ kind: "range test", settings: { steps: rates.length } }),
    };
    optimizer.attach(shaping);
    try {
      for (const [step, next] of watched([...rates.entries()], rates.length)) {
        rate = next;
        const measured: unknown = loss(step);
        if (!(measured instanceof Tensor))
          throw new DTypeError(
            `${who}: the loss is ${kindOf(measured)} - wanted a tensor to learn from`,
          );
        this.#note(rate, measured.item());
        if (this.#isLost()) return;
        optimizer.zeroGrad();
        measured.backward();
        optimizer.step();
      }
    } finally {
      optimizer.detach(shaping);
    }
  }

  #note(rate: number, loss: number): void {
    const { smooth = SMOOTH } = this.#options;
    this.#sum = smooth * this.#sum + (1 - smooth) * loss;
    this.#weight = smooth * this.#weight + (1 - smooth);
    this.#rates.push(rate);
    this.#losses.push(loss);
    this.#means.push(this.#sum / this.#weight);
    this.redraw();
  }

  #isLost(): boolean {
    const last = this.#means.at(-1) ?? NaN;
    if (!Number.isFinite(last)) return true;
    const lowest = this.#means[lowestOf(this.#means)] ?? NaN;
    return this.#means.length > FEWEST && last > LOST * lowest;
  }

  /** Rates and the running mean of the losses at them, one for each step. */
  get curve(): { readonly rates: readonly number[]; readonly losses: readonly number[] } {
    return { rates: [...this.#rates], losses: [...this.#means] };
  }

  /** The rate at which the mean loss is lowest; beyond it training breaks down. NaN before any step. */
  get lowest(): number {
    return this.#rates[lowestOf(this.#means)] ?? NaN;
  }

  /**
   * The rate at which the mean loss falls fastest, for each factor of the rate: a rate to begin with.
   * NaN where it never fell.
   */
  get suggestion(): number {
    const mean = this.#means;
    const end = lowestOf(mean);
    let best = -1;
    let steepest = 0;
    for (let i = 1; i < end; i++) {
      const slope = (mean[i + 1]! - mean[i - 1]!) / 2; // i + 1 is at most the lowest place
      if (slope < steepest) [best, steepest] = [i, slope];
    }
    return this.#rates[best] ?? NaN;
  }

  override toJSON(): FigureJson {
    const { title, height, from = FROM, to = TO, smooth = SMOOTH } = this.#options;
    const [rates, mean] = [this.#rates, this.#means];
    const xScale = scaleOf([[from, to]], true, 0);
    // A last step that leaps to the sky would flatten what matters.
    const top = LOST * Math.min(...mean.filter(Number.isFinite), Infinity);
    const seen = [...mean, ...this.#losses].filter((loss) => loss <= top);
    const yScale = scaleOf([seen], false, 0.05);
    const { suggestion } = this;
    const marks = Number.isFinite(suggestion)
      ? [{ x: suggestion, label: `falls fastest: ${formatNumber(suggestion, 2)}` }]
      : [];
    const guides = drawMarks(marks, xScale, yScale, who);
    const isSmooth = smooth > 0;
    return {
      data: [
        ...(isSmooth ? [faint({ x: rates, y: this.#losses }, "loss", colors.train)] : []),
        lineTrace({ x: rates, y: mean }, isSmooth ? "mean loss" : "loss", colors.train, 0),
        ...guides.data,
      ],
      layout: {
        ...plane({
          title,
          x: "learning rate",
          y: "loss",
          xAxis: { ...xScale.axis, unifiedhovertitle: { text: "rate %{x:.3~g}" } },
          yAxis: yScale.axis,
          annotations: guides.annotations,
          right: 0,
          height,
        }),
        shapes: guides.shapes,
        hovermode: "x unified",
        uirevision: "rates",
      },
    };
  }

  protected override parts(): FigureParts {
    const { lowest, suggestion } = this;
    if (Number.isNaN(lowest) && this.#losses.length > 0)
      return {
        controls: [],
        notes: [
          "The loss is not a number from the first step: look for the cause before the rate.",
        ],
      };
    if (!Number.isFinite(suggestion)) return { controls: [], notes: [] };
    const [fastest, end] = [suggestion, lowest].map((rate) => formatNumber(rate, 2));
    return {
      controls: [],
      notes: [
        `The loss falls fastest near ${fastest} and no more beyond ${end}: begin near the first. The test has put everything back.`,
      ],
    };
  }

  override describe(): string {
    const { title } = this.#options;
    const [rates, mean] = [this.#rates, this.#means];
    const told = [rates[0], rates.at(-1)].map((rate) => formatNumber(rate ?? NaN, 2)).join(" to ");
    const ends = `lowest at ${formatNumber(this.lowest, 2)}, falls fastest near ${formatNumber(this.suggestion, 2)}`;
    const what = title ?? "range test of the learning rate";
    if (rates.length === 0) return `${what}, nothing yet`;
    if (Number.isNaN(this.lowest)) return `${what}: the loss is not a number from the first step`;
    return `${what}: ${rates.length} steps at rates from ${told}; the loss, ${formatNumber(mean[0] ?? NaN)} at first, is ${ends}`;
  }
}

function lowestOf(values: readonly number[]): number {
  let best = -1;
  values.forEach((value, i) => {
    if (best < 0 ? Number.isFinite(value) : value < values[best]!) best = i; // best is a place
  });
  return best;
}

/** Runs `body`, and puts back parameters, buffers, the optimiser, its slopes and the generator. */
function asBefore(optimizer: AnyOptimizer, body: () => void): void {
  const parameters = optimizer.parameters;
  const buffers = modulesOf(optimizer).flatMap((module) =>
    module.namedBuffers().map(([, buffer]) => buffer),
  );
  const slopes = parameters.map(({ grad }) => grad);
  const { tensors, ...rest } = optimizer.stateDict();
  const state = {
    ...rest,
    tensors: tensors.map((slot) =>
      Object.fromEntries(Object.entries(slot).map(([name, each]) => [name, each.detach().clone()])),
    ),
  };
  const generator = defaultGenerator.getState();
  try {
    restoring([...parameters, ...buffers], body);
  } finally {
    optimizer.loadStateDict(state);
    parameters.forEach((parameter, i) => (parameter.grad = slopes[i] ?? null));
    defaultGenerator.setState(generator);
  }
}

/**
 * The learning-rate range test: steps of the optimiser at rates that grow from far too low to far too
 * high, with `loss(step)` at each. Ends when the loss leaps. Then parameters, the optimiser and the
 * generator stand as before, so that a training after it gives the same numbers as without.
 *
 * @throws DTypeError for what is no optimiser or a loss that is no tensor, RangeError for rates that do not grow.
 * @example
 * const { train } = data.load("spiral").split(0.5);
 * const net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2));
 * const opt = optim.SGD(net.parameters(), { lr: 0.1 });
 * const test = plot.learningRates(opt, () => F.crossEntropy(net(train.x), train.y), { steps: 30 });
 * test.suggestion < test.lowest // true
 */
export function learningRates(
  optimizer: AnyOptimizer,
  loss: (step: number) => Tensor,
  options: LearningRatesOptions = {},
): LearningRates {
  return new LearningRates(optimizer, loss, options);
}

/** `plot.watch`: how a network fares while it learns, drawn in six ways and told in sentences. */
import type { FigureParts } from "../protocol.ts";
import { type FigureControl, surface } from "../run/surface.ts";
import { DTypeError, kindOf } from "../tensor/errors.ts";
import { Module } from "../tensor/nn/module.ts";
import { checkOptions } from "../tensor/options.ts";
import { checkHeight, Figure, type FigureJson, type PlaneOptions } from "./figure.ts";
import { type Health, ModelHealth } from "./health.ts";
import { healthNotes } from "./health-notes.ts";
import { formatNumber } from "./numbers.ts";
import { flowView, stripsView, unitsView, updatesView } from "./watch-views.ts";

/** What of a network's health is drawn. */
export type WatchView = "updates" | "slopes" | "weights" | "activations" | "flow" | "units";

const views = [
  "updates",
  "slopes",
  "weights",
  "activations",
  "flow",
  "units",
] as const satisfies WatchView[];

export interface WatchOptions extends PlaneOptions {
  /** What is drawn first; a list under the figure shows the others. "updates" unless told. */
  readonly show?: WatchView;
}

const optionNames = ["title", "height", "show"] satisfies (keyof WatchOptions)[];

/** A network under watch. */
export class Watch extends Figure {
  readonly #health: ModelHealth;
  readonly #options: WatchOptions;
  readonly #view: FigureControl<string>;
  /** The step that the reader looks back at. */
  #looked: number | null = null;

  constructor(model: Module, options: WatchOptions) {
    super();
    checkOptions("plot.watch", options, optionNames);
    checkHeight("plot.watch", options.height);
    const { show = "updates" } = options;
    if (!views.includes(show))
      throw new DTypeError(
        `plot.watch: show ${JSON.stringify(show)} - wanted one of ${views.join(", ")}`,
      );
    if (!(model instanceof Module))
      throw new DTypeError(
        `plot.watch: ${kindOf(model)} - wanted a network, such as nn.Sequential(...)`,
      );
    if (model.namedParameters().length === 0)
      throw new RangeError("plot.watch: a network without parameters - wanted one that learns");
    this.#options = options;
    const place = surface().place("plot.watch");
    // The network of the run before is watched no longer.
    const before = place.memory(() => ({ stop: () => {} }));
    before.stop();
    this.#health = new ModelHealth(model, () => this.redraw());
    before.stop = () => this.#health.stop();
    this.#view = place.control({ kind: "select", label: "Show", options: views, value: show });
    this.appear();
  }

  /**
   * Tells of a step that was made by hand; steps of an optimiser are seen without it. Cheap to call
   * every step: most steps are not looked at.
   */
  update(): void {
    this.#health.stepped();
  }

  /** Watches no longer; the figure stays. */
  stop(): void {
    this.#health.stop();
  }

  protected override position(): number {
    return this.#health.steps - 1;
  }

  protected override look(position: number | null): void {
    this.#looked = position;
    this.redraw();
  }

  /** What is told: of the step that the reader looks back at, or of the newest. */
  #seen(): Health {
    return this.#looked === null ? this.#health : this.#health.at(this.#looked);
  }

  override toJSON(): FigureJson {
    const health = this.#health;
    const options = { ...this.#options, looked: this.#looked ?? undefined };
    const strips = (which: "weights" | "slopes") =>
      health.layers.flatMap((layer) => {
        const histograms = layer[which];
        return histograms === null ? [] : [{ name: layer.name, histograms }];
      });
    switch (this.#view.read() as WatchView) {
      case "slopes":
        return stripsView(strips("slopes"), "size of slopes", true, options);
      case "weights":
        return stripsView(strips("weights"), "weights", false, options);
      case "activations":
        return stripsView([...health.activations.values()], "activations", false, options);
      case "flow":
        return flowView(this.#seen(), options);
      case "units":
        return unitsView(this.#seen(), options);
      default:
        return updatesView(health, options);
    }
  }

  protected override parts(): FigureParts {
    const view = this.#view.view();
    return { controls: view === null ? [] : [view], notes: healthNotes(this.#seen()) };
  }

  override describe(): string {
    const { layers, activations } = this.#seen();
    const { title = "health of a network" } = this.#options;
    const latest = layers.flatMap(({ name, looks }) => {
      const look = looks.at(-1);
      if (look === undefined) return [];
      const said = [
        look.slope === null ? "" : `slopes of size ${formatNumber(look.slope)}`,
        look.ratio === null ? "" : `updates of ${formatNumber(look.ratio)} of the weights`,
      ].filter((each) => each !== "");
      return [`${name} ${said.join(" and ")}`];
    });
    const units = Array.from(activations.values(), ({ name, dead, units: all, saturated }) => {
      const flat =
        saturated === null ? "" : `, ${formatNumber(100 * saturated)} % of values saturated`;
      return `${name} ${dead} of ${all} units dead${flat}`;
    });
    const step = layers[0]?.looks.at(-1)?.step;
    if (step === undefined) return `${title}, nothing yet`;
    return [
      `${title} at step ${step}: ${latest.join("; ")}`,
      ...units,
      ...healthNotes(this.#seen()),
    ].join("; ");
  }
}

/**
 * Watches a network while it learns: how large updates are beside the weights, how slopes flow,
 * how weights, slopes and activations are spread, which units are dead or saturated. Steps of an
 * optimiser are seen by themselves, and of these only some are looked at, so that training is not held up.
 *
 * @throws DTypeError for what is no network, RangeError for one without parameters.
 * @example
 * plot.watch(net);
 * plot.watch(net, { show: "activations" });
 */
export function watch(model: Module, options: WatchOptions = {}): Watch {
  return new Watch(model, options);
}

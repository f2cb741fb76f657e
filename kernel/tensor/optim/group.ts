/** Parameters that share settings, and what a schedule makes of their learning rate. */
import { kindOf } from "../errors.ts";
import type { Tensor } from "../tensor.ts";
import { checkSetting, isLive, type Live, read, type Setting, type Settings } from "./settings.ts";

/** What every optimiser has a setting for. */
export interface CommonOptions {
  /** The learning rate: how far a step goes. */
  readonly lr?: Live;
}

/** Parameters for an optimiser, with settings of their own; the optimiser's stand for the others. */
export type GroupOptions<O> = { readonly params: Iterable<Tensor> } & {
  readonly [K in keyof O]?: O[K];
};

/**
 * Parameters and their settings. Reading a setting gives its number at this moment; a number or
 * something live can be written.
 */
export type ParameterGroup<O> = Omit<Settings<O>, "lr"> & {
  readonly params: readonly Tensor[];
  /** The learning rate of the next step: the base, as the schedules change it. */
  get lr(): number;
  /** Replaces the base. */
  set lr(base: Live);
  /** The learning rate without schedules. */
  readonly initialLr: number;
};

/** A schedule by its name, and what it was made with; live settings unread. */
export interface ScheduleDescription {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What schedules do to the settings of group number `group`. */
export interface Shaping {
  /** The learning rate, of a base. */
  rate(base: number, group: number): number;
  /** Momentum, or the first of Adam's betas, of what was set. */
  inertia(base: number, group: number): number;
  describe(): ScheduleDescription;
}

/** A group from the inside: settings as given, live ones unread. */
export class Group {
  readonly params: readonly Tensor[];
  readonly #kind: string;
  readonly #given: Record<string, Setting>;
  readonly #shape: (setting: "rate" | "inertia", base: number) => number;

  /** `shape` runs a number through the schedules. */
  constructor(
    kind: string,
    params: readonly Tensor[],
    given: Record<string, Setting>,
    shape: (setting: "rate" | "inertia", base: number) => number,
  ) {
    this.params = params;
    this.#kind = kind;
    this.#given = given;
    this.#shape = shape;
  }

  get names(): readonly string[] {
    return Object.keys(this.#given);
  }

  /** Whether the setting is read anew each time. */
  isLive(name: string): boolean {
    const given = this.#given[name];
    return Array.isArray(given) ? given.some(isLive) : isLive(given);
  }

  /** @throws RangeError, TypeError for a setting that no step could use. */
  write(name: string, setting: unknown): void {
    this.check(name, setting);
    this.#given[name] = setting;
  }

  /** @throws RangeError, TypeError for a setting that no step could use, or that there is not. */
  check(name: string, setting: unknown): asserts setting is Setting {
    checkNames(this.#kind, { [name]: setting }, this.names);
    checkSetting(this.#kind, name, setting, this.#given[name]);
  }

  /** The setting at this moment, the schedules' part included. */
  read(name: string): Setting {
    const value = read(name, this.#given[name] ?? Number.NaN);
    if (typeof value === "boolean") return value;
    if (typeof value !== "number")
      return name === "betas" ? [this.#shape("inertia", value[0]), value[1]] : value;
    if (name === "lr") return this.#shape("rate", value);
    return name === "momentum" ? this.#shape("inertia", value) : value;
  }

  /** As given, live ones unread. */
  unread(): Readonly<Record<string, Setting>> {
    return this.#given;
  }

  /** All settings at this moment, without the schedules' part. */
  unscheduled(): Record<string, number | boolean | readonly [number, number]> {
    return Object.fromEntries(
      Object.entries(this.#given).map(([name, setting]) => [name, read(name, setting)]),
    );
  }

  /** All settings at this moment. */
  settings(): Record<string, Setting> {
    const now: Record<string, Setting> = {};
    for (const name in this.#given) now[name] = this.read(name);
    return now;
  }

  /** The learning rate without schedules. */
  initialLr(): number {
    return Number(read("lr", this.#given.lr ?? Number.NaN));
  }

  /** The group as the optimiser's owner sees it: an object with the settings as its fields. */
  face(): object {
    const face = { params: this.params };
    for (const name of this.names)
      Object.defineProperty(face, name, {
        enumerable: true,
        get: () => this.read(name),
        set: (setting: unknown) => {
          this.write(name, setting);
        },
      });
    return Object.defineProperty(face, "initialLr", { get: () => this.initialLr() });
  }
}

/** @throws TypeError for what is no object of settings, RangeError for a name not among `known`. */
export function checkNames(kind: string, settings: object, known: readonly string[]): void {
  if (typeof (settings as unknown) !== "object" || (settings as unknown) === null)
    throw new TypeError(
      `${kind}: ${kindOf(settings)} for the settings - wanted an object, as { lr: 0.1 }`,
    );
  const strange = Object.keys(settings).find((name) => !known.includes(name));
  if (strange !== undefined)
    throw new RangeError(
      `${kind}: it has no setting "${strange}" - wanted one of ${known.join(", ")}`,
    );
}

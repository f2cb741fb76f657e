/** `ui.select`: one of several options. */
import { surface } from "../run/surface.ts";
import { kindOf } from "../tensor/errors.ts";
import { checkOptions } from "../tensor/options.ts";
import { checkLabel, Knob } from "./knob.ts";

export interface SelectSettings<Chosen> {
  /** The option it starts with; the first unless told. A reader's choice survives a re-run. */
  readonly value?: Chosen;
}

/** A list to choose from under its cell. `value` is the option itself, or what stands behind its name. */
export class Select<Value> extends Knob<Value, string> {
  /** In the order given; the names are what the reader sees. */
  readonly #options: ReadonlyMap<string, Value>;

  constructor(label: string, options: ReadonlyMap<string, Value>, start: string) {
    const names = [...options.keys()];
    super(label, surface().knob({ kind: "select", label, options: names, value: start }));
    this.#options = options;
  }

  protected decode(held: string): Value {
    // What is held is always the name of an option.
    return this.#options.get(held) as Value;
  }

  protected encode(value: Value): string {
    for (const [name, option] of this.#options) if (Object.is(option, value)) return name;
    throw new RangeError(
      `ui.select: ${String(value)} is none of the options of "${this.label}": ${[...this.#options.keys()].join(", ")}`,
    );
  }
}

/**
 * A list to choose from under the running cell, with the reader's last choice. Options are texts,
 * numbers or truth values, and the value is one of them; or an object of names and what they stand for.
 *
 *     const name = ui.select("optimiser", ["SGD", "Adam"]);          // name.value: "SGD" | "Adam"
 *     const act = ui.select("activation", { tanh: Math.tanh, none: (x: number) => x });
 *
 * @throws TypeError, RangeError when there is no option, a name comes twice or the start is none of them.
 */
export function select<const Option extends string | number | boolean>(
  label: string,
  options: readonly Option[],
  settings?: SelectSettings<NoInfer<Option>>,
): Select<Option>;
export function select<const Options extends Readonly<Record<string, unknown>>>(
  label: string,
  options: Options,
  settings?: SelectSettings<keyof Options & string>,
): Select<Options[keyof Options]>;
export function select(
  label: string,
  options: readonly (string | number | boolean)[] | Readonly<Record<string, unknown>>,
  settings: SelectSettings<unknown> = {},
): Select<unknown> {
  checkLabel("ui.select", label);
  checkOptions("ui.select", settings, ["value"]);
  const named = namedOptions(label, options);
  const names = [...named.keys()];
  const { value = names[0] } = settings;
  const start = names.find((name) => name === String(value));
  if (start === undefined) {
    throw new RangeError(
      `ui.select: "${String(value)}" is none of the options of "${label}": ${names.join(", ")}`,
    );
  }
  return new Select(label, named, start);
}

function namedOptions(label: string, options: unknown): Map<string, unknown> {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `ui.select: ${kindOf(options)} for the options of "${label}" - wanted an array such as ["SGD", "Adam"]`,
    );
  }
  const named = new Map<string, unknown>();
  const entries = Array.isArray(options)
    ? options.map((option: unknown): [string, unknown] => [String(option), option])
    : Object.entries(options);
  for (const [name, option] of entries) {
    if (named.has(name)) {
      throw new RangeError(`ui.select: "${name}" stands twice among the options of "${label}"`);
    }
    named.set(name, option);
  }
  if (named.size === 0) throw new RangeError(`ui.select: "${label}" has no options to choose from`);
  return named;
}

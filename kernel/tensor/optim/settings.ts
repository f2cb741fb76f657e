/** Settings of optimisers and schedules: numbers that may be live, switches, pairs. */
import { DTypeError } from "../errors.ts";
import { checkNumber, printed } from "../options.ts";

/** A setting: a number, or something whose `value` is read anew at each step, such as a slider. */
export type Live = number | { readonly value: number };

export type Setting = Live | boolean | readonly [Live, Live];

/** A setting as it is at one moment. */
export type Now<T> = T extends boolean
  ? boolean
  : T extends readonly [unknown, unknown]
    ? readonly [number, number]
    : number;

/** All settings of an optimiser at one moment. */
export type Settings<O> = { -readonly [K in keyof O]-?: Now<NonNullable<O[K]>> };

/** The number behind a setting at this moment. @throws DTypeError when it is none, RangeError for NaN. */
export function now(name: string, setting: Live): number {
  const value = typeof setting === "number" ? setting : setting.value;
  checkNumber("optim", name, value);
  return value;
}

/** Whether `setting` is read anew each time; telling does not read it. */
export function isLive(setting: unknown): setting is { readonly value: number } {
  return typeof setting === "object" && setting !== null && "value" in setting;
}

/** What a setting is at this moment. */
export function read(name: string, setting: Setting): number | boolean | readonly [number, number] {
  if (typeof setting === "boolean") return setting;
  if (!isPair(setting)) return now(name, setting);
  return [now(`${name}[0]`, setting[0]), now(`${name}[1]`, setting[1])];
}

/**
 * Refuses a setting that no step could use; `like` is the default in its place. A live one is read
 * at the steps, and not here: reading a knob makes the cell follow it.
 * @throws DTypeError for the wrong kind, RangeError for a value that cannot be, naming the setting.
 */
export function checkSetting(
  kind: string,
  name: string,
  setting: unknown,
  like: Setting | undefined,
): asserts setting is Setting {
  if (typeof like === "boolean") {
    if (typeof setting !== "boolean")
      throw new DTypeError(`${kind}: ${name} is ${printed(setting)} - wanted true or false`);
  } else if (like !== undefined && isPair(like)) {
    if (!Array.isArray(setting) || setting.length !== 2)
      throw new DTypeError(
        `${kind}: ${name} is ${printed(setting)} - wanted two numbers, as [0.9, 0.99]`,
      );
    setting.forEach((each: unknown, i) => {
      checkLive(kind, `${name}[${i}]`, each);
      if (typeof each === "number" && each >= 1)
        throw new RangeError(`${kind}: ${name}[${i}] is ${each} - wanted a number below 1`);
    });
  } else checkLive(kind, name, setting);
}

/** @throws DTypeError, RangeError unless it is live, or a number that is 0 or more. */
export function checkLive(kind: string, name: string, setting: unknown): asserts setting is Live {
  if (!isLive(setting)) checkNumber(kind, name, setting, 0);
}

function isPair(setting: Setting): setting is readonly [Live, Live] {
  return Array.isArray(setting);
}

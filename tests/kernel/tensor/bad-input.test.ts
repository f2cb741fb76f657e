/**
 * Whatever arrives from an unchecked cell is taken or refused in our own words: the message starts
 * with the name of what was called. Every argument of every function gets everything that is wrong.
 */
import { describe, expect, test } from "vitest";
import { ones } from "../../../kernel/tensor/index.ts";
import type { Argument } from "./bad-input/arguments.ts";
import { functions } from "./bad-input/functions.ts";
import { methods, withoutArguments } from "./bad-input/methods.ts";
import { elsewhere } from "./bad-input/elsewhere.ts";
import { documentedExports } from "./examples/docstrings.ts";

interface Call {
  readonly name: string;
  readonly run: (...args: unknown[]) => unknown;
  readonly args: readonly Argument[];
}

const calls: readonly Call[] = [
  ...Object.entries(functions).map(([name, { run, args }]) => ({
    name,
    run: (...values: unknown[]) => run(...(values as never[])),
    args,
  })),
  ...Object.entries(methods).map(([name, { on = () => ones([2, 3]), args }]) => ({
    name: `Tensor.${name}`,
    run: (...values: unknown[]) => {
      const x = on();
      return Reflect.apply(Reflect.get(x, name) as (...args: unknown[]) => unknown, x, values);
    },
    args,
  })),
];

/** The error of a call, or what it returned instead. */
function outcome(run: () => unknown): { readonly error?: unknown; readonly result?: unknown } {
  try {
    return { result: run() };
  } catch (error) {
    return { error };
  }
}

/** `sum` for `Tensor.sum`, `add_` or `add` for `Tensor.add_`: what a message may start with. */
function starts(name: string): string[] {
  const last = name.split(".").at(-1) ?? name;
  return [name, last, last.replace(/_$/, "")].map((each) => `${each}: `);
}

/** What is wrong with how a bad value was met, or null. */
function complaint(
  { name, run, args }: Call,
  at: number,
  what: string,
  bad: unknown,
): string | null {
  const values = args.map(({ good }, i) => (i === at ? bad : good()));
  const { error, result } = outcome(() => run(...values));
  const where = `${name} with ${what} as argument ${at}`;
  if (error === undefined) return `${where} returned ${String(result).slice(0, 60)}`;
  if (!(error instanceof Error)) return `${where} threw ${typeof error}`;
  const isOurs = starts(name).some((start) => error.message.startsWith(start));
  return isOurs ? null : `${where} said "${error.name}: ${error.message}"`;
}

describe.each(calls.map((call) => [call.name, call] as const))("%s", (_, call) => {
  test("takes what is right", () => {
    expect(outcome(() => call.run(...call.args.map(({ good }) => good()))).error).toBeUndefined();
  });

  test.each(call.args.map(({ bad }, i) => [i, bad] as const))(
    "refuses by its name what is wrong as argument %i",
    (at, bad) => {
      const wrong = bad.flatMap(([what, make]) => complaint(call, at, what, make()) ?? []);
      expect(wrong, wrong.join("\n")).toEqual([]);
    },
  );
});

test("every public function, class and method is called", () => {
  const known = new Set(calls.map(({ name }) => name));
  const wanting = documentedExports()
    .filter(
      ({ kind, path }) => kind === "function" || kind === "class" || path.startsWith("Tensor."),
    )
    .map(({ path }) => path)
    .filter((path) => !known.has(path) && !withoutArguments.has(path.replace(/^Tensor\./, "")))
    .filter((path) => !elsewhere.some(([pattern]) => pattern.test(path)));
  expect(wanting, wanting.join("\n")).toEqual([]);
});

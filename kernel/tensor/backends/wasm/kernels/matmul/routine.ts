/** Functions whose arguments are given by name: those of matrix products are too many for an order. */
import type { FunctionBody, ModuleWriter, Value } from "../../assembler/index.ts";
import type { Arguments, Parameters } from "../../assembler/function.ts";

/** Calls a function from the body `f`. */
export type Routine<P extends Parameters> = (
  f: FunctionBody,
  values: { readonly [K in keyof P]: Value<P[K]> },
) => void;

/** As `writer.function`, for a function without a result. */
export function writeRoutine<P extends Parameters>(
  writer: ModuleWriter,
  name: string,
  parameters: P,
  body: (f: FunctionBody, args: Arguments<P>) => void,
): Routine<P> {
  const callee = writer.function(name, parameters, body);
  const names: readonly (keyof P)[] = Object.keys(parameters);
  return (f, values) => f.call(callee, ...names.map((each) => values[each]));
}

/** Parameters that are whole numbers, as addresses are. */
export function whole<K extends string>(...names: readonly K[]): Readonly<Record<K, "i32">> {
  // Every name gets an entry.
  return Object.fromEntries(names.map((name) => [name, "i32"])) as Record<K, "i32">;
}

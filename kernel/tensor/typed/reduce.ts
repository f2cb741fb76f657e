/** The shape that a reduction leaves. */
import type { Shape } from "../view.ts";
import type { Drop, IsPlain, Place, Put } from "./dims.ts";
import type { IsKnown, Unknown } from "./unknown.ts";

/** The places of a list of dims, as a union; `number` when one is not known. */
type Places<S extends Shape, D extends readonly unknown[]> = {
  [K in keyof D]: IsPlain<S, D[K]> extends true ? Place<S["length"], D[K]> : number;
}[number];

/** Without the dims `D` (all when undefined), or with 1 in their places when `Keep` is true. */
export type Reduced<S extends Shape, D, Keep> = [unknown] extends [S | D]
  ? Unknown
  : [D] extends [undefined]
    ? Left<S, S extends readonly [] ? never : number, Keep>
    : [D] extends [readonly unknown[]]
      ? number extends D["length"]
        ? Unknown
        : number extends Places<S, D>
          ? Unknown
          : Left<S, Places<S, D>, Keep>
      : IsPlain<S, D> extends true
        ? [Place<S["length"], D>] extends [never]
          ? Unknown
          : Left<S, Place<S["length"], D>, Keep>
        : Unknown;

type Left<S extends Shape, P, Keep> = [Keep] extends [false]
  ? number extends P
    ? []
    : Drop<S, P>
  : [Keep] extends [true]
    ? IsKnown<S> extends true
      ? number extends P
        ? { -readonly [K in keyof S]: 1 }
        : Put<S, P & number, 1>
      : Unknown
    : Unknown;

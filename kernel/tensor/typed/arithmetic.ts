/** Sums and products of sizes, digit by digit as on paper; `number` when one is not known. */
import type { Shape } from "../view.ts";
import type { IsLiteral } from "./unknown.ts";

/** How many elements sizes make together. */
export type Product<Sizes extends Shape, Total extends string = "1"> = Sizes extends readonly [
  infer First extends number,
  ...infer Rest extends Shape,
]
  ? IsLiteral<First> extends true
    ? Product<Rest, First extends 1 ? Total : Times<Turned<`${First}`>, Total>>
    : number
  : Sizes extends readonly []
    ? Read<Total>
    : number;

/** `M + N` */
export type Sum<M extends number, N extends number> = [IsLiteral<M>, IsLiteral<N>] extends [
  true,
  true,
]
  ? Read<Plus<Turned<`${M}`>, Turned<`${N}`>>>
  : number;

// Numbers below are texts of digits, the ones first: 400 is "004". No digits are 0.

interface Ones {
  0: [];
  1: [0];
  2: [0, 0];
  3: [0, 0, 0];
  4: [0, 0, 0, 0];
  5: [0, 0, 0, 0, 0];
  6: [0, 0, 0, 0, 0, 0];
  7: [0, 0, 0, 0, 0, 0, 0];
  8: [0, 0, 0, 0, 0, 0, 0, 0];
  9: [0, 0, 0, 0, 0, 0, 0, 0, 0];
}

type Count<Digit extends string> = Digit extends `${infer N extends keyof Ones}` ? Ones[N] : never;

type Turned<T extends string> = T extends `${infer First}${infer Rest}`
  ? `${Turned<Rest>}${First}`
  : "";

type Read<T extends string> = Stripped<Turned<T>> extends `${infer N extends number}` ? N : number;

type Stripped<T extends string> = T extends `0${infer Rest}`
  ? Rest extends ""
    ? "0"
    : Stripped<Rest>
  : T;

type Plus<
  X extends string,
  Y extends string,
  Carry extends 0[] = [],
> = X extends `${infer A}${infer XRest}`
  ? Y extends `${infer B}${infer YRest}`
    ? Carried<[...Count<A>, ...Count<B>, ...Carry]["length"] & number, XRest, YRest>
    : Carry extends []
      ? X
      : Plus<X, "0", Carry>
  : Carry extends []
    ? Y
    : Plus<"0", Y extends "" ? "0" : Y, Carry>;

type Carried<
  Total extends number,
  XRest extends string,
  YRest extends string,
> = `${Total}` extends `1${infer Digit extends keyof Ones}`
  ? `${Digit}${Plus<XRest, YRest, [0]>}`
  : `${Total}${Plus<XRest, YRest>}`;

type Times<X extends string, Y extends string> = Y extends `${infer Digit}${infer Rest}`
  ? Plus<Multiple<X, Count<Digit>>, `0${Times<X, Rest>}`>
  : "";

type Multiple<X extends string, N extends 0[]> = N extends [0, ...infer Rest extends 0[]]
  ? Plus<X, Multiple<X, Rest>>
  : "";

/** Arithmetic of sizes, digit by digit as on paper; `number` when one is not known. */
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

/** `M - N`; `number` when it is below 0. */
export type Difference<M extends number, N extends number> = [IsLiteral<M>, IsLiteral<N>] extends [
  true,
  true,
]
  ? Minus<Turned<`${M}`>, Turned<`${N}`>> extends infer Rest extends string
    ? Read<Rest>
    : number
  : number;

/** `M / N` rounded down, for an `N` of 1 to 99. */
export type Quotient<M extends number, N extends number> = [IsLiteral<M>, IsLiteral<N>] extends [
  true,
  true,
]
  ? Zeros<`${N}`> extends infer Divisor extends [0, ...0[]]
    ? Read<Turned<Over<`${M}`, Divisor>>>
    : number
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

/** Null when there is too little to take from. */
type Minus<
  X extends string,
  Y extends string,
  Borrowed extends 0[] = [],
> = X extends `${infer A}${infer XRest}`
  ? Y extends `${infer B}${infer YRest}`
    ? Taken<Count<A>, [...Count<B>, ...Borrowed], XRest, YRest>
    : Borrowed extends []
      ? X
      : Taken<Count<A>, Borrowed, XRest, "">
  : Y extends ""
    ? Borrowed extends []
      ? ""
      : null
    : null;

type Taken<A extends 0[], B extends 0[], XRest extends string, YRest extends string> = A extends [
  ...B,
  ...infer Left extends 0[],
]
  ? Before<Left["length"], Minus<XRest, YRest>>
  : [...Ones[9], 0, ...A] extends [...B, ...infer Left extends 0[]]
    ? Before<Left["length"], Minus<XRest, YRest, [0]>>
    : null;

type Before<Digit extends number, Rest> = Rest extends string ? `${Digit}${Rest}` : null;

/** As many zeros as a number of one or two digits says. */
type Zeros<T extends string> = T extends `${infer N extends keyof Ones}`
  ? Ones[N]
  : T extends `${infer Tens extends keyof Ones}${infer Rest extends keyof Ones}`
    ? [...Tenfold<Ones[Tens]>, ...Ones[Rest]]
    : null;

type Tenfold<N extends 0[]> = [...N, ...N, ...N, ...N, ...N, ...N, ...N, ...N, ...N, ...N];

/** Division from the first digit on; here the first digit stands first, in what comes out too. */
type Over<
  X extends string,
  Divisor extends 0[],
  Left extends 0[] = [],
  Out extends string = "",
> = X extends `${infer Digit}${infer Rest}`
  ? Parted<[...Tenfold<Left>, ...Count<Digit>], Divisor> extends [
      infer Times extends 0[],
      infer Remainder extends 0[],
    ]
    ? Over<Rest, Divisor, Remainder, `${Out}${Times["length"]}`>
    : never
  : Out;

/** How often the divisor goes into a number, and what is left. */
type Parted<N extends 0[], Divisor extends 0[], Times extends 0[] = []> = N extends [
  ...Divisor,
  ...infer Rest extends 0[],
]
  ? Parted<Rest, Divisor, [...Times, 0]>
  : [Times, N];

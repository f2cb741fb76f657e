/**
 * Einstein's sums read letter by letter, as `einsum.ts` reads them when they run. What cannot be
 * followed is unknown: an equation that is not written out, "..." in it, and the errors of its grammar.
 */
import type { Shape } from "../view.ts";
import type { ShapeOf } from "./broadcast.ts";
import type { IsKnown, IsLiteral, Unknown } from "./unknown.ts";
import type { Printed, Said } from "./wording.ts";

/** Sizes by letter. */
type Sizes = Readonly<Record<string, number>>;

/** Two sizes of one letter that differ. */
interface Conflict<Letter extends string, M extends number, N extends number> {
  readonly letter: Letter;
  readonly sizes: [M, N];
}

/** A term of another number of letters than its tensor has dimensions. */
interface Misfit<Term extends string, Rank extends number, Wanted extends number> {
  readonly misfit: [Term, Rank, Wanted];
}

/** Another number of tensors than of terms. */
interface Count<Given extends number, Wanted extends number> {
  readonly count: [Given, Wanted];
}

type Spaceless<T extends string> = T extends `${infer Front} ${infer Behind}`
  ? Spaceless<`${Front}${Behind}`>
  : T;

/** Whether an equation is one text, written out, whose dimensions all have letters. */
type IsPlain<E> = [unknown] extends [E]
  ? false
  : [E] extends [string]
    ? string extends E
      ? false
      : IsOneOf<E, E> extends true
        ? E extends `${string}.${string}`
          ? false
          : true
        : false
    : false;

/** Whether a text is not a choice of several. */
type IsOneOf<E, All> = E extends unknown ? ([All] extends [E] ? true : false) : never;

type Terms<T extends string> = T extends `${infer First},${infer Rest}`
  ? [First, ...Terms<Rest>]
  : [T];

type Letters<T extends string> = T extends `${infer First}${infer Rest}`
  ? [First, ...Letters<Rest>]
  : [];

/** The sizes of all letters, or the first thing that is wrong; `any` where a shape is unknown. */
type Read<E extends string, T extends readonly unknown[]> =
  Spaceless<E> extends `${infer Left}->${string}`
    ? Matched<Terms<Left>, T>
    : Matched<Terms<Spaceless<E>>, T>;

type Matched<L extends readonly string[], T extends readonly unknown[]> = number extends T["length"]
  ? Unknown
  : L["length"] extends T["length"]
    ? Ranked<L, T> extends infer Wrong extends Misfit<string, number, number>
      ? Wrong
      : Collected<L, T>
    : Count<T["length"], L["length"]>;

/** Whether every term has as many letters as its tensor has dimensions. */
type Ranked<L extends readonly string[], T extends readonly unknown[]> = L extends readonly [
  infer Term extends string,
  ...infer Terms extends readonly string[],
]
  ? T extends readonly [infer First, ...infer Rest]
    ? IsKnown<ShapeOf<First>> extends true
      ? Letters<Term>["length"] extends ShapeOf<First>["length"]
        ? Ranked<Terms, Rest>
        : Misfit<Term, ShapeOf<First>["length"], Letters<Term>["length"]>
      : null
    : null
  : null;

type Collected<
  L extends readonly string[],
  T extends readonly unknown[],
  Known extends Sizes = Record<never, number>,
> = L extends readonly [infer Term extends string, ...infer Terms extends readonly string[]]
  ? T extends readonly [infer First, ...infer Rest]
    ? IsKnown<ShapeOf<First>> extends true
      ? Named<Letters<Term>, ShapeOf<First>, Known> extends infer Next
        ? Next extends Sizes
          ? Collected<Terms, Rest, Next>
          : Next
        : never
      : Unknown
    : Unknown
  : Known;

/** One term's letters with their sizes; `Own` are those that this term has named. */
type Named<
  L extends readonly string[],
  S extends Shape,
  Known extends Sizes,
  Own extends Sizes = Record<never, number>,
> = L extends readonly [infer Letter extends string, ...infer Letters extends readonly string[]]
  ? S extends readonly [infer N extends number, ...infer Sizes extends Shape]
    ? Letter extends keyof Own
      ? Clashes<Own[Letter], N, false> extends true
        ? Conflict<Letter, Own[Letter], N>
        : Named<Letters, Sizes, Known, Own>
      : Letter extends keyof Known
        ? Clashes<Known[Letter], N, true> extends true
          ? Conflict<Letter, Known[Letter], N>
          : Named<
              Letters,
              Sizes,
              Omit<Known, Letter> & Record<Letter, Wider<Known[Letter], N>>,
              Own & Record<Letter, N>
            >
        : Named<Letters, Sizes, Known & Record<Letter, N>, Own & Record<Letter, N>>
    : Known
  : Known;

/** Whether two sizes of a letter cannot be one; 1 stretches, but not within a term. */
type Clashes<M extends number, N extends number, Stretches> =
  IsLiteral<M> extends true
    ? IsLiteral<N> extends true
      ? [M] extends [N]
        ? false
        : Stretches extends true
          ? 1 extends M | N
            ? false
            : true
          : true
      : false
    : false;

type Wider<M extends number, N extends number> =
  IsLiteral<M> extends true
    ? [M] extends [1]
      ? N
      : M
    : IsLiteral<N> extends true
      ? [N] extends [1]
        ? M
        : N
      : number;

/** The shape of `einsum(equation, ...tensors)`. */
export type Summed<E, T extends readonly unknown[]> =
  Result<E, T> extends infer R extends Shape ? R : Unknown;

type Result<E, T extends readonly unknown[]> =
  IsPlain<E> extends true
    ? Read<E & string, T> extends infer Known
      ? IsSizes<Known> extends true
        ? Spaceless<E & string> extends `${string}->${infer Named}`
          ? Sized<Letters<Named>, Known>
          : Sized<Letters<Lonely<E & string>>, Known>
        : Unknown
      : never
    : Unknown;

type IsSizes<Known> = [unknown] extends [Known]
  ? false
  : Known extends
        | Conflict<string, number, number>
        | Misfit<string, number, number>
        | Count<number, number>
    ? false
    : true;

type Sized<L, Known> = L extends readonly [infer Letter, ...infer Rest]
  ? Letter extends keyof Known
    ? [Known[Letter] & number, ...Sized<Rest, Known>]
    : Unknown
  : [];

/** Letters that occur once in all terms, in the order of the alphabet, capitals first. */
type Lonely<
  T extends string,
  From extends string = Alphabet,
> = From extends `${infer Letter}${infer Rest}`
  ? T extends `${string}${Letter}${infer Behind}`
    ? Behind extends `${string}${Letter}${string}`
      ? Lonely<T, Rest>
      : `${Letter}${Lonely<T, Rest>}`
    : Lonely<T, Rest>
  : "";

type Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Nothing to add, or the sentence that the tensors do not go with the equation. */
export type Sums<E, T extends readonly unknown[]> =
  IsPlain<E> extends true
    ? Read<E & string, T> extends infer Known
      ? [unknown] extends [Known]
        ? unknown
        : Known extends Conflict<infer Letter, infer M, infer N>
          ? Said<"letters", { equation: E & string; shapes: Listed<T>; m: M; n: N; letter: Letter }>
          : Known extends Misfit<infer Term, infer Rank, infer Wanted>
            ? Said<"term", { equation: E & string; term: Term; n: Rank; wanted: `${Wanted}` }>
            : Known extends Count<infer Given, infer Wanted>
              ? Said<"terms", { equation: E & string; n: Given; m: Wanted }>
              : unknown
      : never
    : unknown;

type Listed<T extends readonly unknown[]> = T extends readonly [infer Only]
  ? Printed<ShapeOf<Only>>
  : T extends readonly [infer First, ...infer Rest]
    ? `${Printed<ShapeOf<First>> & string} and ${Listed<Rest> & string}`
    : "";

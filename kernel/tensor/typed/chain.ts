/** Whether the layers of a chain fit each other, checked where it is made: widths and channels. */
import type { Centers, Convolves, Keeps, Maps, Normalizes, Pools, Ruled } from "./layers.ts";
import type { Shape } from "../view.ts";
import type { IsLiteral, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** The last layer that named what it gives: where it stands, how many, and of what. */
interface Given<At extends number, Count extends number, What extends string> {
  readonly at: At;
  readonly count: Count;
  readonly what: What;
}

type Values = "values";
type Channels = "channels";

/** Nothing to add, or the sentence that a layer takes another size than the one before it gives. */
export type Links<
  L extends readonly unknown[],
  Last = null,
  Seen extends 0[] = [],
> = Seen["length"] extends 8
  ? unknown
  : L extends readonly [infer Layer, ...infer Rest]
    ? Layer extends Ruled<infer R>
      ? R extends Maps<infer In, infer Out>
        ? Linked<Last, In, Out, Values, Rest, Seen>
        : R extends Convolves<infer _Rank, infer In, infer Out, infer _Window, infer _Groups>
          ? Linked<Last, In, Out, Channels, Rest, Seen>
          : R extends Keeps
            ? R extends Normalizes<1 | 2, infer C>
              ? Kept<Last, C, Channels, Rest, Seen>
              : R extends Centers<infer Sizes>
                ? Kept<Last, LastOf<Sizes>, Values, Rest, Seen>
                : Links<Rest, Last, [...Seen, 0]>
            : R extends Pools
              ? Links<
                  Rest,
                  Last extends Given<number, number, Channels> ? Last : null,
                  [...Seen, 0]
                >
              : Links<Rest, null, [...Seen, 0]>
      : Links<Rest, null, [...Seen, 0]>
    : unknown;

/** What a layer that takes `In` says of the last size, else what the rest of the chain says. */
type Linked<
  Last,
  In extends number,
  Out extends number,
  What extends string,
  Rest extends readonly unknown[],
  Seen extends 0[],
> =
  Last extends Given<infer At, infer Count, What>
    ? [IsLiteral<In>, IsLiteral<Count>] extends [true, true]
      ? [In] extends [Count]
        ? Links<Rest, Given<Seen["length"], Out, What>, [...Seen, 0]>
        : Said<"chain", { from: At; m: Count; what: What; to: Seen["length"]; n: In }>
      : Links<Rest, Given<Seen["length"], Out, What>, [...Seen, 0]>
    : Links<Rest, Given<Seen["length"], Out, What>, [...Seen, 0]>;

/** As `Linked`, for a layer that gives what it takes; it says nothing of what others count. */
type Kept<
  Last,
  Count extends number,
  What extends string,
  Rest extends readonly unknown[],
  Seen extends 0[],
> =
  Last extends Given<number, number, infer Other>
    ? Other extends What
      ? Linked<Last, Count, Count, What, Rest, Seen>
      : Links<Rest, Last, [...Seen, 0]>
    : Linked<Last, Count, Count, What, Rest, Seen>;

type LastOf<Sizes> = [unknown] extends [Sizes]
  ? Unknown
  : Sizes extends number
    ? Sizes
    : Sizes extends readonly [...Shape, infer N extends number]
      ? N
      : number;

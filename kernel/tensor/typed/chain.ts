/** Whether the layers of a chain fit each other, checked where it is made: widths only. */
import type { Keeps, Maps, Ruled } from "./layers.ts";
import type { IsLiteral } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** The last layer that named its width: where it stands and what it gives. */
interface Given<At extends number, Width extends number> {
  readonly at: At;
  readonly width: Width;
}

/** Nothing to add, or the sentence that a layer takes another width than the one before it gives. */
export type Links<
  L extends readonly unknown[],
  Last = null,
  Seen extends 0[] = [],
> = Seen["length"] extends 8
  ? unknown
  : L extends readonly [infer Layer, ...infer Rest]
    ? Layer extends Ruled<infer R>
      ? R extends Maps<infer In, infer Out>
        ? Last extends Given<infer At, infer Width>
          ? [IsLiteral<In>, IsLiteral<Width>] extends [true, true]
            ? [In] extends [Width]
              ? Links<Rest, Given<Seen["length"], Out>, [...Seen, 0]>
              : Said<"chain", { from: At; m: Width; to: Seen["length"]; n: In }>
            : Links<Rest, Given<Seen["length"], Out>, [...Seen, 0]>
          : Links<Rest, Given<Seen["length"], Out>, [...Seen, 0]>
        : R extends Keeps
          ? Links<Rest, Last, [...Seen, 0]>
          : Links<Rest, null, [...Seen, 0]>
      : Links<Rest, null, [...Seen, 0]>
    : unknown;

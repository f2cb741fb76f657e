/** Shapes of layers that read a sequence step by step: what they give, and what they ask for. */
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import type { Product } from "./arithmetic.ts";
import type { ShapeOf } from "./broadcast.ts";
import type { Differs } from "./joins.ts";
import type { Ruled } from "./layers.ts";
import type { AreKnown, IsKnown, IsLiteral, Unknown } from "./unknown.ts";
import type { Said } from "./wording.ts";

/** The rule of such a layer; `Parts` counts the tensors of its state. */
export interface Reader<
  Kind extends string,
  Parts extends 1 | 2,
  In extends number,
  Hidden extends number,
  Layers extends number,
  BatchFirst,
  Bidirectional,
> extends Recurs {
  readonly reader: [Kind, Parts, In, Hidden, Layers, BatchFirst, Bidirectional];
}

/** That a layer is such a one. */
export interface Recurs {
  readonly recurs: true;
}

/** `N` once for each direction. */
type Directed<N extends number, Bidirectional> = [unknown] extends [Bidirectional]
  ? number
  : [Bidirectional] extends [false]
    ? N
    : [Bidirectional] extends [true]
      ? Product<[2, N]>
      : number;

/** What comes of an input of shape `S`: the output, and the state after the last step. */
export type Reads<M, S extends Shape> =
  M extends Ruled<
    Reader<string, infer Parts, infer In, infer Hidden, infer Layers, infer BatchFirst, infer Both>
  >
    ? Parts extends 1
      ? [
          output: Tensor<Output<S, In, Hidden, Both>>,
          h: Tensor<State<S, In, Hidden, Layers, BatchFirst, Both>>,
        ]
      : [
          output: Tensor<Output<S, In, Hidden, Both>>,
          state: [
            h: Tensor<State<S, In, Hidden, Layers, BatchFirst, Both>>,
            c: Tensor<State<S, In, Hidden, Layers, BatchFirst, Both>>,
          ],
        ]
    : Unknown;

/** `[length, n, in] -> [length, n, hidden]`, twice as many where both directions are read. */
type Output<S extends Shape, In extends number, Hidden extends number, Both> =
  IsKnown<S> extends true
    ? [unknown] extends [In]
      ? Unknown
      : S extends readonly [
            ...infer Front extends readonly [number] | readonly [number, number],
            number,
          ]
        ? [...Front, Directed<Hidden, Both>]
        : Unknown
    : Unknown;

/** `[layers, n, hidden]`, also without the batch; twice as many layers for both directions. */
type State<
  S extends Shape,
  In extends number,
  Hidden extends number,
  Layers extends number,
  BatchFirst,
  Both,
> =
  IsKnown<S> extends true
    ? [unknown] extends [In]
      ? Unknown
      : S extends readonly [infer A extends number, infer B extends number, number]
        ? [Directed<Layers, Both>, BatchOf<A, B, BatchFirst>, Hidden]
        : S extends readonly [number, number]
          ? [Directed<Layers, Both>, Hidden]
          : Unknown
    : Unknown;

type BatchOf<A extends number, B extends number, BatchFirst> = [BatchFirst] extends [false]
  ? B
  : [BatchFirst] extends [true]
    ? A
    : number;

/** Nothing to add, or the sentence that the input, or the state it starts from, has another shape. */
export type ReadFrom<M, S extends Shape, Rest extends readonly unknown[]> =
  IsKnown<S> extends true
    ? M extends Ruled<
        Reader<
          infer Kind,
          infer Parts,
          infer In,
          infer Hidden,
          infer Layers,
          infer BatchFirst,
          infer Both
        >
      >
      ? IsLiteral<In> extends true
        ? IsSequence<S, In> extends true
          ? Starts<Kind, Parts, State<S, In, Hidden, Layers, BatchFirst, Both>, Rest>
          : [BatchFirst] extends [false]
            ? Said<"sequence", { op: Kind; a: S; wanted: `[length, n, ${In}] or [length, ${In}]` }>
            : [BatchFirst] extends [true]
              ? Said<
                  "sequence",
                  { op: Kind; a: S; wanted: `[n, length, ${In}] or [length, ${In}]` }
                >
              : unknown
        : unknown
      : unknown
    : unknown;

/** Whether a shape may be that of steps of `In` values. */
type IsSequence<S extends Shape, In extends number> = S extends readonly [
  ...([number] | [number, number]),
  infer Size extends number,
]
  ? Differs<[Size], [In]> extends true
    ? false
    : true
  : false;

type Starts<
  Kind extends string,
  Parts,
  Wanted extends Shape,
  Rest extends readonly unknown[],
> = Rest extends readonly [infer Start, ...unknown[]]
  ? Parts extends 1
    ? StartsAt<Kind, ShapeOf<Start>, Wanted>
    : Start extends readonly [infer H, infer C]
      ? unknown extends StartsAt<Kind, ShapeOf<H>, Wanted>
        ? StartsAt<Kind, ShapeOf<C>, Wanted>
        : StartsAt<Kind, ShapeOf<H>, Wanted>
      : unknown
  : unknown;

type StartsAt<Kind extends string, S extends Shape, Wanted extends Shape> =
  AreKnown<Wanted, S> extends true
    ? Differs<S, Wanted> extends true
      ? Said<"start", { op: Kind; a: S; b: Wanted }>
      : unknown
    : unknown;

/**
 * The sentences about shapes, each written once: `say` makes the run-time error of one, `Said` the
 * text of the squiggle. `{a}` stands for the part named a.
 */
import { ShapeError } from "../errors.ts";
import type { Shape } from "../view.ts";

export const wording = {
  broadcast:
    "{op}: {a} and {b} cannot be broadcast - sizes {m} and {n} must be equal, or one of them 1",
  noDimension: "matmul: {a} x {b} - both need at least one dimension",
  inner: "matmul: {a} x {b} - inner sizes {m} and {n} must match",
  leading: "matmul: {a} x {b} - leading sizes {m} and {n} must be equal, or one of them 1",
  dim: "{op}: dim {dim} of {a} - wanted {wanted}",
  order: "permute: order {a} of {b} - each dim must be named once",
  reshape: "{op}: {a} to {b} - {m} elements cannot fill {n}",
  indices: "{op}: {n} indices for {a} - it has {m} dimensions",
  cat: "cat: {a} and {b} - all sizes except that of dim {dim} must be equal",
  stack: "stack: {a} and {b} - all shapes must be equal",
  linear: "linear: {a} x weight {b} - the last size of the input must be {n}",
  channels: "{op}: {a} by filter {b} - channels {m} and {n} must match",
  paired: "{op}: prediction {a} and target {b} - shapes must be equal",
  labels: "{op}: {what} {a} and labels {b} - wanted [n, classes] and [n]",
  sequence: "{op}: input {a} - wanted {wanted}",
  start: "{op}: start state {a} - wanted {b}",
  attends: "MultiheadAttention: {what} {a} - its last size must be {n}",
  keys: "MultiheadAttention: key {a} and value {b} - all sizes but the last must be equal",
  batches: "MultiheadAttention: query {a} and key {b} - batches of {m} and {n} must be equal",
  ends: "layerNorm: {a} - wanted an input that ends with {b}",
  normalizes: "{op}: {a} - wanted {wanted}",
  expand: "{op}: {a} to {b} - only sizes of 1 can be stretched",
  dot: "dot: {a} . {b} - sizes {m} and {n} must match",
  vectors: "{op}: {a} {sign} {b} - wanted two vectors",
  letters: 'einsum: "{equation}" of {shapes} - sizes {m} and {n} of {letter} must match',
  terms: 'einsum: "{equation}" of {n} tensors - wanted {m}, one for each term',
  term: 'einsum: "{equation}" has the term "{term}" for a tensor of {n} dimensions - wanted {wanted}',
  chain: "Sequential: layer {from} gives {m} {what} and layer {to} takes {n} - both must be equal",
} as const;

type Wording = (typeof wording)[keyof typeof wording];

/** The names between braces. */
type Part<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Part<Rest>
  : never;

type Parts<T extends string> = Readonly<Record<Part<T>, string | number | Shape>>;

function printed(part: string | number | Shape): string {
  return typeof part === "object" ? `[${part.join(", ")}]` : String(part);
}

/** A sentence of the list as the error it is at run time; `hint` is one suggested fix. */
export function shapeError<W extends Wording>(
  wanted: W,
  parts: Parts<W>,
  hint?: string,
): ShapeError {
  const named = parts as Readonly<Record<string, string | number | Shape>>;
  const text = wanted.replaceAll(/\{(\w+)\}/g, (_, name: string) => printed(named[name] ?? "?"));
  return new ShapeError(text, hint);
}

/** `[32, ?]`: sizes as sentences print them, `?` where one is not known before the run. */
export type Printed<P> = P extends Shape
  ? `[${Listed<P>}]`
  : P extends number
    ? number extends P
      ? "?"
      : `${P}`
    : P;

/** A sentence in the type of a number, which a bare text would make `never`. */
export interface Mistake<Sentence> {
  readonly mistake: Sentence;
}

type Listed<S extends Shape> = S extends readonly [infer One]
  ? Printed<One>
  : S extends readonly [infer First, ...infer Rest extends Shape]
    ? `${Printed<First> & string}, ${Listed<Rest> & string}`
    : "";

/** A sentence of the list as a type: what a wrong argument is "not assignable to". */
export type Said<W extends keyof typeof wording, P extends Parts<(typeof wording)[W]>> = Filled<
  (typeof wording)[W],
  P
>;

type Filled<T extends string, P> = T extends `${infer Before}{${infer Name}}${infer After}`
  ? `${Before}${Printed<P[Name & keyof P]> & string}${Filled<After, P>}`
  : T;

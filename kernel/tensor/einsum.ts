/**
 * Einstein's sums: an equation names the dimensions, a name that is missing in the result is summed
 * over. Everything is done by permute, reshape, matmul and sum, so slopes of any order come with them.
 */
import { isTensor } from "./autograd/apply.ts";
import { composedBy } from "./autograd/history.ts";
import { DTypeError, kindOf, ShapeError } from "./errors.ts";
import { printShape, sizeAt, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import type { Summed, Sums } from "./typed/einsum.ts";
import { shapeError, wording } from "./typed/wording.ts";

/** A tensor whose dimensions have names, each once. */
interface Term {
  readonly tensor: Tensor;
  readonly labels: readonly string[];
}

/** Letters, and a number for each dimension behind an ellipsis, counted from the last. */
interface Equation {
  readonly terms: readonly (readonly string[])[];
  readonly output: readonly string[];
}

/**
 * Products summed over the dimensions that the result does not name: `"ij,jk->ik"` is a matrix
 * product, `"ii->"` a trace, `"bij,bjk->bik"` a product in batches, `"i,j->ij"` an outer product.
 * `...` stands for any dimensions, which broadcast. Without `->` the result has the letters that occur
 * once, in the order of the alphabet. Spaces do not count.
 * @throws ShapeError quoting the equation, for sizes of one letter that differ.
 * @example
 * const a = tensor([[1, 2], [3, 4]]);
 * einsum("ij,j->i", a, tensor([1, 10])) // tensor([21., 43.])
 * einsum("ii->", a) // tensor(5.)
 * einsum("...i->...", a) // tensor([3., 7.])
 */
export function einsum<const E extends string, T extends readonly Tensor[]>(
  equation: E,
  ...tensors: T & Sums<E, T>
): Tensor<Summed<E, T>> {
  return summed(equation, tensors);
}

function summed(equation: string, tensors: readonly Tensor[]): Tensor {
  if (typeof equation !== "string")
    throw new DTypeError(`einsum: ${kindOf(equation)} - wanted an equation, as "ij,jk->ik"`);
  tensors.forEach((tensor: unknown, i) => {
    if (!isTensor(tensor))
      throw new DTypeError(`einsum: ${kindOf(tensor)} for operand ${i} - wanted a tensor`);
  });
  const { terms, output } = parse(equation, tensors);
  const sizes = sizesOf(equation, terms, tensors);
  let rest = tensors.map((tensor, i) => plain(tensor, terms[i] ?? [], sizes));
  while (rest.length > 1) {
    const [a, b, ...later] = rest as [Term, Term, ...Term[]];
    const needed = new Set([...output, ...later.flatMap((term) => term.labels)]);
    rest = [contract(a, b, needed), ...later];
  }
  const [last] = rest;
  if (last === undefined) throw new ShapeError(`einsum: "${equation}" of no tensors - wanted one`);
  const result = arrange(sumOver(last, new Set(output)), output);
  const sums = terms.some((labels) => labels.some((label) => !output.includes(label)));
  if (terms.length === 1) return composedBy(sums ? "sumAlong" : "reordered", result);
  return composedBy(sums ? "sumOfProducts" : "productOfTerms", result);
}

// ------------------------------------------------------------ the equation

function parse(equation: string, tensors: readonly Tensor[]): Equation {
  const [left = "", right, ...more] = equation.replaceAll(" ", "").split("->");
  if (more.length > 0) throw new ShapeError(`einsum: "${equation}" - wanted one "->" at most`);
  const texts = left.split(",");
  if (texts.length !== tensors.length)
    throw shapeError(wording.terms, { equation, n: tensors.length, m: texts.length });
  const terms = texts.map((text, i) => labelsOf(equation, text, tensors[i]?.ndim ?? 0));
  const dots = longest(terms);
  if (right === undefined) return { terms, output: [...dots, ...lonely(terms)] };
  return { terms, output: outputOf(equation, right, terms, dots) };
}

/** The names of an operand's `rank` dimensions. */
function labelsOf(equation: string, text: string, rank: number): string[] {
  const [before, after] = split(equation, text);
  const letters = before.length + (after?.length ?? 0);
  const missing = rank - letters;
  if (missing < 0 || (after === undefined && missing > 0))
    throw shapeError(wording.term, {
      equation,
      term: text,
      n: rank,
      wanted: `${letters}${after === undefined ? "" : " or more"}`,
    });
  return [...before, ...dotted(missing), ...(after ?? [])];
}

/** The letters in front of an ellipsis, and behind it if there is one. */
function split(equation: string, text: string): [string[], string[]?] {
  const parts = text.split("...");
  const wrong = parts.join("").match(/[^A-Za-z]/u)?.[0];
  if (wrong !== undefined || parts.length > 2)
    throw new ShapeError(
      `einsum: "${wrong ?? "..."}" in the term "${text}" of "${equation}" - wanted letters and one "..." at most`,
    );
  const [before = "", after] = parts;
  return after === undefined ? [[...before]] : [[...before], [...after]];
}

/** Names of `count` dimensions behind an ellipsis: "3", "2", "1", so that the last ones align. */
const dotted = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => String(count - i));

const isDotted = (label: string): boolean => /\d/u.test(label);

function longest(terms: readonly (readonly string[])[]): string[] {
  return dotted(Math.max(0, ...terms.map((labels) => labels.filter(isDotted).length)));
}

/** Letters that occur once in all. */
function lonely(terms: readonly (readonly string[])[]): string[] {
  const all = terms.flat().filter((label) => !isDotted(label));
  return all.filter((label) => all.indexOf(label) === all.lastIndexOf(label)).toSorted();
}

function outputOf(
  equation: string,
  text: string,
  terms: readonly (readonly string[])[],
  dots: readonly string[],
): string[] {
  const [before, after] = split(equation, text);
  const output = [...before, ...(after === undefined ? [] : dots), ...(after ?? [])];
  for (const label of output) {
    if (!isDotted(label) && !terms.some((labels) => labels.includes(label)))
      throw new ShapeError(`einsum: ${label} in the result of "${equation}" - wanted it in a term`);
    if (output.indexOf(label) !== output.lastIndexOf(label))
      throw new ShapeError(
        `einsum: ${label} twice in the result of "${equation}" - wanted it once`,
      );
  }
  return output;
}

/** The size of each name; a size of 1 stretches, except beside the same letter in one term. */
function sizesOf(
  equation: string,
  terms: readonly (readonly string[])[],
  tensors: readonly Tensor[],
): Map<string, number> {
  const sizes = new Map<string, number>();
  const fail = (label: string, a: number, b: number) => {
    const shapes = tensors.map((tensor) => printShape(tensor.shape)).join(" and ");
    const name = isDotted(label) ? `dim -${label} of "..."` : label;
    return shapeError(wording.letters, { equation, shapes, m: a, n: b, letter: name });
  };
  terms.forEach((labels, i) => {
    const shape = tensors[i]?.shape ?? [];
    labels.forEach((label, dim) => {
      const size = sizeAt(shape, dim);
      const beside = sizeAt(shape, labels.indexOf(label));
      if (beside !== size) throw fail(label, beside, size);
      const known = sizes.get(label) ?? 1;
      if (known !== size && known !== 1 && size !== 1) throw fail(label, known, size);
      sizes.set(label, known === 1 ? size : known);
    });
  });
  return sizes;
}

// ------------------------------------------------------------ the sums

/** Repeated names made one by their diagonal, and sizes of 1 that stretch left out: they sum nothing. */
function plain(tensor: Tensor, names: readonly string[], sizes: ReadonlyMap<string, number>): Term {
  let term: Term = { tensor, labels: names };
  for (const label of new Set(names))
    for (;;) {
      const [first, second] = [term.labels.indexOf(label), term.labels.lastIndexOf(label)];
      if (first === second) break;
      // The diagonal's dimension comes last.
      const others = term.labels.filter((_, dim) => dim !== first && dim !== second);
      term = { tensor: term.tensor.diagonal(0, first, second), labels: [...others, label] };
    }
  const kept = term.labels.filter((label, dim) => term.tensor.shape[dim] === sizes.get(label));
  const shape = kept.map((label) => sizeAt(term.tensor.shape, term.labels.indexOf(label)));
  return { tensor: term.tensor.reshape(shape), labels: kept };
}

/** The product of two, summed over what neither the result nor a later operand names. */
function contract(first: Term, second: Term, needed: ReadonlySet<string>): Term {
  const a = sumOver(first, new Set([...needed, ...second.labels]));
  const b = sumOver(second, new Set([...needed, ...first.labels]));
  const shared = a.labels.filter((label) => b.labels.includes(label));
  const batch = shared.filter((label) => needed.has(label));
  const inner = shared.filter((label) => !needed.has(label));
  const left = a.labels.filter((label) => !shared.includes(label));
  const right = b.labels.filter((label) => !shared.includes(label));
  const labels = [...batch, ...left, ...right];
  const [x, y] = [
    arrange(a, [...batch, ...left, ...inner]),
    arrange(b, [...batch, ...inner, ...right]),
  ];
  const sizes = (t: Tensor, from: number, count: number) => t.shape.slice(from, from + count);
  const batchSizes = sizes(x, 0, batch.length);
  const leftSizes = sizes(x, batch.length, left.length);
  const innerSizes = sizes(y, batch.length, inner.length);
  const rightSizes = sizes(y, batch.length + inner.length, right.length);
  if (inner.length === 0) {
    const column = x.reshape([...batchSizes, ...leftSizes, ...rightSizes.map(() => 1)]);
    const row = y.reshape([...batchSizes, ...leftSizes.map(() => 1), ...rightSizes]);
    return { tensor: column.mul(row), labels };
  }
  // Many small dot products are one product of elements and its sums.
  if (left.length === 0 && right.length === 0 && batch.length > 0)
    return { tensor: x.mul(y).sum(inner.map((_, i) => batch.length + i)), labels };
  const [n, m, k, p] = [batchSizes, leftSizes, innerSizes, rightSizes].map(sizeOf) as [
    number,
    number,
    number,
    number,
  ];
  const product = x.reshape([n, m, k]).matmul(y.reshape([n, k, p]));
  return { tensor: product.reshape([...batchSizes, ...leftSizes, ...rightSizes]), labels };
}

/** Summed over the dimensions that are not in `kept`. */
function sumOver({ tensor, labels }: Term, kept: ReadonlySet<string>): Term {
  const dims = labels.flatMap((label, dim) => (kept.has(label) ? [] : [dim]));
  if (dims.length === 0) return { tensor, labels };
  return { tensor: tensor.sum(dims), labels: labels.filter((label) => kept.has(label)) };
}

/** The dimensions in the order of `order`; a name that is not there has size 1. */
function arrange({ tensor, labels }: Term, order: readonly string[]): Tensor {
  const found = order.filter((label) => labels.includes(label));
  const turned = tensor.permute(found.map((label) => labels.indexOf(label)));
  return turned.reshape(
    order.map((label) =>
      labels.includes(label) ? sizeAt(tensor.shape, labels.indexOf(label)) : 1,
    ),
  );
}

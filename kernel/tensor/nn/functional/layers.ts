/** Layers as functions: the caller brings the weights. */
import { apply, wantTensor } from "../../autograd/apply.ts";
import { composedBy } from "../../autograd/history.ts";
import { backend } from "../../backends/current.ts";
import { ShapeError } from "../../errors.ts";
import { layerEntered } from "../../notices/losses.ts";
import { watch } from "../../notices/notice.ts";
import { checkOptions } from "../../options.ts";
import { table } from "../../ops/table.ts";
import { checkSizes, checkWhole, fullView, sizeAt } from "../../shape.ts";
import { Tensor } from "../../tensor.ts";
import type { ShapeOf } from "../../typed/broadcast.ts";
import type { Added, MappedBy, MapsBy } from "../../typed/layers.ts";
import { shapeError, wording } from "../../typed/wording.ts";
import { checkLabels, labelsOf } from "./labels.ts";

/**
 * `x wᵀ + bias`: `x [..., in]`, `w [out, in]`, `bias [out] -> [..., out]`.
 * @throws ShapeError when the sizes do not go together.
 * @example
 * F.linear(tensor([1, 2]), tensor([[3, 4]]), tensor([5])) // tensor([16.])
 */
export function linear<X extends Tensor, W extends Tensor>(
  x: X & MapsBy<ShapeOf<X>, ShapeOf<W>>,
  weight: W,
  bias: Tensor | null = null,
): Tensor<MappedBy<ShapeOf<X>, ShapeOf<W>>> {
  wantTensor("linear", "the input", x);
  wantTensor("linear", "the weight", weight);
  if (watch.on) layerEntered(x, weight);
  if (bias !== null) return apply(table.linear, [x, weight, bias], undefined);
  const inputs = x.shape[x.ndim - 1];
  if (weight.ndim !== 2 || inputs !== weight.shape[1])
    throw shapeError(wording.linear, {
      a: x.shape,
      b: weight.shape,
      n: weight.shape[1] ?? "that of the weight",
    });
  return x.matmul(weight.T);
}

export interface EmbeddingLookupOptions {
  /** Rows of this number pass no slope on to `weight`. */
  readonly paddingIdx?: number;
}

/**
 * Rows of `weight` by number: `index [...i]`, `weight [n, d] -> [...i, d]`.
 * @throws RangeError for a number outside 0..n - 1.
 * @example
 * F.embedding([2], tensor([[1, 2], [3, 4], [5, 6]])) // tensor([[5., 6.]])
 */
export function embedding(
  index: Tensor | readonly number[],
  weight: Tensor,
  options: EmbeddingLookupOptions = {},
): Tensor {
  checkOptions("embedding", options, ["paddingIdx"]);
  const { paddingIdx } = options;
  const numbers = labelsOf("embedding", index, "index");
  wantTensor("embedding", "the weight", weight);
  const rows = weight.rowsBy("embedding", numbers);
  if (paddingIdx === undefined) return composedBy("embedding", rows);
  const padding = paddingIdx < 0 ? paddingIdx + sizeAt(weight.shape, 0) : paddingIdx;
  const learned = rows.detach().where(numbers.eq(padding).unsqueeze(-1), rows);
  return composedBy("embedding", learned);
}

/**
 * 1 at the label, 0 elsewhere: `labels [...] -> [..., classes]`, f32. Unless given, there are as many
 * classes as the largest label asks for.
 * @throws ShapeError for a label outside 0..classes - 1, or no label and no number of classes.
 * @example
 * F.oneHot([2], 3) // tensor([[0., 0., 1.]])
 * F.oneHot([0, 3]).shape // 2,4
 */
export function oneHot<T extends Tensor | readonly number[], C extends number = number>(
  labels: T,
  classes?: C,
): Tensor<Added<ShapeOf<T>, C>> {
  const index = labelsOf("oneHot", labels);
  const count =
    classes === undefined ? classesIn(index) : checkWhole("oneHot", "classes", classes, 0);
  checkSizes("oneHot", [count, count]);
  checkLabels("oneHot", index, count);
  const values = new Float32Array(count * count);
  for (let i = 0; i < count; i++) values[i * count + i] = 1;
  return new Tensor(fullView(backend().adopt(values), [count, count])).rowsBy("oneHot", index);
}

/** One more than the largest label. */
function classesIn(labels: Tensor): number {
  if (labels.numel() === 0)
    throw new ShapeError("oneHot: no labels - wanted at least one, or the number of classes");
  let count = 0;
  for (const label of labels.data) count = Math.max(count, label + 1);
  return count;
}

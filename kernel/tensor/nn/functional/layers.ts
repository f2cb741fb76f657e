/** Layers as functions: the caller brings the weights. */
import { apply } from "../../apply.ts";
import { backend } from "../../backends/current.ts";
import { ShapeError } from "../../errors.ts";
import { table } from "../../ops/table.ts";
import { fullView, printShape } from "../../shape.ts";
import { Tensor } from "../../tensor.ts";
import { labelsOf } from "./labels.ts";

/** `x wᵀ + bias`: `x [..., in]`, `w [out, in]`, `bias [out] -> [..., out]`. */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  if (bias !== null) return apply(table.linear, [x, weight, bias], undefined);
  const inputs = x.shape[x.ndim - 1];
  if (weight.ndim !== 2 || inputs !== weight.shape[1])
    throw new ShapeError(
      `linear: ${printShape(x.shape)} x weight ${printShape(weight.shape)} - ` +
        `the last size of the input must be ${weight.shape[1] ?? "that of the weight"}`,
    );
  return x.matmul(weight.T);
}

/** Rows of `weight` by number: `index [...i]`, `weight [n, d] -> [...i, d]`. */
export function embedding(index: Tensor | readonly number[], weight: Tensor): Tensor {
  return weight.takeRows(labelsOf("embedding", index));
}

/** 1 at the label, 0 elsewhere: `labels [...] -> [..., classes]`, f32. */
export function oneHot(labels: Tensor | readonly number[], classes: number): Tensor {
  const index = labelsOf("oneHot", labels);
  const values = new Float32Array(classes * classes);
  for (let i = 0; i < classes; i++) values[i * classes + i] = 1;
  return new Tensor(fullView(backend().adopt(values), [classes, classes])).takeRows(index);
}

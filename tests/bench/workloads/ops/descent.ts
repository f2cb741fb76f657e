/** Single ops through the public API; `part` is what becomes of each result. */
import { F, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";
import type { Parting } from "../descent.ts";
import type { Op } from "../specs.ts";
import { type Maker, type Makers, sample, type Workload } from "../workload.ts";
import { opData } from "./data.ts";

function operands(spec: Op) {
  const { x, other, gamma, beta } = opData(spec);
  const shape = [spec.rows, spec.columns];
  return {
    x: tensor(x).reshape(shape),
    other: tensor(other).reshape(shape),
    gamma: tensor(gamma),
    beta: tensor(beta),
  };
}

/** An op without slopes. */
function forward(spec: Op, part: Parting, run: (x: Tensor, other: Tensor) => Tensor): Workload {
  const { x, other } = operands(spec);
  return {
    step: () => part(run(x, other)),
    observe: () => sample(run(x, other).data),
  };
}

/** An op and its slopes with respect to all of `leaves`, from a given slope of the result. */
function withSlopes(
  leaves: readonly Tensor[],
  gradient: Tensor,
  part: Parting,
  run: () => Tensor,
): Workload {
  for (const leaf of leaves) leaf.requiresGrad = true;
  return {
    step() {
      const result = run();
      result.backward({ gradient });
      part(result);
      for (const leaf of leaves) {
        part(leaf.grad);
        leaf.grad = null;
      }
    },
    observe() {
      const result = run();
      result.backward({ gradient });
      const seen = [result, ...leaves.map((leaf) => leaf.grad)].flatMap((t) => sample(t.data));
      for (const leaf of leaves) leaf.grad = null;
      return seen;
    },
  };
}

export function opsWith(part: Parting): Pick<Makers, Op["kind"]> {
  const gelu: Maker<"gelu"> = (spec) => {
    const { x, other } = operands(spec);
    return withSlopes([x], other, part, () => F.gelu(x, { approximate: "tanh" }));
  };
  const layernorm: Maker<"layernorm"> = (spec) => {
    const { x, other, gamma, beta } = operands(spec);
    return withSlopes([x, gamma, beta], other, part, () =>
      F.layerNorm(x, spec.columns, { weight: gamma, bias: beta }),
    );
  };
  return {
    gelu,
    layernorm,
    softmax: (spec) => forward(spec, part, (x) => x.softmax(1)),
    add: (spec) => forward(spec, part, (x, other) => x.add(other)),
    sum: (spec) => forward(spec, part, (x) => x.sum()),
    tapedAdd: (spec) =>
      forward(spec, part, (x, other) => {
        x.requiresGrad = true;
        return x.add(other);
      }),
  };
}

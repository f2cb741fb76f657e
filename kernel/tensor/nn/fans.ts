/** How far start values should spread: from the connections a weight has, and from what bends behind it. */
import { wantTensor } from "../autograd/apply.ts";
import { ShapeError } from "../errors.ts";
import { checkNumber } from "../options.ts";
import { printShape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * How many inputs reach one output, and outputs one input, of a weight `[out, in, ...kernel]`.
 * @throws ShapeError for fewer than two dimensions.
 * @example
 * nn.init.fans(zeros([8, 3, 5, 5])).fanIn // 75
 */
export function fans(weight: Tensor): Fans {
  return fansOf("fans", weight);
}

/** How many inputs reach one output, and outputs one input. */
export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** `fans` for those that are called `op`. */
export function fansOf(op: string, weight: Tensor): Fans {
  wantTensor(op, "the weight", weight);
  const [outputs, inputs, ...kernel] = weight.shape;
  if (outputs === undefined || inputs === undefined)
    throw new ShapeError(`${op}: ${printShape(weight.shape)} - wanted two dimensions or more`);
  const field = sizeOf(kernel);
  return { fanIn: inputs * field, fanOut: outputs * field };
}

const gains = {
  linear: () => 1,
  sigmoid: () => 1,
  tanh: () => 5 / 3,
  relu: () => Math.SQRT2,
  leakyRelu: (slope: number) => Math.sqrt(2 / (1 + slope * slope)),
  selu: () => 3 / 4,
} as const;

/** What comes behind a layer and bends its output. */
export type Nonlinearity = keyof typeof gains;

/**
 * By how much start values must be larger so that variance survives a nonlinearity; `slope` is the
 * leaky ReLU's, 0.01 unless given.
 * @throws RangeError for a nonlinearity without a known gain.
 * @example
 * nn.init.calculateGain("tanh") // 1.6666666666666667
 * nn.init.calculateGain("leakyRelu", 1) // 1
 */
export function calculateGain(nonlinearity: Nonlinearity, slope = 0.01): number {
  if (!Object.hasOwn(gains, nonlinearity))
    throw new RangeError(
      `calculateGain: nonlinearity ${String(nonlinearity)} - wanted ${Object.keys(gains).join(", ")}`,
    );
  checkNumber("calculateGain", "slope", slope);
  return gains[nonlinearity](slope);
}

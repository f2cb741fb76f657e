/** Ways to fill a parameter before training: PyTorch's `nn.init`, drawing the same numbers. */
import { wantTensor } from "../autograd/apply.ts";
import { eye, normal, type RandomOptions, tensor, uniform } from "../creation/create.ts";
import { DTypeError, ShapeError } from "../errors.ts";
import { isFloat } from "../dtype.ts";
import { checkNumber, checkOptions } from "../options.ts";
import { printShape } from "../shape.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import { calculateGain, fansOf, type Nonlinearity } from "./fans.ts";
import { orthonormalRows } from "./orthonormal.ts";

export { calculateGain, fans, type Nonlinearity } from "./fans.ts";

type Draw = Pick<RandomOptions, "generator">;

function floats(op: string, target: Tensor): "f32" | "f64" {
  wantTensor(op, "the target", target);
  if (!isFloat(target.dtype))
    throw new DTypeError(`${op}: a tensor of dtype ${target.dtype} - wanted f32 or f64`);
  return target.dtype;
}

function fill(target: Tensor, values: Tensor): Tensor {
  return noGrad(() => target.copy_(values));
}

/**
 * Uniform samples of `[low, high)`.
 * @throws DTypeError for integers, as all that draw.
 * @example
 * manualSeed(0);
 * nn.init.uniform_(zeros([2]), -1, 1) // tensor([-0.0075,  0.5364])
 */
export function uniform_(target: Tensor, low = 0, high = 1, options: Draw = {}): Tensor {
  const dtype = floats("uniform_", target);
  return fill(target, uniform(target.shape, low, high, { dtype, ...options }));
}

/**
 * Normal samples.
 * @example
 * manualSeed(0);
 * nn.init.normal_(zeros([2]), 0, 0.1) // tensor([ 0.1541, -0.0293])
 */
export function normal_(target: Tensor, mean = 0, std = 1, options: Draw = {}): Tensor {
  const dtype = floats("normal_", target);
  return fill(target, normal(target.shape, mean, std, { dtype, ...options }));
}

export interface TruncatedOptions extends Draw {
  /** The limits; -2 and 2 unless given. */
  readonly low?: number;
  readonly high?: number;
}

/**
 * Normal samples between two limits: none is cut off, the distribution itself ends there.
 * @throws RangeError when the limits are in the wrong order.
 * @example
 * nn.init.truncNormal_(zeros([100]), 0, 1, { low: -1, high: 1 }).abs().max().le(1) // tensor(True)
 */
export function truncNormal_(
  target: Tensor,
  mean = 0,
  std = 1,
  options: TruncatedOptions = {},
): Tensor {
  const op = "truncNormal_";
  const dtype = floats(op, target);
  checkOptions(op, options, ["low", "high", "generator"]);
  const { low = -2, high = 2 } = options;
  checkNumber(op, "mean", mean);
  checkNumber(op, "std", std, 0);
  checkNumber(op, "low", low, -Number.MAX_VALUE, high);
  // The share of the distribution below a limit, from -1 to 1: erf of its distance in √2 std.
  const share = (limit: number) =>
    tensor((limit - mean) / (std * Math.SQRT2), { dtype: "f64" })
      .erf()
      .item();
  const shares = uniform(target.shape, share(low), share(high), { dtype, ...drawOf(options) });
  const samples = inverseErf(shares)
    .mul(std * Math.SQRT2)
    .add(mean);
  return fill(target, samples.clamp({ min: low, max: high }));
}

/** The y with erf(y) = x: Winitzki's guess (2008), made exact by Newton's method in f64. */
function inverseErf(x: Tensor): Tensor {
  const wanted = x.to("f64").clamp({ min: -1 + 2 ** -53, max: 1 - 2 ** -53 });
  const a = 0.147;
  const log = wanted.square().neg().log1p();
  const half = log.mul(0.5).add(2 / (Math.PI * a));
  let y = half.square().sub(log.div(a)).sqrt().sub(half).sqrt().mul(wanted.sign());
  for (let i = 0; i < 3; i++) {
    const steepness = y
      .square()
      .neg()
      .exp()
      .mul(2 / Math.sqrt(Math.PI));
    y = y.sub(y.erf().sub(wanted).div(steepness));
  }
  return y;
}

/**
 * All `value`.
 * @example
 * nn.init.constant_(zeros([2]), 3) // tensor([3., 3.])
 */
export function constant_(target: Tensor, value: number): Tensor {
  checkNumber("constant_", "value", value);
  return filled("constant_", target, value);
}

/**
 * All 0.
 * @example
 * nn.init.zeros_(ones([2])) // tensor([0., 0.])
 */
export function zeros_(target: Tensor): Tensor {
  return filled("zeros_", target, 0);
}

/**
 * All 1.
 * @example
 * nn.init.ones_(zeros([2])) // tensor([1., 1.])
 */
export function ones_(target: Tensor): Tensor {
  return filled("ones_", target, 1);
}

/**
 * 1 on the diagonal, 0 elsewhere: a layer that passes its input on.
 * @throws ShapeError for other than two dimensions.
 * @example
 * nn.init.eye_(zeros([2, 2])).at(0) // tensor([1., 0.])
 */
export function eye_(target: Tensor): Tensor {
  floats("eye_", target);
  const [rows, columns] = target.shape;
  if (target.ndim !== 2 || rows === undefined)
    throw new ShapeError(`eye_: ${printShape(target.shape)} - wanted two dimensions`);
  return fill(target, eye(rows, columns));
}

function filled(op: string, target: Tensor, value: number): Tensor {
  wantTensor(op, "the target", target);
  return noGrad(() => target.fill_(value));
}

export interface KaimingOptions extends Draw {
  /** The slope of the leaky ReLU behind the layer; 0, a plain ReLU, unless given. */
  readonly a?: number;
  /** Keeps the variance on the way forward (`"fanIn"`, unless given) or back. */
  readonly mode?: "fanIn" | "fanOut";
  /** What comes behind the layer; `"leakyRelu"` unless given. */
  readonly nonlinearity?: Nonlinearity;
}

function kaimingStd(op: string, target: Tensor, options: KaimingOptions): number {
  floats(op, target);
  checkOptions(op, options, ["a", "mode", "nonlinearity", "generator"]);
  const { a = 0, mode = "fanIn", nonlinearity = "leakyRelu" } = options;
  if (mode !== "fanIn" && mode !== "fanOut")
    throw new RangeError(`${op}: mode ${String(mode)} - wanted "fanIn" or "fanOut"`);
  return calculateGain(nonlinearity, a) / Math.sqrt(fansOf(op, target)[mode]);
}

/**
 * Uniform with the variance that ReLU layers keep (He et al., 2015): bound `gain √(3 / fan)`.
 * @throws ShapeError for fewer than two dimensions, as all that follow.
 * @example
 * nn.init.kaimingUniform_(zeros([50, 6])).abs().max().le(1) // tensor(True)
 */
export function kaimingUniform_(target: Tensor, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingStd("kaimingUniform_", target, options);
  return uniform_(target, -bound, bound, drawOf(options));
}

/**
 * Normal with the variance that ReLU layers keep: std `gain / √fan`.
 * @example
 * nn.init.kaimingNormal_(zeros([3, 2]), { mode: "fanOut", nonlinearity: "relu" }).shape // 3,2
 */
export function kaimingNormal_(target: Tensor, options: KaimingOptions = {}): Tensor {
  return normal_(target, 0, kaimingStd("kaimingNormal_", target, options), drawOf(options));
}

export interface XavierOptions extends Draw {
  /** A factor, as `calculateGain` gives; 1 unless given. */
  readonly gain?: number;
}

function xavierStd(op: string, target: Tensor, options: XavierOptions): number {
  const { fanIn, fanOut } = fansOf(op, target);
  return gainOf(op, target, options) * Math.sqrt(2 / (fanIn + fanOut));
}

function gainOf(op: string, target: Tensor, options: XavierOptions): number {
  floats(op, target);
  checkOptions(op, options, ["gain", "generator"]);
  const { gain = 1 } = options;
  checkNumber(op, "gain", gain);
  return gain;
}

/**
 * Uniform with the variance that linear layers keep both ways (Glorot and Bengio, 2010).
 * @example
 * nn.init.xavierUniform_(zeros([3, 3])).abs().max().le(1) // tensor(True)
 */
export function xavierUniform_(target: Tensor, options: XavierOptions = {}): Tensor {
  const bound = Math.sqrt(3) * xavierStd("xavierUniform_", target, options);
  return uniform_(target, -bound, bound, drawOf(options));
}

/**
 * Normal with the variance that linear layers keep both ways.
 * @example
 * nn.init.xavierNormal_(zeros([3, 2]), { gain: nn.init.calculateGain("tanh") }).shape // 3,2
 */
export function xavierNormal_(target: Tensor, options: XavierOptions = {}): Tensor {
  return normal_(target, 0, xavierStd("xavierNormal_", target, options), drawOf(options));
}

/**
 * Rows, or columns where there are fewer, at right angles and of length `gain` (Saxe et al., 2013); more
 * than two dimensions count as `[first, all others]`.
 * @example
 * const w = nn.init.orthogonal_(zeros([2, 2]));
 * w.matmul(w.T).sub(eye(2)).abs().max().lt(1e-6) // tensor(True)
 */
export function orthogonal_(target: Tensor, options: XavierOptions = {}): Tensor {
  const dtype = floats("orthogonal_", target);
  const gain = gainOf("orthogonal_", target, options);
  const { fanIn: columns } = fansOf("orthogonal_", target);
  const rows = target.shape[0] ?? 0;
  if (rows === 0 || columns === 0) return target;
  const drawn = normal([rows, columns], 0, 1, { dtype, ...drawOf(options) });
  const tall = rows >= columns;
  const turned = orthonormalRows(tall ? drawn.T : drawn);
  return fill(target, (tall ? turned.T : turned).mul(gain).reshape(target.shape));
}

function drawOf({ generator }: Draw): Draw {
  return generator === undefined ? {} : { generator };
}

/**
 * Anomaly mode: while it is on, the first op that makes NaN or Infinity out of finite numbers,
 * forward or backward, throws with its shapes and with the stack of the line that called it.
 */
import { isFloat } from "../dtype.ts";
import { AnomalyError } from "../errors.ts";
import { broadcastView, printShape, sameShape, sizeAt, sizeOf } from "../shape.ts";
import { origins } from "./origin.ts";
import { synchronously } from "./synchronous.ts";
import type { Node } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";

/** While it is `on`, the line of each recorded op is kept; `checking` is off while slopes are computed inside. */
export const anomaly = { on: false, checking: false };

/**
 * Runs `body`, forward and backward, in anomaly mode: the first op that makes NaN or Infinity throws,
 * naming its shapes and the values it saw; the stack is that of the line that called the op. Slow:
 * every result is looked at.
 * @throws AnomalyError as said, GradientError when `body` is asynchronous.
 * @example
 * const x = tensor([4, 0], { requiresGrad: true });
 * detectAnomaly(() => x.sqrt().sum().item()) // 2
 */
export function detectAnomaly<T>(body: () => T): T {
  return synchronously("detectAnomaly", body, (run) => inMode(true, true, run));
}

/** Runs a gradient's own ops: what they make on the way is no result, so only the slopes count. */
export function unchecked<T>(body: () => T): T {
  return anomaly.checking ? inMode(anomaly.on, false, body) : body();
}

function inMode<T>(on: boolean, checking: boolean, body: () => T): T {
  const before = { ...anomaly };
  const { left } = origins;
  Object.assign(anomaly, { on, checking });
  if (on) origins.left = Infinity;
  try {
    return body();
  } finally {
    Object.assign(anomaly, before);
    origins.left = left;
  }
}

/** @throws AnomalyError when `op` made the first NaN or Infinity of a computation. */
export function checkForward(
  op: string,
  inputs: readonly Tensor[],
  params: unknown,
  output: Tensor,
): void {
  const found = oddity(output);
  if (found === null) return;
  // A mask's -Infinity is asked for by a setting of the op.
  if (!found.isNaN && asksForInfinity(params)) return;
  const odd = inputs.map(oddity);
  if (odd.some((each) => each !== null && (each.isNaN || !found.isNaN))) {
    refuseBadData(op, inputs, odd);
    return;
  }
  const at = valuesAt(inputs, found.index, output.shape);
  throw new AnomalyError(
    `${op}: ${shapesOf(inputs)} gave ${found.text} ` +
      `at ${printShape(found.index)}${at} - wanted finite numbers`,
    hints[op],
  );
}

/** NaN that nobody made came with the data: then no later op is to blame. */
function refuseBadData(
  op: string,
  inputs: readonly Tensor[],
  odd: readonly (Oddity | null)[],
): void {
  const which = odd.findIndex((each, i) => each?.isNaN === true && inputs[i]?.isLeaf === true);
  const [found, input] = [odd[which], inputs[which]];
  if (!found || !input) return;
  throw new AnomalyError(
    `${op}: input ${which} ${printShape(input.shape)} holds NaN at ${printShape(found.index)} already - ` +
      "no op made it, it came with the data",
  );
}

/** @throws AnomalyError when `node` made the slope of input `which` odd out of a finite one. */
export function checkSlope(
  { op, inputs, origin }: Node,
  which: number,
  g: Tensor,
  slope: Tensor,
): void {
  const found = oddity(slope);
  if (found === null) return;
  const before = oddity(g);
  if (before !== null && (before.isNaN || !found.isNaN)) return;
  const input = inputs[which];
  const isInPlace = input !== undefined && sameShape(input.shape, slope.shape);
  const at = isInPlace ? valuesAt([input], found.index, slope.shape) : "";
  const of = inputs.length === 1 ? "its input" : `input ${which}`;
  throw new AnomalyError(
    `${op}: ${shapesOf(inputs)}, backward() gave ${of} the slope ${found.text} ` +
      `at ${printShape(found.index)}${at} - wanted finite slopes`,
    origin === null ? "call the forward pass inside detectAnomaly too" : hints[op],
    origin?.site,
  );
}

interface Oddity {
  readonly isNaN: boolean;
  readonly text: string;
  readonly index: Shape;
}

/** The first NaN of a tensor, or else its first infinite element. */
function oddity(x: Tensor): Oddity | null {
  if (!isFloat(x.dtype)) return null;
  const values = x.data;
  let infinite = -1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!; // i is below the length
    if (Number.isNaN(value)) return { isNaN: true, text: "NaN", index: unravel(i, x.shape) };
    if (infinite < 0 && Math.abs(value) === Infinity) infinite = i;
  }
  if (infinite < 0) return null;
  return { isNaN: false, text: String(values[infinite]), index: unravel(infinite, x.shape) };
}

function unravel(index: number, shape: Shape): number[] {
  let rest = index;
  return shape.map((_, dim) => {
    const step = sizeOf(shape.slice(dim + 1));
    const at = Math.floor(rest / step);
    rest -= at * step;
    return at;
  });
}

function shapesOf(inputs: readonly Tensor[]): string {
  return inputs.map(({ shape }) => printShape(shape)).join(" and ");
}

/** ", where the inputs are 1 and 0": what stands at the same place, where inputs have such a place. */
function valuesAt(inputs: readonly Tensor[], index: Shape, shape: Shape): string {
  const fits = inputs.every(
    (input) =>
      input.shape.length <= shape.length &&
      input.shape.every((n, i) => {
        return n === 1 || n === sizeAt(shape, i + shape.length - input.shape.length);
      }),
  );
  if (!fits || inputs.length === 0) return "";
  const values = inputs.map((input) => {
    const { offset, strides } = broadcastView(input, shape);
    const at = index.reduce((sum, i, dim) => sum + i * (strides[dim] ?? 0), offset);
    return Number((input.storage.host()[at] ?? Number.NaN).toPrecision(6));
  });
  return `, where the input${values.length === 1 ? " is" : "s are"} ${values.join(" and ")}`;
}

function asksForInfinity(params: unknown): boolean {
  if (typeof params !== "object" || params === null) return false;
  return Object.values(params).some((value) => value === Infinity || value === -Infinity);
}

/** What usually helps. */
const hints: Readonly<Record<string, string>> = {
  log: "logSoftmax and the losses that take logits need no log; else clamp({ min: 1e-8 }) first",
  exp: "softmax, logSoftmax and logsumexp do not overflow",
  sqrt: "add a small number under the root",
  rsqrt: "add a small number under the root",
  div: "add a small number to the divisor",
  reciprocal: "add a small number to the divisor",
  pow: "a fraction as exponent needs a base above 0: add a small number to it",
};

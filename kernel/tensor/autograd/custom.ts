/**
 * Ops of one's own, as PyTorch's `autograd.Function`: a forward, which runs unrecorded, and a backward
 * that says what slope each argument gets. With tensor methods in it, it can be differentiated again.
 */
import { anomaly, checkForward } from "./anomaly.ts";
import { isTensor } from "./apply.ts";
import { zerosLike } from "../creation/create.ts";
import { isFloat } from "../dtype.ts";
import { DTypeError, GradientError, kindOf, ShapeError } from "../errors.ts";
import { recordSeveral } from "./several.ts";
import { printShape } from "../shape.ts";
import { FunctionNode, isRecording, noGrad } from "./tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";

/** What a forward hands to its backward. */
export interface OpContext<A extends readonly unknown[]> {
  /** The arguments of the call, tensors and others. */
  readonly args: A;
  /** Keeps tensors for the backward: arguments, results, or what was computed on the way. */
  save(...tensors: Tensor[]): void;
  /** What `save` kept. @throws GradientError when one of them was changed in place since. */
  readonly saved: readonly Tensor[];
  /** Whether argument `index` wants a slope: one that nobody wants need not be computed. */
  needsGrad(index: number): boolean;
}

/** The slope of each argument: null for one without. A single argument's may come without brackets. */
export type CustomSlopes = Tensor | null | readonly (Tensor | null)[];

export interface CustomOp<A extends readonly unknown[], R extends Tensor | readonly Tensor[]> {
  /** What errors and printed tensors call it. */
  readonly name: string;
  /** Computes the result, or several, all of one dtype. */
  readonly forward: (context: OpContext<A>, ...args: A) => R;
  /** From the slope of each result to the slope of each argument. */
  readonly backward: (context: OpContext<A>, ...slopes: Tensor[]) => CustomSlopes;
}

/**
 * A function with a backward of its own. Check it with `gradcheck`.
 * @throws TypeError when a part is missing; the function itself: ShapeError, DTypeError or
 * GradientError in `backward()` for a slope too many, too few or of the wrong shape.
 * @example
 * const cube = customOp({
 *   name: "cube",
 *   forward(ctx, x: Tensor) {
 *     ctx.save(x);
 *     return x.pow(3);
 *   },
 *   backward: (ctx, g) => g.mul(ctx.saved[0].square()).mul(3),
 * });
 * gradcheck(cube, [tensor([1, 2])]) // true
 */
export function customOp<A extends readonly unknown[], R extends Tensor | readonly Tensor[]>(
  definition: CustomOp<A, R>,
): (...args: A) => R {
  refuseIncomplete(definition);
  const { name } = definition;
  return (...args) => {
    const context = new Context(name, args);
    const given = noGrad(() => definition.forward(context, ...args));
    const results: readonly unknown[] = Array.isArray(given) ? given : [given];
    const outputs = results.map((result, i) => context.own(result, i));
    const inputs = args.filter(isTensor);
    if (isRecording() && inputs.some(({ requiresGrad }) => requiresGrad))
      record(definition, context, inputs, outputs);
    if (anomaly.checking)
      for (const output of outputs) checkForward(name, inputs, undefined, output);
    // As many as the forward gave, in the form in which it gave them.
    return (Array.isArray(given) ? outputs : outputs[0]) as R;
  };
}

function refuseIncomplete(definition: Readonly<Record<keyof CustomOp<[], Tensor>, unknown>>): void {
  const { name, forward, backward }: Partial<typeof definition> = definition ?? {};
  if (typeof name !== "string" || name === "")
    throw new TypeError(`customOp: ${kindOf(name)} for the name - wanted a text`);
  for (const [part, value] of Object.entries({ forward, backward }))
    if (typeof value !== "function")
      throw new TypeError(`customOp: ${name} has ${kindOf(value)} for ${part} - wanted a function`);
}

class Context<A extends readonly unknown[]> implements OpContext<A> {
  readonly args: A;
  readonly #op: string;
  #saved: readonly Tensor[] = [];
  #versions: readonly number[] = [];

  constructor(op: string, args: A) {
    this.#op = op;
    this.args = args;
  }

  save(...tensors: Tensor[]): void {
    tensors.forEach((tensor, i) => {
      if (!isTensor(tensor))
        throw new DTypeError(
          `${this.#op}: save was given ${kindOf(tensor)} as item ${i} - wanted tensors`,
        );
    });
    this.#saved = tensors;
    this.#versions = tensors.map(({ storage }) => storage.version);
  }

  get saved(): readonly Tensor[] {
    this.#saved.forEach((tensor, i) => {
      if (tensor.storage.version !== this.#versions[i])
        throw new GradientError(
          `${this.#op}: saved tensor ${i} ${printShape(tensor.shape)} was changed in place since the ` +
            "forward - backward needs the value it had",
          "save a clone()",
        );
    });
    return this.#saved;
  }

  needsGrad(index: number): boolean {
    const argument = this.args[index];
    return isTensor(argument) && argument.requiresGrad;
  }

  /** A result to give a history to: a handle of its own where the forward passed a tensor on. */
  own(result: unknown, index: number): Tensor {
    if (!isTensor(result))
      throw new DTypeError(
        `${this.#op}: forward returned ${kindOf(result)} as result ${index} - wanted a tensor`,
      );
    const isFresh = this.#saved.includes(result) && !this.args.includes(result);
    return isFresh && !result.requiresGrad ? result : result.detach();
  }
}

function record<A extends readonly unknown[], R extends Tensor | readonly Tensor[]>(
  { name, backward }: CustomOp<A, R>,
  context: Context<A>,
  inputs: readonly Tensor[],
  outputs: readonly Tensor[],
): void {
  const slopesOf = (slopes: readonly Tensor[]) =>
    checkedSlopes(name, context.args, backward(context, ...slopes));
  const [only] = outputs;
  if (outputs.length === 1 && only !== undefined) {
    if (!isFloat(only.dtype)) return;
    const way = { isCustom: true, holds: context.saved };
    only.attach(new FunctionNode(name, inputs, (g) => slopesOf([g]), way));
    return;
  }
  const floats = outputs.filter(({ dtype }) => isFloat(dtype));
  recordSeveral(name, inputs, floats, (arrived) =>
    // A result that nothing came from has slope 0, and so has one of integers.
    slopesOf(outputs.map((output) => arrived[floats.indexOf(output)] ?? zerosLike(output))),
  );
}

/** The slopes of the tensors among `args`, in order. */
function checkedSlopes(
  op: string,
  args: readonly unknown[],
  given: CustomSlopes,
): (Tensor | null)[] {
  const tensors = args.flatMap((each, i) => (isTensor(each) ? [i] : []));
  const isBare = !Array.isArray(given);
  if (isBare && tensors.length !== 1)
    throw wrongCount(op, isTensor(given) ? "a tensor" : kindOf(given), args.length);
  if (!isBare && given.length !== args.length)
    throw wrongCount(op, `${given.length} slopes`, args.length);
  return tensors.map((index) => {
    const slope: unknown = isBare ? given : given[index];
    const argument = args[index] as Tensor; // `tensors` says so
    if (slope === null || slope === undefined) return null;
    if (!isTensor(slope) || !isFloat(slope.dtype))
      throw new DTypeError(
        `${op}: backward returned ${isTensor(slope) ? slope.dtype : kindOf(slope)} for argument ${index} - ` +
          "wanted a tensor of f32 or f64, or null",
      );
    if (!folds(slope.shape, argument.shape))
      throw new ShapeError(
        `${op}: backward returned ${printShape(slope.shape)} for argument ${index} ` +
          `${printShape(argument.shape)} - shapes must be equal`,
      );
    return slope;
  });
}

/** Whether the tape can sum a slope of this shape over what was broadcast. */
function folds(slope: Shape, argument: Shape): boolean {
  const extra = slope.length - argument.length;
  return extra >= 0 && argument.every((n, i) => n === 1 || n === slope[i + extra]);
}

function wrongCount(op: string, given: string, wanted: number): GradientError {
  const arguments_ = wanted === 1 ? "its argument" : `its ${wanted} arguments`;
  return new GradientError(
    `${op}: backward returned ${given} for ${arguments_} - wanted a list with a slope or null for each`,
  );
}

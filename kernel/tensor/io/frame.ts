/**
 * Frames: the values of tensors and the states of optimisers at one moment, on the heap, to go back
 * to. What has not been written since an earlier frame is shared with it.
 */
import { noGrad } from "../autograd/tape.ts";
import { make } from "../creation/create.ts";
import type { TypedArray } from "../dtype.ts";
import { Module } from "../nn/module.ts";
import { type Learner, modulesOf } from "../optim/at-work.ts";
import { Optimizer } from "../optim/optimizer.ts";
import type { OptimizerState } from "../optim/state.ts";
import { sameShape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import type { Storage } from "../view.ts";

interface KeptTensor {
  readonly tensor: Tensor;
  readonly values: TypedArray;
}

interface KeptLearner {
  readonly learner: Learner;
  readonly state: Omit<OptimizerState, "tensors">;
  /** The optimiser's own tensors, by name, for each parameter. */
  readonly slots: readonly Readonly<Record<string, KeptTensor>>[];
}

export interface Frame {
  readonly tensors: readonly KeptTensor[];
  readonly learners: readonly KeptLearner[];
}

/** The newest copy of a tensor's values, and what they were copied from. */
interface Copy {
  readonly storage: Storage;
  readonly version: number;
  readonly values: TypedArray;
}

const copies = new WeakMap<Tensor, Copy>();

/** What an optimiser learns, with the buffers of its modules and all that it remembers. */
export function frameOf(learner: Learner): Frame {
  const tensors = [...learner.parameters, ...modulesOf(learner).flatMap(buffersOf)];
  return { tensors: tensors.map(kept), learners: [keptLearner(learner)] };
}

/** A value of a notebook, if it is a network, an optimiser or a tensor; null for anything else. */
export function frameOfValue(value: unknown): Frame | null {
  if (value instanceof Optimizer) return frameOf(value);
  const tensors =
    value instanceof Module
      ? [...value.namedParameters().map(([, each]) => each), ...buffersOf(value)]
      : value instanceof Tensor && value.isLeaf
        ? [value]
        : [];
  if (tensors.length === 0) return null;
  return { tensors: tensors.map(kept), learners: [] };
}

/** About how many bytes the frame of a value would take. */
export function sizeOfValue(value: unknown): number {
  const size = (tensors: readonly Tensor[]) =>
    tensors.reduce((sum, each) => sum + each.numel() * (each.dtype === "f64" ? 8 : 4), 0);
  if (value instanceof Optimizer) return 3 * size(value.parameters);
  if (value instanceof Module) return size(value.namedParameters().map(([, each]) => each));
  return value instanceof Tensor && value.isLeaf ? size([value]) : 0;
}

/** How many bytes frames take together: some share arrays. */
export function sizeOfFrames(frames: readonly Frame[]): number {
  let bytes = 0;
  for (const values of new Set(frames.flatMap(arraysOf))) bytes += values.byteLength;
  return bytes;
}

function arraysOf({ tensors, learners }: Frame): readonly TypedArray[] {
  const slots = learners.flatMap((each) => each.slots.flatMap((slot) => Object.values(slot)));
  return [...tensors, ...slots].map(({ values }) => values);
}

/**
 * Puts everything back as it was; given `into`, a frame of things like these,
 * into those, as far as they fit.
 */
export function restoreFrame(frame: Frame, into: Frame = frame): void {
  noGrad(() =>
    frame.tensors.forEach(({ tensor, values }, i) => {
      const target = into.tensors[i]?.tensor;
      if (target === undefined || !sameShape(target.shape, tensor.shape)) return;
      target.copy_(again({ tensor, values }));
    }),
  );
  frame.learners.forEach(({ state, slots }, i) => {
    const learner = into.learners[i]?.learner;
    if (learner === undefined || !fits(learner, state)) return;
    learner.loadStateDict({
      ...state,
      tensors: slots.map((slot) =>
        Object.fromEntries(Object.entries(slot).map(([name, each]) => [name, again(each)])),
      ),
    });
  });
}

/** Whether two frames of like things hold the same numbers, to the last bit. */
export function sameFrame(one: Frame, other: Frame): boolean {
  const [a, b] = [arraysOf(one), arraysOf(other)];
  return a.length === b.length && a.every((values, i) => sameValues(values, b[i]));
}

function sameValues(a: TypedArray, b: TypedArray | undefined): boolean {
  if (b === undefined || a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

function buffersOf(module: Module): readonly Tensor[] {
  return module.namedBuffers().map(([, each]) => each);
}

function kept(tensor: Tensor): KeptTensor {
  const { storage } = tensor;
  const known = copies.get(tensor);
  if (known?.storage === storage && known.version === storage.version) {
    return { tensor, values: known.values };
  }
  const values = tensor.innerData.slice();
  copies.set(tensor, { storage, version: storage.version, values });
  return { tensor, values };
}

function keptLearner(learner: Learner): KeptLearner {
  const { tensors, ...state } = learner.stateDict();
  const slots = tensors.map((slot) =>
    Object.fromEntries(Object.entries(slot).map(([name, each]) => [name, kept(each)])),
  );
  return { learner, state, slots };
}

/** A tensor of the kept values, which stay the frame's. */
function again({ tensor, values }: KeptTensor): Tensor {
  return make(values.slice(), tensor.shape, tensor.dtype, {});
}

function fits(learner: Learner, state: KeptLearner["state"]): boolean {
  const own = learner.stateDict();
  return own.kind === state.kind && own.steps.length === state.steps.length;
}

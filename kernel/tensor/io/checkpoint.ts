/**
 * Checkpoints: parameters, buffers and optimiser state of what is being trained, and the default
 * generator's, as the bytes of one .safetensors file; and how they come back into optimisers of the
 * same kind over parameters of the same shapes.
 */
import { noGrad } from "../autograd/tape.ts";
import { type Learner, modulesOf, observeOptimizers, optimizersAtWork } from "../optim/at-work.ts";
import { modelsOf } from "../optim/description.ts";
import { Optimizer } from "../optim/optimizer.ts";
import type { OptimizerState } from "../optim/state.ts";
import { defaultGenerator, type GeneratorState } from "../random.ts";
import { sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { decodeTensors, encodeTensors } from "./safetensors.ts";

/** An optimiser and what it trains, as a notebook calls them. */
export interface Trained {
  /** The optimiser's name in the notebook; null when it has none. */
  readonly optimizer: string | null;
  /** `Adam` */
  readonly kind: string;
  /** The names of the networks it trains. */
  readonly models: readonly string[];
  /** How many steps it has taken. */
  readonly steps: number;
}

export interface Checkpoint {
  readonly trained: readonly Trained[];
  readonly sizeBytes: number;
  /** The file's bytes, copied when this is called; not to be put off. */
  readonly encode: () => Uint8Array;
}

/**
 * What is being trained: the optimisers among the notebook's `values` that have stepped, and those
 * of the run under way that have no name. Null when there is none.
 */
export function captureCheckpoint(values: ReadonlyMap<string, unknown>): Checkpoint | null {
  const named = new Map<Learner, string>();
  for (const [name, value] of values) {
    if (value instanceof Optimizer && stepsOf(value.stateDict()) > 0) named.set(value, name);
  }
  const optimizers = [...new Set([...named.keys(), ...optimizersAtWork()])];
  if (optimizers.length === 0) return null;
  const parts = optimizers.map((optimizer, i) => {
    const state = optimizer.stateDict();
    const trained: Trained = {
      optimizer: named.get(optimizer) ?? null,
      kind: state.kind,
      models: modelsOf(values, optimizer).map(([name]) => name),
      steps: stepsOf(state),
    };
    return { trained, state, tensors: tensorsOf(optimizer, state, `${i}.`) };
  });
  const tensors = Object.fromEntries(parts.flatMap((part) => part.tensors));
  const header = parts.map(({ trained, state }) => ({
    trained,
    state: { ...state, tensors: undefined },
  }));
  return {
    trained: parts.map((part) => part.trained),
    sizeBytes: Object.values(tensors).reduce((sum, each) => sum + bytesIn(each), 0),
    encode: () =>
      encodeTensors({
        tensors,
        metadata: {
          checkpoint: JSON.stringify(header),
          generator: JSON.stringify(defaultGenerator.getState()),
        },
      }),
  };
}

/** Of a checkpoint, what no optimiser has taken over yet. */
interface PendingCheckpoint {
  /**
   * Gives an optimiser the first state that fits it, of its own name where it has one: parameters,
   * buffers, its own; with the first, the generator's. Null when none fits.
   */
  give(optimizer: Learner, name?: string): Trained | null;
  /** States that nobody has taken. */
  readonly left: number;
}

/**
 * Gives a checkpoint's states to the optimisers of the same names among `values`, and then, as they
 * are made, to optimisers that fit, of which `made` hears. Null: what still waits is forgotten.
 * @throws SyntaxError when the bytes are no checkpoint.
 */
export function restoreCheckpoint(
  bytes: Uint8Array | null,
  values: ReadonlyMap<string, unknown>,
  made: (trained: Trained, left: number) => void,
): { readonly trained: readonly Trained[]; readonly left: number } {
  observeOptimizers(null);
  if (bytes === null) return { trained: [], left: 0 };
  const pending = openCheckpoint(bytes);
  const trained = Array.from(values).flatMap(([name, value]) =>
    value instanceof Optimizer ? (pending.give(value, name) ?? []) : [],
  );
  observeOptimizers((optimizer) => {
    const given = pending.give(optimizer);
    if (given !== null) made(given, pending.left);
  });
  return { trained, left: pending.left };
}

function openCheckpoint(bytes: Uint8Array): PendingCheckpoint {
  const { tensors, metadata } = decodeTensors(bytes);
  const parts = (JSON.parse(metadata.checkpoint ?? "[]") as Part[]).map((part, i) => ({
    ...part,
    parameters: numbered(tensors, `${i}.parameter.`),
    buffers: prefixed(tensors, `${i}.buffer.`),
    slots: part.state.steps.map((_, k) => prefixed(tensors, `${i}.slot.${k}.`)),
  }));
  let generator = metadata.generator;
  return {
    give(optimizer, name) {
      const part = parts.find(
        (each) => (name === undefined || each.trained.optimizer === name) && fits(optimizer, each),
      );
      if (part === undefined) return null;
      parts.splice(parts.indexOf(part), 1);
      noGrad(() => {
        optimizer.parameters.forEach((parameter, k) => copyInto(parameter, part.parameters[k]));
        for (const module of modulesOf(optimizer))
          for (const [path, buffer] of module.namedBuffers()) copyInto(buffer, part.buffers[path]);
      });
      optimizer.loadStateDict({ ...part.state, tensors: part.slots });
      if (generator !== undefined)
        defaultGenerator.setState(JSON.parse(generator) as GeneratorState);
      generator = undefined;
      return part.trained;
    },
    get left() {
      return parts.length;
    },
  };
}

interface Part {
  readonly trained: Trained;
  readonly state: Omit<OptimizerState, "tensors">;
}

function bytesIn(tensor: Tensor): number {
  return tensor.numel() * (tensor.dtype === "f64" ? 8 : 4);
}

function stepsOf({ steps }: OptimizerState): number {
  return Math.max(0, ...steps);
}

function tensorsOf(
  optimizer: Learner,
  state: OptimizerState,
  prefix: string,
): (readonly [string, Tensor])[] {
  return [
    ...optimizer.parameters.map((each, k) => [`${prefix}parameter.${k}`, each] as const),
    ...state.tensors.flatMap((slot, k) =>
      Object.entries(slot).map(([name, each]) => [`${prefix}slot.${k}.${name}`, each] as const),
    ),
    ...modulesOf(optimizer).flatMap((module) =>
      module.namedBuffers().map(([path, each]) => [`${prefix}buffer.${path}`, each] as const),
    ),
  ];
}

function fits(
  optimizer: Learner,
  { state, parameters }: Part & { readonly parameters: readonly Tensor[] },
): boolean {
  const own = optimizer.parameters;
  return (
    optimizer.stateDict().kind === state.kind &&
    own.length === parameters.length &&
    own.every((each, k) => sameShape(each.shape, parameters[k]?.shape ?? []))
  );
}

function copyInto(target: Tensor, source: Tensor | undefined): void {
  if (source !== undefined && sameShape(target.shape, source.shape)) target.copy_(source);
}

/** The tensors whose name begins with `prefix`, under the rest of it. */
function prefixed(tensors: Readonly<Record<string, Tensor>>, prefix: string) {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, each]) => [name.slice(prefix.length), each]));
}

function numbered(tensors: Readonly<Record<string, Tensor>>, prefix: string): Tensor[] {
  return Object.entries(prefixed(tensors, prefix))
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, each]) => each);
}

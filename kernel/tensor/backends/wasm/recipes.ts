/**
 * How large results can be had again: by the op that made them. To move one to the heap asks the system
 * for fresh memory, which takes longer than most ops; and most results are dead by then. So one whose
 * inputs have values on the heap leaves the arena without a copy, and is computed again if ever somebody
 * looks, by the same kernel to the same bits. Compilers call this rematerialisation.
 */
import { elementBytes } from "../../dtype.ts";
import type { Shape, View } from "../../view.ts";
import { HeapStorage, type Recipe, type Repeated } from "../storage.ts";
import { storageOf } from "./floats.ts";

/** The most ops that it takes to have a result again: some of its inputs may have left as well. */
const FAR = 2;
/** The most that is kept for it on the heap: so many times its own bytes. */
const HEAVY = 2.5;
/** Inputs of at most such a part of it are moved to the heap for its sake. */
const LIGHT = 16;

interface Input {
  readonly storage: HeapStorage;
  readonly shape: Shape;
  readonly strides: Shape;
  readonly offset: number;
  /** Of the storage, when it was read. */
  readonly writes: number;
}

class Again implements Repeated {
  readonly borrows = false;
  readonly isFar: boolean;
  /** Those of inputs that have left included. */
  readonly ops: number;
  /** What is kept for it. */
  readonly bytes: number;
  readonly #run: () => View;

  constructor(run: () => View, ops: number, bytes: number, isFar: boolean) {
    this.#run = run;
    this.ops = ops;
    this.bytes = bytes;
    this.isFar = isFar;
  }

  make(storage: HeapStorage): void {
    storage.inherit(storageOf(this.#run()));
  }

  release(): void {}
}

class Call<I extends readonly View[]> implements Recipe {
  readonly #inputs: readonly Input[];
  readonly #run: (...inputs: I) => View;
  /** The result's. */
  readonly #bytes: number;

  constructor(inputs: I, run: (...inputs: I) => View, bytes: number) {
    // Not what was given: a tensor has a history.
    this.#inputs = inputs.map((x) => {
      const own = storageOf(x);
      const { shape, strides, offset } = x;
      // What the engine alone can reach may die before the result.
      const storage = (own.isPrivate && isLight(own, bytes) && own.snapshot(true)) || own;
      return { storage, shape, strides, offset, writes: storage.writes };
    });
    this.#run = run;
    this.#bytes = bytes;
  }

  repeated(): Again | null {
    const views: View[] = [];
    let [ops, bytes] = [1, 0];
    for (const { storage, shape, strides, offset, writes } of this.#inputs) {
      if (storage.writes !== writes) return null;
      const { unmade } = storage;
      const snapshot =
        unmade instanceof Again ? copyOf(storage) : storage.snapshot(isLight(storage, this.#bytes));
      if (snapshot === null) return null;
      views.push({ storage: snapshot, shape, strides, offset });
      ops += unmade instanceof Again ? unmade.ops : 0;
      bytes += unmade instanceof Again ? unmade.bytes : bytesOf(storage);
    }
    const run = this.#run;
    // One for each that was given, in their order.
    const inputs = views as readonly View[] as I;
    return new Again(() => run(...inputs), ops, bytes, ops > FAR || bytes > HEAVY * this.#bytes);
  }
}

function bytesOf({ dtype, length }: HeapStorage): number {
  return length * elementBytes(dtype);
}

function isLight(input: HeapStorage, bytes: number): boolean {
  return LIGHT * bytesOf(input) <= bytes;
}

/** Another storage of the same values, which nobody has made. */
function copyOf({ dtype, length, unmade }: HeapStorage): HeapStorage {
  const copy = new HeapStorage(dtype, length, null);
  copy.unmade = unmade;
  return copy;
}

/** Remembers that `run` made `result` from `inputs`, where only the arena has it. */
export function record<const I extends readonly View[]>(
  result: View,
  inputs: I,
  run: (...inputs: I) => View,
): void {
  const { storage } = result;
  if (!(storage instanceof HeapStorage) || !storage.isAhead) return;
  storage.recipe = new Call(inputs, run, bytesOf(storage));
}

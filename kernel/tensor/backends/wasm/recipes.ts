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
/** How many times as long as a copy a result may take that is dear to have again. */
const DEAR = 16;

/**
 * Results that take far longer than a copy, as products of matrices: most are dead when they leave, and a copy
 * is a sixth of their time. They leave without one as long as few of those that left were wanted again, so
 * that what is gained by the others pays for these.
 */
export class Dear {
  #left = 0;
  #wanted = 0;

  /** One is to leave; whether it may do so without a copy. */
  leaves(): boolean {
    return DEAR * this.#wanted <= this.#left++;
  }

  /** One that left is computed again. */
  isWanted(): void {
    this.#wanted++;
  }
}

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
  readonly #dear: Dear | null;

  constructor(run: () => View, ops: number, bytes: number, isFar: boolean, dear: Dear | null) {
    this.#run = run;
    this.ops = ops;
    this.bytes = bytes;
    this.isFar = isFar;
    this.#dear = dear;
  }

  make(storage: HeapStorage): void {
    this.#dear?.isWanted();
    storage.inherit(storageOf(this.#run()));
  }

  release(): void {}
}

class Call<I extends readonly View[]> implements Recipe {
  readonly #inputs: readonly Input[];
  readonly #run: (...inputs: I) => View;
  /** The result's. */
  readonly #bytes: number;
  readonly #dear: Dear | null;

  constructor(inputs: I, run: (...inputs: I) => View, bytes: number, dear: Dear | null) {
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
    this.#dear = dear;
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
    const isFar = ops > FAR || bytes > HEAVY * this.#bytes || this.#dear?.leaves() === false;
    return new Again(() => run(...inputs), ops, bytes, isFar, this.#dear);
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

/** Remembers that `run` made `result`, which is `dear` or not, from `inputs`, where only the arena has it. */
export function record<const I extends readonly View[]>(
  result: View,
  inputs: I,
  run: (...inputs: I) => View,
  dear: Dear | null = null,
): void {
  const { storage } = result;
  if (!(storage instanceof HeapStorage) || !storage.isAhead) return;
  storage.recipe = new Call(inputs, run, bytesOf(storage), dear);
}

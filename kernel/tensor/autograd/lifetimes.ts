/**
 * When values die. JavaScript does not say when a tensor is out of reach, but the engine knows it of
 * what it made for itself and never handed out: slopes on their way back, results between the layers
 * of a network. Such a storage is private, and its memory is given back with the last of its holders,
 * the recorded ops and slopes under way that read it.
 *
 * Whatever a person can reach is public, from its birth unless the engine is at work, and stays so:
 * its memory is the garbage collector's business alone.
 */
import { backend } from "../backends/current.ts";
import { type DType, zerosOf } from "../dtype.ts";
import type { Storage, View } from "../view.ts";

/**
 * `isAtWork`: what is made now is the engine's own. `isWalking`: a walk back reads what was recorded,
 * disposed of or not. `poisons`: see `poisonTheDead`.
 */
export const lifetimes = { isAtWork: false, isWalking: false, poisons: false };

/** What was made while the engine was at work, by the tasks under way, the innermost last. */
const births: (Storage | null)[] = [];

/** @internal An op made `storage`, and not a view of an older one. Called while the engine is at work. */
export function born(storage: Storage): void {
  births.push(storage);
}

/** Something reads `storage` until it calls `letGo`. */
export function hold(storage: Storage): void {
  storage.holders++;
}

export function letGo(storage: Storage): void {
  if (--storage.holders === 0 && storage.isPrivate) bury(storage);
}

/** The only tensor over `storage` is out of use: it dies at once, or with the graph that needs it. */
export function abandon(storage: Storage): void {
  storage.isPrivate = true;
  if (storage.holders === 0) bury(storage);
}

/** Code that is not the engine's may see `storage` from now on. */
export function publish(storage: Storage): void {
  storage.settle();
  storage.isPrivate = false;
  if (!lifetimes.isAtWork) return;
  const place = births.lastIndexOf(storage);
  if (place >= 0) births[place] = null;
}

/**
 * Runs a task that no code but the engine's takes part in. What it makes is private, but for its
 * results, which belong to the task around it, if any; what nobody holds then dies. When it fails,
 * or `viewsIn` finds no views in what it gave, all that it made is public.
 */
export function task<T>(body: () => T, viewsIn: (result: T) => readonly View[] | null): T {
  const wasAtWork = lifetimes.isAtWork;
  const begin = births.length;
  let results: readonly View[] | null = null;
  lifetimes.isAtWork = true;
  try {
    const result = body();
    results = viewsIn(result);
    return result;
  } finally {
    lifetimes.isAtWork = wasAtWork;
    if (results === null) births.length = begin;
    else settle(begin, results, wasAtWork);
  }
}

/** For a task that gives one tensor. */
export const one = (result: View): readonly View[] => [result];

/** Decides what becomes of all that was made since `begin`. */
function settle(begin: number, results: readonly View[], goesOn: boolean): void {
  let kept = begin;
  for (let i = begin; i < births.length; i++) {
    const storage = births[i] ?? null;
    if (storage === null) continue;
    if (isAmong(results, storage)) {
      if (goesOn) births[kept++] = storage;
      continue;
    }
    storage.isPrivate = true;
    if (storage.holders === 0) bury(storage);
  }
  births.length = kept;
}

/**
 * Runs code that is not the engine's, in the midst of a task: it may keep whatever it sees, so all
 * that the tasks under way have made is public, and what it makes itself is.
 */
export function outside<T>(body: () => T): T {
  if (!lifetimes.isAtWork) return body();
  births.fill(null);
  lifetimes.isAtWork = false;
  try {
    return body();
  } finally {
    lifetimes.isAtWork = true;
  }
}

function isAmong(views: readonly View[], storage: Storage): boolean {
  for (let i = 0; i < views.length; i++) if (views[i]?.storage === storage) return true;
  return false;
}

function bury(storage: Storage): void {
  if (lifetimes.poisons) poison(storage);
  storage.release();
}

/**
 * For tests: the values of what dies become NaN, or a number that nobody expects, so that whoever
 * reads them still is found out. Reading a released storage throws in any case.
 */
export function poisonTheDead(on: boolean): void {
  lifetimes.poisons = on;
}

function poison(storage: Storage): void {
  const { dtype, length } = storage;
  const one = backend().adopt(zerosOf(dtype, 1).fill(poisons[dtype]), dtype);
  const value: View = { storage: one, shape: [], strides: [], offset: 0 };
  backend().assign({ storage, shape: [length], strides: [1], offset: 0 }, value);
}

const poisons: Readonly<Record<DType, number>> = {
  f32: Number.NaN,
  f64: Number.NaN,
  i32: -(2 ** 31),
  u8: 255,
  bool: 1,
};

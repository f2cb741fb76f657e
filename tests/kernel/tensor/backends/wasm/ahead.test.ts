import { expect, test } from "vitest";
import { HeapStorage } from "../../../../../kernel/tensor/backends/storage.ts";
import { pagesAhead } from "../../../../../kernel/tensor/backends/wasm/ahead.ts";
import { Arena } from "../../../../../kernel/tensor/backends/wasm/arena.ts";

const MB = 2 ** 20;

const arenaOf = (pages: number, capacity: number) =>
  new Arena({
    capacity,
    before: 1000,
    memory: new WebAssembly.Memory({ initial: pages, maximum: 4096 }),
  });

/** A storage of `length` ones, held by `arena`. */
function held(arena: Arena, length: number): HeapStorage {
  const storage = new HeapStorage("f32", length, null);
  arena.hold(storage);
  new Float32Array(arena.memory.buffer, storage.address, length).fill(1);
  return storage;
}

const isIntact = (storage: HeapStorage) => storage.host().every((value) => value === 1);

test("pages are touched behind what lies in the arena, also what came meanwhile", () => {
  const arena = arenaOf(200, 8 * MB);
  const words = new Int32Array(arena.memory.buffer).fill(7);
  const first = held(arena, MB / 8);
  const more = pagesAhead(arena);
  expect(more()).toBe(true);
  expect(words[arena.top >> 2]).toBe(0);
  const second = held(arena, MB);
  while (more());
  expect(isIntact(first)).toBe(true);
  expect(isIntact(second)).toBe(true);
  const pages = words.subarray(arena.top >> 2).filter((_, i) => i % 1024 === 0);
  expect(pages.length).toBeGreaterThan(100);
  expect(pages.slice(0, -1).every((word) => word === 0)).toBe(true);
});

test("no more than 64 MB are touched, in steps", () => {
  const arena = arenaOf(1600, 90 * MB);
  const more = pagesAhead(arena);
  let turns = 1;
  while (more()) turns++;
  expect(turns).toBe(64);
});

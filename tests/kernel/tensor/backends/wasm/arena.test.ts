import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { HeapStorage } from "../../../../../kernel/tensor/backends/storage.ts";
import { Arena } from "../../../../../kernel/tensor/backends/wasm/arena.ts";
import { OutOfMemoryError } from "../../../../../kernel/tensor/errors.ts";
import { propertyRuns } from "../../../../counts.ts";

const CAPACITY = 65_536;
const arenaOf = (shared = false, maximum = 64) =>
  new Arena({
    capacity: CAPACITY,
    before: 1000,
    memory: new WebAssembly.Memory({ initial: 1, maximum, shared }),
  });

const ofValues = (...values: number[]) =>
  new HeapStorage("f32", values.length, Float32Array.from(values));
const floats = (arena: Arena, storage: HeapStorage) =>
  new Float32Array(arena.memory.buffer, storage.address, storage.length);

describe.each([false, true])("an arena of shared memory: %s", (shared) => {
  test("holds values of the heap at addresses beyond the scratch space", () => {
    const arena = arenaOf(shared);
    const [a, b] = [ofValues(1, 2), ofValues(3)];
    arena.hold(a, b);
    expect(Math.min(a.address, b.address)).toBeGreaterThanOrEqual(1000);
    expect([...floats(arena, a), ...floats(arena, b)]).toEqual([1, 2, 3]);
  });

  test("gives back what a kernel wrote, also when evicted before", () => {
    const arena = arenaOf(shared);
    const out = new HeapStorage("f32", 3, null);
    arena.hold(out);
    floats(arena, out).set([1, 2, 3]);
    arena.evict();
    expect(out.address).toBe(0);
    expect([...out.host()]).toEqual([1, 2, 3]);
    arena.hold(out);
    floats(arena, out)[1] = 9;
    arena.wrote(out);
    expect([...out.host()]).toEqual([1, 9, 3]);
  });

  test("keeps whole numbers and bools as they are", () => {
    const arena = arenaOf(shared);
    const whole = new HeapStorage("i32", 2, Int32Array.of(-7, 2 ** 31 - 1));
    const truth = new HeapStorage("bool", 3, Uint8Array.of(1, 0, 1));
    arena.hold(whole, truth);
    arena.wrote(whole);
    arena.wrote(truth);
    arena.evict();
    expect([...whole.host(), ...truth.host()]).toEqual([-7, 2 ** 31 - 1, 1, 0, 1]);
  });
});

test("a new one stays new where there was no room for what comes with it", () => {
  const arena = arenaOf();
  const older = ofValues(...Array.from({ length: 8000 }, () => 1));
  arena.hold(older);
  const out = new HeapStorage("f32", 3, null);
  arena.hold(out, new HeapStorage("f32", 12_000, null));
  // A kernel writes into what is new without saying so.
  floats(arena, out).set([1, 2, 3]);
  expect([...out.host()]).toEqual([1, 2, 3]);
  const again = new HeapStorage("f32", 2, null);
  arena.holdEach([again, older]);
  floats(arena, again).set([4, 5]);
  expect([...again.host()]).toEqual([4, 5]);
});

test("what is written on the heap is what a kernel sees next", () => {
  const arena = arenaOf();
  const a = ofValues(1, 2);
  arena.hold(a);
  a.writable()[0] = 5;
  expect(a.address).toBe(0);
  arena.hold(a);
  expect([...floats(arena, a)]).toEqual([5, 2]);
});

test("a discarded block is used again by the next of its size", () => {
  const arena = arenaOf();
  const a = new HeapStorage("f32", 100, null);
  arena.hold(a);
  const { address } = a;
  arena.discard(a);
  const b = new HeapStorage("f32", 98, null);
  arena.hold(b);
  expect(b.address).toBe(address);
});

test("no two storages that are held overlap, and none loses a value, in any order of events", () => {
  type Event = readonly ["hold" | "write" | "discard" | "read", number, number];
  const event: fc.Arbitrary<Event> = fc.tuple(
    fc.constantFrom("hold", "write", "discard", "read"),
    fc.nat(19),
    fc.nat(19),
  );
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 20, maxLength: 20 }),
      fc.array(event, { maxLength: 100 }),
      (lengths, events) => {
        const arena = arenaOf();
        const storages = lengths.map(
          (n, i) => new HeapStorage("f32", n, new Float32Array(n).fill(i)),
        );
        const wanted = lengths.map((_, i) => i);
        for (const [what, i, j] of events) {
          // Both are in range: there are twenty.
          const [a, b] = [storages[i]!, storages[j]!];
          if (what === "read" || (what === "discard" && a.device === null)) {
            expect(a.host().every((value) => value === wanted[i])).toBe(true);
          } else if (what === "discard") a.writable();
          else {
            arena.hold(a, b);
            expect(Math.min(a.address, b.address)).toBeGreaterThan(0);
            if (a !== b && a.length * b.length > 0) {
              const [first, second] = a.address < b.address ? [a, b] : [b, a];
              expect(first.address + 4 * first.length).toBeLessThanOrEqual(second.address);
            }
            if (what === "hold") continue;
            wanted[i] = wanted[i]! + 100;
            floats(arena, a).fill(wanted[i]);
            arena.wrote(a);
          }
        }
        storages.forEach((storage, i) => {
          expect(storage.host().every((value) => value === wanted[i])).toBe(true);
        });
      },
    ),
    propertyRuns(5, 50),
  );
});

describe("a nursery", () => {
  const NURSERY = 2 ** 18;
  const large = () =>
    new Arena({
      capacity: 64 * NURSERY,
      before: 1000,
      memory: new WebAssembly.Memory({ initial: 1, maximum: 512 }),
    });
  /** A new storage whose values are all `value`. */
  const born = (arena: Arena, length: number, value: number) => {
    const storage = new HeapStorage("f32", length, null);
    arena.hold(storage);
    floats(arena, storage).fill(value);
    return storage;
  };
  const isAll = (storage: HeapStorage, value: number) =>
    storage.host().every((each) => each === value);

  test("is used again and again by what is small, which keeps its values", () => {
    const arena = large();
    const end = 1024 + NURSERY;
    const all: HeapStorage[] = [];
    let outside = 0;
    for (let i = 0; i < 5000; i++) {
      const storage = born(arena, 20 + (i % 200), i);
      if (storage.address >= end) outside++;
      all.push(storage);
    }
    // Those that found it full.
    expect(outside).toBeLessThan(20);
    expect(all.every((storage, i) => isAll(storage, i))).toBe(true);
  });

  test("holds nothing that is large, or that has values", () => {
    const arena = large();
    const older = ofValues(1, 2, 3);
    arena.hold(older);
    const addresses = [older, born(arena, 257, 1)].map(({ address }) => address);
    expect(Math.min(...addresses)).toBeGreaterThanOrEqual(1024 + NURSERY);
    expect(born(arena, 256, 1).address).toBeLessThan(1024 + NURSERY);
  });

  test("is left at the next call, so that what a call holds together stays", () => {
    const arena = large();
    for (let i = 0; i < 1021; i++) born(arena, 64, i);
    const some = Array.from({ length: 6 }, () => new HeapStorage("f32", 64, null));
    arena.holdEach(some);
    some.forEach((storage, i) => floats(arena, storage).fill(i));
    expect(new Set(some.map(({ address }) => address)).size).toBe(6);
    const [first, last] = [some[0]!, some[5]!]; // there are six
    expect([first.address < 1024 + NURSERY, last.address < 1024 + NURSERY]).toEqual([true, false]);
    born(arena, 64, 7);
    expect(first.device).toBeNull();
    expect(some.every((storage, i) => isAll(storage, i))).toBe(true);
  });

  test("gives back what was written after a look at it", () => {
    const arena = large();
    const storage = born(arena, 64, 1);
    expect(isAll(storage, 1)).toBe(true);
    floats(arena, storage).fill(2);
    arena.wrote(storage);
    arena.evict();
    expect(isAll(storage, 2)).toBe(true);
  });

  test("uses blocks of the dead again", () => {
    const arena = large();
    const { address } = born(arena, 64, 1);
    const second = born(arena, 64, 2);
    const at = second.address;
    second.release();
    expect([born(arena, 60, 3).address, address]).toEqual([at, 1024]);
    expect(arena.occupied).toBe(512);
  });
});

test("few of what is large or lives long are held at once, however much room there is", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 512 });
  const arena = new Arena({ capacity: 2 ** 24, before: 1000, memory });
  const kept = ofValues(7);
  const all = Array.from({ length: 9000 }, (_, i) => {
    const storage = new HeapStorage("f32", 260, null);
    arena.hold(storage, kept);
    floats(arena, storage).fill(i);
    return storage;
  });
  expect(arena.evictions).toBe(1);
  expect(all.filter(({ device }) => device !== null).length).toBeLessThan(1000);
  expect(all.every((storage, i) => storage.host().every((value) => value === i))).toBe(true);
  expect([...floats(arena, kept)]).toEqual([7]);
});

describe("an op that needs more than the capacity", () => {
  const large = () => new HeapStorage("f32", 40_000, null);

  test("gets exactly its operands' blocks, for as long as it runs", () => {
    const arena = arenaOf();
    const [a, b] = [large(), large()];
    arena.hold(a, b);
    const block = b.address - a.address;
    expect(arena.room).toBe(2 * block);
    expect(block).toBeGreaterThanOrEqual(160_000);
    arena.hold(ofValues(1));
    expect(arena.room).toBe(CAPACITY);
    expect(a.address).toBe(0);
  });

  test("keeps the values that lay there", () => {
    const arena = arenaOf();
    const a = ofValues(1, 2, 3);
    arena.hold(a);
    arena.wrote(a);
    arena.hold(large(), large());
    expect([...a.host()]).toEqual([1, 2, 3]);
  });

  test("is refused with its size where the machine has no more, and nothing is lost", () => {
    const arena = arenaOf(false, 3);
    const a = ofValues(1, 2, 3);
    arena.hold(a);
    const caught = () => arena.hold(large(), large());
    expect(caught).toThrow(OutOfMemoryError);
    expect(caught).toThrow("memory: an op wants 0.3 MB - the engine has 0.1 MB and gets no more");
    expect([...a.host()]).toEqual([1, 2, 3]);
    arena.hold(a);
    expect([...floats(arena, a)]).toEqual([1, 2, 3]);
  });
});

/** Storages of the CPU: what a release leaves behind, and which arrays are used again. */
import { describe, expect, test } from "vitest";
import {
  emptyHomes,
  unsetHome,
  waitingBytes,
  zeroedHome,
} from "../../../../kernel/tensor/backends/homes.ts";
import { HeapStorage } from "../../../../kernel/tensor/backends/storage.ts";

describe("a released storage", () => {
  const released = () => {
    const storage = new HeapStorage("f32", 3, Float32Array.of(1, 2, 3));
    storage.release();
    return storage;
  };

  test("refuses to be read or written", () => {
    expect(() => released().host()).toThrow(
      "tensor: values that dispose() or the end of a using gave back",
    );
    expect(() => released().writable()).toThrow(
      "tensor: values that dispose() or the end of a using gave back",
    );
    expect(() => released().isNew).toThrow(
      "tensor: values that dispose() or the end of a using gave back",
    );
  });

  test("gives its array back once, however often it is released", () => {
    emptyHomes();
    const storage = released();
    storage.release();
    expect(waitingBytes()).toBe(12);
  });
});

describe("an heir", () => {
  test("has the values, wherever on the heap they are, and nobody else has", () => {
    const shelved = new HeapStorage("f32", 2, null);
    shelved.shelve(new Uint8Array(Float32Array.of(1, 2, 3).buffer), 4);
    for (const other of [shelved, new HeapStorage("f32", 2, Float32Array.of(2, 3))]) {
      const heir = new HeapStorage("f32", 2, null);
      heir.inherit(other);
      expect([...heir.host()]).toEqual([2, 3]);
      expect(() => other.host()).toThrow("gave back");
    }
  });
});

describe("a snapshot", () => {
  const taken = () => {
    const storage = new HeapStorage("f32", 3, Float32Array.of(1, 2, 3));
    const snapshot = storage.snapshot(false);
    if (snapshot === null) throw new Error("the heap has the values");
    return { storage, snapshot };
  };

  test("shares the array until the storage is written", () => {
    const { storage, snapshot } = taken();
    expect(snapshot.host()).toBe(storage.host());
    expect(storage.snapshot(false)).toBe(snapshot);
    storage.writable()[1] = 9;
    expect([...storage.host(), ...snapshot.host()]).toEqual([1, 9, 3, 1, 2, 3]);
    expect(storage.snapshot(false)).not.toBe(snapshot);
    expect(storage.writes).toBe(1);
  });

  test("outlives the storage, whose array nobody else is given", () => {
    const { storage, snapshot } = taken();
    emptyHomes();
    storage.release();
    expect(waitingBytes()).toBe(0);
    expect([...snapshot.host()]).toEqual([1, 2, 3]);
    expect(storage.snapshot(true)).toBeNull();
  });
});

describe("arrays whose storages died", () => {
  test("are used again for as many elements of the same type", () => {
    emptyHomes();
    const home = Float32Array.of(1, 2, 3);
    new HeapStorage("f32", 3, home).release();
    expect(unsetHome("i32", 3)).not.toBe(home);
    expect(unsetHome("f32", 4)).not.toBe(home);
    expect(unsetHome("f32", 3)).toBe(home);
    expect(unsetHome("f32", 3)).not.toBe(home);
    expect(waitingBytes()).toBe(0);
  });

  test("are zeroed where zeros are wanted", () => {
    emptyHomes();
    new HeapStorage("i32", 2, Int32Array.of(7, 8)).release();
    expect([...zeroedHome("i32", 2)]).toEqual([0, 0]);
  });

  test("are not kept when they are part of something larger", () => {
    emptyHomes();
    new HeapStorage("f32", 2, new Float32Array(100).subarray(3, 5)).release();
    expect(waitingBytes()).toBe(0);
  });

  test("take no more room than 64 MiB", () => {
    emptyHomes();
    for (let i = 0; i < 40; i++)
      new HeapStorage("u8", 2 ** 22 + i, new Uint8Array(2 ** 22 + i)).release();
    expect(waitingBytes()).toBeLessThanOrEqual(64 * 2 ** 20);
    emptyHomes();
  });
});

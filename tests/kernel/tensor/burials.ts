/** Tells which storages the engine has released while a test runs. */
import { afterEach, beforeEach, vi } from "vitest";
import { HeapStorage } from "../../../kernel/tensor/backends/storage.ts";

/** The storages released since the running test began. To be called once, at the top of a test file. */
export function watchBurials(): ReadonlySet<unknown> {
  const dead = new Set<unknown>();
  beforeEach(() => {
    dead.clear();
    const release = HeapStorage.prototype.release;
    vi.spyOn(HeapStorage.prototype, "release").mockImplementation(function (this: HeapStorage) {
      dead.add(this);
      release.call(this);
    });
  });
  afterEach(() => vi.restoreAllMocks());
  return dead;
}

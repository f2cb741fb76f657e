/** What computes, and that it is told as it is. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => vi.resetModules());
afterEach(() => vi.restoreAllMocks());

/** The engine of a kernel that starts anew. */
const fresh = () => import("../../../../kernel/tensor/backends/engine.ts");

/** Modules of more than a few bytes are not compiled. */
function refuse(error: Error): void {
  const { Module } = WebAssembly;
  vi.spyOn(WebAssembly, "Module").mockImplementation(function (bytes) {
    if (bytes.byteLength > 1000) throw error;
    return new Module(bytes);
  });
}

test("a machine that compiles the kernels computes with them", async () => {
  const { engine, startEngine } = await fresh();
  expect(engine().backend).toBe("reference");
  const started = startEngine(null);
  expect(started).toMatchObject({ backend: expect.stringMatching(/^wasm /) as string, threads: 1 });
  expect(engine()).toEqual(started);
});

test.each([
  ["compiles no kernels", new WebAssembly.CompileError("blocked by the page's policy")],
  ["has no room for them", new RangeError("cannot allocate code space")],
])("a machine that %s computes in JavaScript, and says so", async (_, error) => {
  const { engine, startEngine } = await fresh();
  refuse(error);
  expect(startEngine(null)).toEqual({ backend: "reference", threads: 1 });
  expect(engine()).toEqual({ backend: "reference", threads: 1 });
  const { ones } = await import("../../../../kernel/tensor/index.ts");
  expect(ones([10, 10]).sum().item()).toBe(100);
});

test("a mistake in the kernels is not taken for a machine that has none", async () => {
  const { startEngine } = await fresh();
  refuse(new TypeError("no such kernel"));
  expect(() => startEngine(null)).toThrow("no such kernel");
});

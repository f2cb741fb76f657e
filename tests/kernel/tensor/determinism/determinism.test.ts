/** The same bits on every machine: here on whatever this Node has; tests/e2e has browsers. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { backend } from "../../../../kernel/tensor/backends/current.ts";
import type { MachineOptions } from "../../../../kernel/tensor/backends/wasm/machine.ts";
import { runs, variants } from "../../../../kernel/tensor/backends/wasm/variant.ts";
import * as engine from "../../../../kernel/tensor/index.ts";
import { startNotebookKernel } from "../../hosts/notebook-kernel.ts";
import { cell, golden } from "./golden.ts";
import { bitsOf } from "./program.ts";

const { deterministic } = engine;

afterEach(() => {
  deterministic(false);
  vi.restoreAllMocks();
});

test("small nets end with the same bits as on every other machine", async () => {
  deterministic(true);
  const bits = `${JSON.stringify(bitsOf(engine), null, 2)}\n`;
  await expect(bits).toMatchFileSnapshot("golden.json");
});

/** An engine of its own, since no tensor may have lived in another arena. */
async function engineOn(options: MachineOptions): Promise<typeof engine> {
  vi.resetModules();
  const { setBackend } = await import("../../../../kernel/tensor/backends/current.ts");
  const { wasmBackend } = await import("../../../../kernel/tensor/backends/wasm/index.ts");
  setBackend(wasmBackend(options));
  return import("../../../../kernel/tensor/index.ts");
}

test("and in an arena that every op empties", async () => {
  const own = await engineOn({ variant: "plain", capacity: 65_536 });
  own.deterministic(true);
  expect(bitsOf(own)).toEqual(golden);
});

test("and after the switch was off for a while", async () => {
  const own = await engineOn({ variant: runs(variants.relaxed) ? "relaxed" : "plain" });
  own.deterministic(true);
  own.deterministic(false);
  const x = own.rand([200, 200]);
  expect(x.matmul(x).shape).toEqual([200, 200]);
  own.deterministic(true);
  expect(bitsOf(own)).toEqual(golden);
});

test("and in a kernel with threads", async () => {
  await using kernel = await startNotebookKernel();
  const before = await kernel.run(
    'import { engine, rand } from "descent";\nrand([700, 700]).matmul(rand([700, 700]));\nengine()',
  );
  expect(before.status).toBe("ok");
  const { text, error } = await kernel.run(cell, "golden");
  expect(error).toBeUndefined();
  expect(JSON.parse(text)).toEqual(golden);
  const after = await kernel.run("const { backend, threads } = engine();\n[backend, threads]", "b");
  expect(after.result).toBe('["wasm plain", 1]');
});

test("tensors made before the switch are there after it, and the other way round", async () => {
  const own = await engineOn({ variant: "plain" });
  const before = own.rand([100, 100]);
  const sum = before.sum().item();
  own.deterministic(true);
  const after = before.add(1);
  expect(before.sum().item()).toBeCloseTo(sum, 2);
  own.deterministic(false);
  expect(after.sub(before).mean().item()).toBeCloseTo(1, 5);
});

describe("deterministic()", () => {
  test("tells whether it is on", () => {
    expect(deterministic()).toBe(false);
    expect(deterministic(true)).toBe(true);
    expect(deterministic(true)).toBe(true);
    expect(deterministic()).toBe(true);
    expect(engine.engine()).toEqual({ backend: "wasm plain", threads: 1 });
    expect(deterministic(false)).toBe(false);
    expect(engine.engine()).toEqual({ backend: "reference", threads: 1 });
  });

  test("computes on as before when it is switched off", () => {
    const given = backend();
    deterministic(true);
    expect(backend()).not.toBe(given);
    deterministic(false);
    expect(backend()).toBe(given);
  });

  test("refuses what is not true or false", () => {
    const on = 1 as unknown as boolean;
    expect(() => deterministic(on)).toThrow("deterministic: a number - wanted true or false");
  });

  test("is refused where no machine code is to be had, and changes nothing", async () => {
    vi.resetModules();
    vi.spyOn(WebAssembly, "Module").mockImplementation(function () {
      throw new WebAssembly.CompileError("no SIMD");
    });
    const bare = await import("../../../../kernel/tensor/index.ts");
    expect(() => bare.deterministic(true)).toThrow(
      "deterministic: this machine computes in JavaScript, which rounds sums otherwise - wanted a browser that has SIMD in WebAssembly",
    );
    expect(bare.deterministic()).toBe(false);
    expect(bare.ones([3]).sum().item()).toBe(3);
  });

  test("may be switched between any two ops, in a hook of backward() too", () => {
    const x = engine.rand([64, 64], { requiresGrad: true });
    const y = x.matmul(x);
    y.registerHook(() => void deterministic(true));
    y.sum().backward();
    expect(deterministic()).toBe(true);
    const slope = engine
      .ones([64, 64])
      .matmul(x.T)
      .add(x.T.matmul(engine.ones([64, 64])));
    expect(x.grad.allclose(slope)).toBe(true);
  });

  test("refuses to be switched in the middle of an op", async () => {
    const own = await engineOn({ variant: "plain" });
    const { attendInCalls } =
      await import("../../../../kernel/tensor/backends/wasm/threads/attend.ts");
    const x = own.rand([1500, 1500]);
    const caught: string[] = [];
    attendInCalls(() => {
      try {
        own.deterministic(true);
      } catch (error) {
        caught.push(String(error));
      }
    });
    x.matmul(x);
    expect(caught[0]).toBe(
      "Error: deterministic: an op is being computed - wanted a moment between two ops",
    );
    expect(own.deterministic()).toBe(false);
    attendInCalls(() => {});
    expect(own.deterministic(true)).toBe(true);
  });
});

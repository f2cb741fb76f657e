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

test("no shape, new or large, has anything compiled once it has started", async () => {
  const { startEngine } = await fresh();
  startEngine(null);
  const { F, nn, optim, randint, randn } = await import("../../../../kernel/tensor/index.ts");
  const compiled = [
    vi.spyOn(WebAssembly, "Module"),
    vi.spyOn(WebAssembly, "Instance"),
    vi.spyOn(WebAssembly, "compile"),
    vi.spyOn(WebAssembly, "instantiate"),
  ];
  for (const [batch, size, filters] of [
    [1, 7, 1],
    [3, 12, 5],
    [17, 30, 8],
  ] as const) {
    const wide = filters * size ** 2;
    const net = nn.Sequential(
      nn.Conv2d(2, filters, 3, { padding: 1 }),
      nn.GELU(),
      nn.Flatten(),
      nn.LayerNorm(wide),
      nn.Linear(wide, 11),
    );
    const opt = optim.AdamW(net.parameters());
    const loss = F.crossEntropy(net(randn([batch, 2, size, size])), randint(0, 11, [batch]));
    loss.backward();
    opt.step();
    const rows = randn([batch, size, size]);
    expect(
      F.scaledDotProductAttention(rows, rows, rows).matmul(rows.transpose(1, 2)).sum(1).shape,
    ).toEqual([batch, size]);
  }
  for (const each of compiled) expect(each).not.toHaveBeenCalled();
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

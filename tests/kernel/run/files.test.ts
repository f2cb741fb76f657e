import { afterEach, beforeEach, expect, test } from "vitest";
import { load, save } from "../../../kernel/run/files.ts";
import { installSurface, surface } from "../../../kernel/run/surface.ts";
import { defaultGenerator, nn, tensor } from "../../../kernel/tensor/index.ts";

const outside = surface();
const files = new Map<string, Uint8Array>();

beforeEach(() => {
  files.clear();
  installSurface({
    ...outside,
    writeFile: (name, bytes) => void files.set(name, bytes),
    readFile: (name) => Promise.resolve(files.get(name) ?? null),
  });
});
afterEach(() => installSurface(outside));

test.each(["net.safetensors", "net.npz", "NET.NPZ", "net"])(
  "save() and load() bring a model through %s",
  async (name) => {
    const [net, copy] = [nn.Linear(3, 2), nn.Linear(3, 2)];
    await save(name, net);
    await load(name, copy);
    expect(copy.weight.toArray()).toEqual(net.weight.toArray());
  },
);

test("a model as safetensors takes its note and the generator along", async () => {
  const net = nn.Linear(3, 2);
  const generator = defaultGenerator;
  await save("net.safetensors", net, { note: "fresh", generator });
  const first = generator.uniform();
  expect(await load("net.safetensors", net, { generator })).toEqual({ note: "fresh" });
  expect(generator.uniform()).toBe(first);
});

test("save() and load() bring one tensor through .npy", async () => {
  await save("x.npy", tensor([[1, 2]]));
  const x = await load("x.npy");
  expect(x.toArray()).toEqual([[1, 2]]);
});

test.each(["all.npz", "all.safetensors"] as const)(
  "save() and load() bring tensors by name through %s",
  async (name) => {
    await save(name, { a: tensor([1]), b: tensor(2) });
    const { a, b } = await load(name);
    expect([a?.toArray(), b?.toArray()]).toEqual([[1], 2]);
  },
);

test("an ending that does not go with what is kept is refused", async () => {
  await expect(save("x.npz", tensor(1))).rejects.toThrow(
    'save: a tensor as "x.npz" - wanted a name that ends in .npy',
  );
  await expect(save("x.npy", nn.Linear(1, 1))).rejects.toThrow(
    'save: "x.npy" holds one tensor - wanted one, or a name that ends in .npz or .safetensors',
  );
  await expect(save("x.npz", nn.Linear(1, 1), { note: "x" })).rejects.toThrow(
    "save: .npz keeps parameters only, and no note",
  );
  expect(files.size).toBe(0);
});

test("what is no model, tensor or record of tensors is refused by name", async () => {
  await expect(save("x.safetensors", { a: 1 } as never)).rejects.toThrow(
    "save: an object for the model - wanted a network or a layer",
  );
  await save("x.safetensors", nn.Linear(1, 1));
  await expect(load("x.safetensors", undefined as never)).rejects.toThrow(
    "load: undefined for the model - wanted a network or a layer",
  );
});

test("load() names the file that is not there", async () => {
  await expect(load("y.npy")).rejects.toThrow('load: this notebook has no file "y.npy"');
});

/** Files that PyTorch's and NumPy's own tools wrote (tests/oracle/exchange). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { decodeModel, decodeNpy, decodeNpz } from "../../../../kernel/tensor/index.ts";
import { difference, network, type Said } from "../../../oracle/exchange/network.ts";

const golden = (name: string): Uint8Array =>
  readFileSync(new URL(`../../../oracle/golden/exchange/${name}`, import.meta.url));
const said = JSON.parse(new TextDecoder().decode(golden("torch.json"))) as Said;

test("a state_dict of PyTorch as safetensors gives PyTorch's output", () => {
  const net = network();
  decodeModel(golden("torch.safetensors"), net);
  expect(difference(net, said)).toBeLessThanOrEqual(1e-5);
});

test.each(["torch.npz", "torch-compressed.npz"])(
  "a state_dict of PyTorch as %s gives PyTorch's output",
  async (name) => {
    const net = network();
    net.loadStateDict(await decodeNpz(golden(name)));
    expect(difference(net, said)).toBeLessThanOrEqual(1e-5);
  },
);

test("decodeNpz() reads every type, byte order and layout that NumPy writes", async () => {
  const arrays = await decodeNpz(golden("types.npz"));
  expect(Object.keys(arrays)).toEqual(Object.keys(said.types));
  for (const [name, values] of Object.entries(said.types))
    expect(arrays[name]?.toArray(), name).toEqual(values);
  const kinds = ["f2", "f4", "f8", "i1", "i8", "u1", "u2", "bool"].map(
    (name) => arrays[name]?.dtype,
  );
  expect(kinds).toEqual(["f32", "f32", "f64", "i32", "i32", "u8", "i32", "bool"]);
  expect(arrays.empty?.shape).toEqual([0, 3]);
  expect(arrays.scalar?.shape).toEqual([]);
});

test.each([1, 2, 3])("decodeNpy() reads version %i of the format", (version) => {
  expect(decodeNpy(golden(`version-${version}.npy`)).toArray()).toEqual([0, 1, 2]);
});

/** Opens the files that exchange.py wrote into a folder and saves a model of ours beside them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  decodeModel,
  decodeNpz,
  encodeModel,
  encodeNpz,
  F,
  manualSeed,
  optim,
  randn,
} from "../../../kernel/tensor/index.ts";
import { difference, network, type Said } from "./network.ts";

const folder = process.argv[2] ?? ".";
const said = JSON.parse(readFileSync(join(folder, "torch.json"), "utf8")) as Said;

for (const name of ["torch.safetensors", "torch.npz", "torch-compressed.npz"]) {
  const net = network();
  const bytes = readFileSync(join(folder, name));
  if (name.endsWith(".npz")) net.loadStateDict(await decodeNpz(bytes));
  else decodeModel(bytes, net);
  const off = difference(net, said);
  if (!(off <= 1e-5)) throw new Error(`${name}: our output is ${off} off`);
}

manualSeed(8);
const net = network();
const optimizer = optim.AdamW(net.parameters());
F.crossEntropy(net(randn([4, 1, 6, 6])), [0, 1, 2, 3]).backward();
optimizer.step();
net.eval();
const x = randn([2, 1, 6, 6]);
writeFileSync(join(folder, "ours.safetensors"), encodeModel(net, { note: "ours" }));
writeFileSync(join(folder, "ours.npz"), encodeNpz(net.stateDict()));
writeFileSync(
  join(folder, "ours.json"),
  JSON.stringify({ x: Array.from(x.data), y: Array.from(net(x).data) }),
);

import { F, nn, optim, tensor } from "../../../../kernel/tensor/index.ts";
import { linearOf, training } from "../descent.ts";
import type { Maker } from "../workload.ts";
import { mlpData } from "./data.ts";

export const mlp: Maker<"mlp"> = (spec) => {
  const data = mlpData(spec);
  const act = () => (spec.activation === "tanh" ? nn.Tanh() : nn.ReLU());
  const [first, ...rest] = data.layers.map(linearOf);
  if (first === undefined) throw new RangeError(`${spec.name}: no layers`);
  const net = nn.Sequential(first, ...rest.flatMap((layer) => [act(), layer]));
  const x = tensor(data.x).reshape([spec.batch, data.inputs]);
  if (spec.activation === "tanh") {
    const y = tensor(data.targets).reshape([spec.batch, data.outputs]);
    const sgd = optim.SGD(net.parameters(), { lr: spec.lr });
    return training(sgd, () => F.mse(net(x), y));
  }
  const labels = tensor(data.labels);
  const adam = optim.Adam(net.parameters(), { lr: spec.lr });
  return training(adam, () => F.crossEntropy(net(x), labels));
};

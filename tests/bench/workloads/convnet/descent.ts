import { F, nn, optim, tensor } from "../../../../kernel/tensor/index.ts";
import { begin, linearOf, training } from "../descent.ts";
import type { Affine } from "../draw.ts";
import type { Maker } from "../workload.ts";
import { convnetData } from "./data.ts";

function convolution({ inputs, outputs, weight, bias }: Affine): nn.Conv2d {
  const layer = nn.Conv2d(inputs / 9, outputs, 3, { padding: 1 });
  begin(layer.weight, weight);
  begin(layer.bias, bias);
  return layer;
}

export const convnet: Maker<"convnet"> = (spec) => {
  const { x, labels, filters, head } = convnetData(spec);
  const net = nn.Sequential(
    convolution(filters[0]),
    nn.ReLU(),
    nn.MaxPool2d(2),
    convolution(filters[1]),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    linearOf(head),
  );
  const images = tensor(x).reshape([spec.batch, 1, spec.size, spec.size]);
  const answers = tensor(labels);
  const adam = optim.Adam(net.parameters(), { lr: spec.lr });
  return training(adam, () => F.crossEntropy(net(images), answers));
};

/** The network of exchange.py, and what the script says about the files it wrote. */
import { nn, tensor } from "../../../kernel/tensor/index.ts";

export const network = () =>
  nn.Sequential(
    nn.Conv2d(1, 3, 3, { padding: 1 }),
    nn.BatchNorm2d(3),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Flatten(),
    nn.Linear(27, 6),
    nn.Tanh(),
    nn.LayerNorm(6),
    nn.Linear(6, 4),
  );

export interface Said {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly types: Readonly<Record<string, unknown>>;
}

/** The largest difference between what `net` makes of the input and what PyTorch made of it. */
export function difference(net: ReturnType<typeof network>, { x, y }: Said): number {
  net.eval();
  const output = net(tensor(x).reshape([2, 1, 6, 6])).data;
  return y.reduce((most, value, i) => Math.max(most, Math.abs(value - (output[i] ?? NaN))), 0);
}

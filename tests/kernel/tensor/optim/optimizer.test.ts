/** What optimisers refuse before their first step. */
import { expect, test } from "vitest";
import { nn, optim, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;
const weight = (): Tensor => tensor([1, 2], { requiresGrad: true });

test.each([
  [
    () => optim.Adam(anything(nn.Linear(2, 2))),
    "Adam: a function for the parameters - wanted a list of tensors, such as net.parameters()",
  ],
  [
    () => optim.SGD(anything(weight()), { lr: 1 }),
    "SGD: a tensor for the parameters - wanted a list of tensors, such as net.parameters()",
  ],
  [() => optim.SGD(anything([1]), { lr: 1 }), "SGD: parameter 0 is a number - wanted a tensor"],
  [
    () => optim.SGD([weight(), weight().mul(2)], { lr: 1 }),
    "SGD: parameter 1 was computed from others - only leaves can be learned",
  ],
  [
    () => optim.SGD([weight()], anything(undefined)),
    "SGD: lr is undefined - wanted a number, 0 or more",
  ],
  [() => optim.SGD([weight()], { lr: -1 }), "SGD: lr is -1 - wanted a number, 0 or more"],
  [() => optim.Adam([weight()], { lr: NaN }), "Adam: lr is NaN - wanted a number, 0 or more"],
  [
    () => optim.Adam([weight()], { betas: [0.9, anything("0.99")] }),
    "Adam: betas[1] is a string - wanted a number, 0 or more",
  ],
])("an optimiser refuses what it cannot use when it is made: %#", (make, message) => {
  expect(make).toThrow(message);
});

test("an optimiser does not read a live setting before its first step", () => {
  let reads = 0;
  const lr = {
    get value() {
      reads++;
      return 0.1;
    },
  };
  const opt = optim.SGD([weight()], { lr });
  expect(reads).toBe(0);
  const [parameter] = opt.parameters;
  parameter?.sum().backward();
  opt.step();
  expect(reads).toBe(1);
  expect(parameter?.toArray()).toEqual([expect.closeTo(0.9), expect.closeTo(1.9)]);
});

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
  [
    () => optim.Adam([weight()], { betas: [1, 0.9] }),
    "Adam: betas[0] is 1 - wanted a number below 1",
  ],
  [
    () => optim.Adam([weight()], { betas: anything(0.9) }),
    "Adam: betas is 0.9 - wanted two numbers, as [0.9, 0.99]",
  ],
  [
    () => optim.Adam([weight()], { amsgrad: anything(1) }),
    "Adam: amsgrad is 1 - wanted true or false",
  ],
  [
    () => optim.SGD([weight()], anything({ learningRate: 1 })),
    'SGD: it has no setting "learningRate" - wanted one of lr, momentum, dampening',
  ],
  [
    () => optim.SGD([weight()], anything(0.1)),
    "SGD: a number for the settings - wanted an object, as { lr: 0.1 }",
  ],
  [
    () => optim.Adam([weight()], anything(null)),
    "Adam: null for the settings - wanted an object, as { lr: 0.1 }",
  ],
  [
    () => optim.SGD([weight()], { lr: 1, nesterov: true }),
    "SGD: nesterov with momentum 0 - wanted a momentum above 0",
  ],
  [
    () => optim.SGD([weight()], { lr: 1, nesterov: true, momentum: 0.9, dampening: 0.1 }),
    "SGD: nesterov with dampening 0.1 - wanted no dampening",
  ],
  [
    () => {
      const w = weight();
      optim.SGD([weight(), w, w], { lr: 1 });
    },
    "SGD: parameter 2 was given before - each may be given once",
  ],
  [
    () => {
      const w = weight();
      optim.SGD([{ params: [w] }, { params: [weight(), w] }], { lr: 1 });
    },
    "SGD: parameter 1 was given before - each may be given once",
  ],
  [
    () => optim.SGD([{ params: anything(undefined) }], { lr: 1 }),
    "SGD: undefined for the parameters - wanted a list of tensors",
  ],
  [
    () => optim.SGD([{ params: [weight()] }], { lr: 1 }).addParamGroup(anything(undefined)),
    "SGD: parameter 0 is undefined - wanted a tensor",
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

test("each group has its own settings, and the optimiser's where it has none", () => {
  const [a, b] = [weight(), weight()];
  const opt = optim.SGD(
    [
      { params: [a], lr: 0.5 },
      { params: [b], momentum: 0.9 },
    ],
    { lr: 0.1 },
  );
  expect(opt.paramGroups.map(({ lr, momentum }) => [lr, momentum])).toEqual([
    [0.5, 0],
    [0.1, 0.9],
  ]);
  a.sum().add(b.sum()).backward();
  opt.step();
  expect(a.toArray()).toEqual([expect.closeTo(0.5), expect.closeTo(1.5)]);
  expect(b.toArray()).toEqual([expect.closeTo(0.9), expect.closeTo(1.9)]);
  expect(opt.parameters).toEqual([a, b]);
});

test("a setting written to a group counts from the next step on, and is checked", () => {
  const w = weight();
  const opt = optim.SGD([w], { lr: 0.1 });
  const [group] = opt.paramGroups;
  if (group === undefined) throw new Error("it has one group");
  group.lr = 1;
  w.sum().backward();
  opt.step();
  expect(w.toArray()).toEqual([0, 1]);
  group.lr = { value: 0.25 };
  expect(group.lr).toBe(0.25);
  expect(() => (group.lr = -1)).toThrow("SGD: lr is -1 - wanted a number, 0 or more");
  expect(() => (group.nesterov = anything("yes"))).toThrow(
    "SGD: nesterov is a string - wanted true or false",
  );
});

test("every setting can be live", () => {
  const w = weight();
  const beta = { value: 0 };
  const opt = optim.Adam([w], { lr: { value: 0.1 }, betas: [beta, { value: 0.5 }] });
  expect(opt.paramGroups[0]?.betas).toEqual([0, 0.5]);
  beta.value = 0.25;
  expect(opt.paramGroups[0]?.betas).toEqual([0.25, 0.5]);
});

test("addParamGroup() brings parameters that learn from then on", () => {
  const [a, b] = [weight(), weight()];
  const opt = optim.SGD([a], { lr: 0.1 });
  opt.addParamGroup({ params: [b], lr: 1 });
  a.sum().add(b.sum()).backward();
  opt.step();
  expect(b.toArray()).toEqual([0, 1]);
  opt.zeroGrad();
  expect([a.grad, b.grad]).toEqual([null, null]);
});

test("loadStateDict() brings back memory and settings, but leaves live ones live", () => {
  const w = weight();
  const opt = optim.SGD([w], { lr: 0.5, momentum: 0.9 });
  w.sum().backward();
  opt.step();
  const state = opt.stateDict();
  const lr = { value: 0.25 };
  const copy = optim.SGD([weight()], { lr, momentum: 0.1 });
  copy.loadStateDict(state);
  const loaded = copy.stateDict();
  expect(loaded.steps).toEqual([1]);
  expect(loaded.tensors[0]?.momentum_buffer?.toArray()).toEqual([1, 1]);
  expect(copy.paramGroups[0]).toMatchObject({ lr: 0.25, momentum: 0.9 });
  lr.value = 0.125;
  expect(copy.paramGroups[0]?.lr).toBe(0.125);
});

test("loadStateDict() refuses the state of other groups", () => {
  const state = optim.SGD([weight(), weight()], { lr: 1 }).stateDict();
  const opt = optim.SGD([{ params: [weight()] }, { params: [weight()] }], { lr: 1 });
  expect(() => opt.loadStateDict(state)).toThrow(
    "loadStateDict: groups of 2 parameters - wanted groups of 1, 1",
  );
  expect(() => optim.Adam([weight(), weight()]).loadStateDict(state)).toThrow(
    "loadStateDict: state of SGD for 2 parameters - wanted Adam for 2",
  );
});

test("Adagrad's sum of squares begins with initialAccumulatorValue", () => {
  const w = weight();
  const opt = optim.Adagrad([w], { lr: 0.3, initialAccumulatorValue: 5 });
  w.square().sum().backward();
  opt.step();
  // 1 - 0.3 · 2 / √(5 + 2²)
  expect(w.at(0).item()).toBeCloseTo(0.8, 6);
});

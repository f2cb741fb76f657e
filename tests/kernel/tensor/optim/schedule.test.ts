/** What schedules have in common: live bases, states, and what they refuse. */
import { describe, expect, test } from "vitest";
import { optim, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";

/** Cells are not checked before they run, so anything may arrive. */
const anything = (value: unknown) => value as never;
const weight = (): Tensor => tensor([0], { requiresGrad: true });
const sgd = (lr: optim.Live = 0.5) => optim.SGD([weight()], { lr, momentum: 0.9 });

test("a schedule multiplies a live learning rate, which is followed throughout", () => {
  const lr = { value: 0.5 };
  const opt = sgd(lr);
  const schedule = optim.StepLR(opt, 1, { gamma: 0.5 });
  expect(schedule.getLastLr()).toEqual([0.5]);
  schedule.step();
  expect(schedule.getLastLr()).toEqual([0.25]);
  lr.value = 1;
  expect(schedule.getLastLr()).toEqual([0.5]);
  expect(opt.paramGroups[0]?.initialLr).toBe(1);
});

test("a schedule's own settings can be live", () => {
  const etaMin = { value: 0 };
  const opt = sgd();
  const schedule = optim.CosineAnnealingLR(opt, 2, { etaMin });
  schedule.step();
  schedule.step();
  expect(opt.paramGroups[0]?.lr).toBe(0);
  etaMin.value = 0.125;
  expect(opt.paramGroups[0]?.lr).toBe(0.125);
});

test("the rate of the schedule is the one that step() uses", () => {
  const w = weight();
  const opt = optim.SGD([w], { lr: 1 });
  const schedule = optim.LambdaLR(opt, (epoch) => 0.5 ** epoch);
  for (let i = 0; i < 2; i++) {
    opt.zeroGrad();
    w.sum().backward();
    opt.step();
    schedule.step();
  }
  expect(w.toArray()).toEqual([-1.5]);
});

test("a group that is added later follows the schedule too", () => {
  const opt = sgd();
  optim.StepLR(opt, 1, { gamma: 0.5 }).step();
  opt.addParamGroup({ params: [weight()], lr: 1 });
  expect(opt.paramGroups.map((group) => group.lr)).toEqual([0.25, 0.5]);
});

test("OneCycleLR goes no further than its last step", () => {
  const schedule = optim.OneCycleLR(sgd(), 1, { totalSteps: 2 });
  schedule.step();
  schedule.step();
  expect(() => schedule.step()).toThrow("OneCycleLR: step 3 - it was made for 2 steps");
});

test("ReduceLROnPlateau takes a tensor of one number", () => {
  const opt = sgd();
  const schedule = optim.ReduceLROnPlateau(opt, { patience: 0, factor: 0.5 });
  schedule.step(tensor(1));
  schedule.step(tensor(1));
  expect(opt.paramGroups[0]?.lr).toBe(0.25);
});

describe("a state brings a schedule to where it was", () => {
  type Maker = (opt: optim.Optimizer) => optim.Schedule;
  const makers: [string, Maker][] = [
    ["StepLR", (opt) => optim.StepLR(opt, 3)],
    ["OneCycleLR", (opt) => optim.OneCycleLR(opt, 1, { totalSteps: 20 })],
    ["ReduceLROnPlateau", (opt) => optim.ReduceLROnPlateau(opt, { patience: 1, cooldown: 2 })],
    [
      "SequentialLR",
      (opt) =>
        optim.SequentialLR(opt, [optim.LinearLR(opt), optim.CosineAnnealingLR(opt, 10)], [4]),
    ],
  ];
  const advance = (schedule: optim.Schedule, losses: readonly number[]): void => {
    for (const loss of losses)
      if (schedule instanceof optim.EpochSchedule) schedule.step();
      else if (schedule instanceof optim.ReduceLROnPlateau) schedule.step(loss);
  };
  test.each(makers)("%s", (_, make) => {
    const [opt, other] = [sgd(), sgd()];
    const [schedule, copy] = [make(opt), make(other)];
    advance(schedule, [3, 2, 2, 2, 2, 2, 1.5]);
    copy.loadStateDict(JSON.parse(JSON.stringify(schedule.stateDict())) as optim.ScheduleState);
    for (const loss of [1.4, 1.4, 1.4, 1.4, 1.4, 1.4, 1.4]) {
      expect(copy.getLastLr()).toEqual(schedule.getLastLr());
      expect(other.paramGroups[0]?.momentum).toBe(opt.paramGroups[0]?.momentum);
      advance(schedule, [loss]);
      advance(copy, [loss]);
    }
  });
});

test.each([
  [
    () => optim.StepLR(anything(undefined), 2),
    "StepLR: undefined for the optimizer - wanted one of optim",
  ],
  [() => optim.StepLR(sgd(), 0), "StepLR: stepSize is 0 - wanted a whole number, 1 or more"],
  [
    () => optim.StepLR(sgd(), anything({ stepSize: 2 })),
    "StepLR: stepSize is an object - wanted a whole number, 1 or more",
  ],
  [() => optim.StepLR(sgd(), 1, { gamma: -1 }), "StepLR: gamma is -1 - wanted a number, 0 or more"],
  [() => optim.StepLR(sgd(), 1, anything({ gama: 0.5 })), 'StepLR: option "gama" - wanted gamma'],
  [
    () => optim.LinearLR(sgd(), anything(5)),
    "LinearLR: 5 for the options - wanted an object such as { startFactor: ... }",
  ],
  [
    () => optim.OneCycleLR(sgd(), 1, anything({ steps: 5 })),
    'OneCycleLR: option "steps" - wanted totalSteps, epochs',
  ],
  [
    () => optim.ReduceLROnPlateau(sgd(), anything(null)),
    "ReduceLROnPlateau: null for the options - wanted an object such as { mode: ... }",
  ],
  [
    () => optim.MultiStepLR(sgd(), anything(3)),
    "MultiStepLR: a number for the milestones - wanted a list of whole numbers",
  ],
  [
    () => optim.MultiStepLR(sgd(), [1.5]),
    "MultiStepLR: milestones[0] is 1.5 - wanted a whole number, 0 or more",
  ],
  [
    () => optim.CosineAnnealingLR(sgd(), anything("ten")),
    "CosineAnnealingLR: tMax is a string - wanted a whole number, 1 or more",
  ],
  [
    () => optim.LinearLR(sgd(), { totalIters: 0 }),
    "LinearLR: totalIters is 0 - wanted a whole number, 1 or more",
  ],
  [
    () => optim.LambdaLR(sgd(), anything(0.9)),
    "LambdaLR: a number for lrLambda - wanted a function of the number of steps",
  ],
  [() => optim.LambdaLR(sgd(), [() => 1, () => 1]), "LambdaLR: 2 functions - wanted one, or 1"],
  [
    () => optim.LambdaLR(sgd(), () => anything(undefined)).getLastLr(),
    "LambdaLR: the function gave undefined for step 0 - wanted a number",
  ],
  [
    () => optim.SequentialLR(sgd(), anything(undefined), []),
    "SequentialLR: undefined of schedules - wanted a list of them",
  ],
  [
    () => {
      const opt = sgd();
      optim.SequentialLR(opt, [anything(optim.ReduceLROnPlateau(opt))], []);
    },
    "SequentialLR: schedule 0 is an object - wanted a schedule that counts steps",
  ],
  [
    () => optim.SequentialLR(sgd(), [optim.StepLR(sgd(), 1)], []),
    "SequentialLR: schedule 0 is for another optimizer - wanted all for the same",
  ],
  [
    () => {
      const opt = sgd();
      optim.SequentialLR(opt, [optim.StepLR(opt, 1)], [3]);
    },
    "SequentialLR: 1 milestones for 1 schedules - wanted 0",
  ],
  [
    () => {
      const opt = sgd();
      const [a, b, c] = [optim.StepLR(opt, 1), optim.StepLR(opt, 2), optim.StepLR(opt, 3)];
      optim.SequentialLR(opt, [a, b, c], [5, 5]);
    },
    "SequentialLR: milestones 5, 5 - wanted them to grow",
  ],
  [
    () => optim.OneCycleLR(sgd(), 1, anything(undefined)),
    "OneCycleLR: the number of steps is missing - wanted totalSteps, or epochs and stepsPerEpoch",
  ],
  [
    () => optim.OneCycleLR(sgd(), [1, 2], { totalSteps: 4 }),
    "OneCycleLR: 2 values of maxLr - wanted one, or 1",
  ],
  [
    () => optim.OneCycleLR(sgd(), 1, { totalSteps: 4, pctStart: 2 }),
    "OneCycleLR: pctStart is 2 - wanted 0 to 1",
  ],
  [
    () => optim.OneCycleLR(sgd(), 1, { totalSteps: 4, annealStrategy: anything("sine") }),
    'OneCycleLR: annealStrategy is sine - wanted "cos" or "linear"',
  ],
  [
    () => optim.OneCycleLR(optim.Adagrad([weight()]), 1, { totalSteps: 4 }),
    "OneCycleLR: Adagrad has no momentum - wanted { cycleMomentum: false }",
  ],
  [
    () => optim.ReduceLROnPlateau(sgd(), { factor: 1 }),
    "ReduceLROnPlateau: factor is 1 - wanted a number below 1",
  ],
  [
    () => optim.ReduceLROnPlateau(sgd(), { mode: anything("low") }),
    'ReduceLROnPlateau: mode is low - wanted "min" or "max"',
  ],
  [
    () => optim.ReduceLROnPlateau(sgd(), { thresholdMode: anything("relative") }),
    'ReduceLROnPlateau: thresholdMode is relative - wanted "rel" or "abs"',
  ],
  [
    () => optim.ReduceLROnPlateau(sgd()).step(anything(undefined)),
    "ReduceLROnPlateau: step(undefined) - wanted the loss, or what is to be watched",
  ],
  [
    () => optim.StepLR(sgd(), 1).loadStateDict(optim.LinearLR(sgd()).stateDict()),
    "loadStateDict: state of LinearLR - wanted one of StepLR",
  ],
  [
    () => optim.StepLR(sgd(), 1).loadStateDict({ kind: "StepLR", lastEpoch: -1 }),
    "loadStateDict: lastEpoch is -1 - wanted a whole number",
  ],
])("a schedule refuses what it cannot follow: %#", (make, message) => {
  expect(make).toThrow(message);
});

test("a schedule that was refused does not act on the optimiser", () => {
  const opt = sgd();
  expect(() => optim.OneCycleLR(opt, 1, { totalSteps: 4, pctStart: 2 })).toThrow(RangeError);
  expect(() => optim.LambdaLR(opt, [])).toThrow(RangeError);
  expect(opt.paramGroups[0]?.lr).toBe(0.5);
});

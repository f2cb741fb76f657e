/** Thirty steps of every schedule against PyTorch's (tests/oracle/schedules.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { optim, type Tensor, tensor } from "../../../../kernel/tensor/index.ts";

interface Spec {
  readonly name: keyof typeof makers;
  readonly args: Args;
}
interface Args {
  readonly [name: string]: unknown;
}
interface Case {
  readonly optimiser: "SGD" | "Adam" | "Adagrad";
  readonly options: { readonly lr: number };
  readonly schedules: readonly Spec[];
  readonly rates: readonly (readonly number[])[];
  readonly momenta: readonly (readonly (number | null)[])[];
}

const golden = JSON.parse(
  readFileSync(new URL("../../../oracle/golden/schedules.json", import.meta.url), "utf8"),
) as { readonly losses: readonly number[]; readonly cases: readonly Case[] };

const weight = (): Tensor => tensor([0], { requiresGrad: true });
const optimisers = { SGD: optim.SGD, Adam: optim.Adam, Adagrad: optim.Adagrad };

/** The names of the script's arguments as they are here. */
const renamed = (args: Args): never =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ) as never;

const makers = {
  StepLR: (opt: optim.Optimizer, { step_size, ...rest }: Args) =>
    optim.StepLR(opt, step_size as number, renamed(rest)),
  MultiStepLR: (opt: optim.Optimizer, { milestones, ...rest }: Args) =>
    optim.MultiStepLR(opt, milestones as number[], renamed(rest)),
  CosineAnnealingLR: (opt: optim.Optimizer, { T_max, ...rest }: Args) =>
    optim.CosineAnnealingLR(opt, T_max as number, renamed(rest)),
  LinearLR: (opt: optim.Optimizer, args: Args) => optim.LinearLR(opt, renamed(args)),
  LambdaLR(opt: optim.Optimizer, { powers }: Args) {
    const functions = (powers as number[]).map((rate) => (epoch: number) => rate ** epoch);
    return optim.LambdaLR(opt, functions.length > 1 ? functions : (functions[0] as never));
  },
  SequentialLR: (opt: optim.Optimizer, { schedules, milestones }: Args): optim.EpochSchedule =>
    optim.SequentialLR(
      opt,
      (schedules as Spec[]).map(({ name, args }) => makers[name](opt, args) as optim.EpochSchedule),
      milestones as number[],
    ),
  OneCycleLR: (opt: optim.Optimizer, { max_lr, ...rest }: Args) =>
    optim.OneCycleLR(opt, max_lr as number | number[], renamed(rest)),
  ReduceLROnPlateau: (opt: optim.Optimizer, args: Args) =>
    optim.ReduceLROnPlateau(opt, renamed(args)),
};

test.each(
  golden.cases.map(
    (each) => [each.optimiser, JSON.stringify(each.schedules.map(Object.values)), each] as const,
  ),
)("%s under %s has PyTorch's rates", (_, __, { optimiser, options, schedules, rates, momenta }) => {
  const groups = [
    { params: [weight()], lr: 0.1 },
    { params: [weight()], lr: 0.4 },
  ];
  const opt: optim.Optimizer = optimisers[optimiser](groups, options);
  const made = schedules.map(({ name, args }) => makers[name](opt, args));
  rates.forEach((wanted, step) => {
    opt.paramGroups.forEach((group: { lr: number; momentum?: number; betas?: number[] }, i) => {
      expect(Math.abs(group.lr / (wanted[i] ?? 0) - 1), `lr at ${step}`).toBeLessThanOrEqual(1e-6);
      const momentum = momenta[step]?.[i] ?? null;
      const own = group.betas?.[0] ?? group.momentum ?? null;
      if (momentum === null) expect(own).toBe(null);
      else expect(own).toBeCloseTo(momentum, 9);
    });
    opt.step();
    for (const schedule of made)
      if (schedule instanceof optim.EpochSchedule) schedule.step();
      else schedule.step(golden.losses[step] ?? 0);
  });
});

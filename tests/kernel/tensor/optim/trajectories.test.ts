/** Twenty steps of training against PyTorch's (tests/oracle/trajectories.py). */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { F, manualSeed, nn, optim, randint } from "../../../../kernel/tensor/index.ts";

type Options = Readonly<Record<string, number | boolean | readonly [number, number]>>;

const optimisers = {
  SGD: optim.SGD,
  Adam: optim.Adam,
  AdamW: optim.AdamW,
  RMSprop: optim.RMSprop,
  Adagrad: optim.Adagrad,
};

interface Run {
  readonly optimiser: keyof typeof optimisers;
  readonly options: Options & { readonly lr: number };
  readonly groups: readonly [Options, Options] | null;
  readonly losses: readonly number[];
  readonly end: State;
}
type State = Readonly<Record<string, readonly number[]>>;

const golden = JSON.parse(
  readFileSync(new URL("../../../oracle/golden/trajectories.json", import.meta.url), "utf8"),
) as { readonly start: State; readonly runs: readonly Run[] };

/** `weight_decay` is `weightDecay` here. */
const renamed = <O extends Options>(options: O): O =>
  Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  ) as O;

const network = () =>
  nn.Sequential(
    nn.Embedding(9, 3),
    nn.Flatten(),
    nn.Linear(6, 5),
    nn.Tanh(),
    nn.Linear(5, 6),
    nn.ReLU(),
    nn.Linear(6, 4),
  );

function expectState(net: nn.Sequential, state: State, tolerance: number): void {
  const own = net.stateDict();
  expect(Object.keys(own)).toEqual(Object.keys(state));
  for (const [name, values] of Object.entries(state))
    own[name]?.data.forEach((value: number, i: number) =>
      expect(Math.abs(value - (values[i] ?? Number.NaN)), `${name}[${i}]`).toBeLessThanOrEqual(
        tolerance * Math.max(1, Math.abs(values[i] ?? 0)),
      ),
    );
}

test.each(
  golden.runs.map(
    (run) => [run.optimiser, JSON.stringify([run.options, ...(run.groups ?? [])]), run] as const,
  ),
)(
  "%s %s takes PyTorch's steps from PyTorch's start",
  (kind, _, { options, groups, losses, end }) => {
    manualSeed(7);
    const net = network();
    expectState(net, golden.start, 2e-6);
    const x = randint(0, 9, [16, 2]);
    const y = randint(0, 4, [16]);
    const all = net.parameters();
    const params =
      groups === null
        ? all
        : [
            { ...renamed(groups[0]), params: all.slice(0, 1) },
            { ...renamed(groups[1]), params: all.slice(1) },
          ];
    const opt = optimisers[kind](params, renamed(options));
    for (const wanted of losses) {
      const loss = F.crossEntropy(net(x), y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
      expect(Math.abs(loss.item() / wanted - 1)).toBeLessThanOrEqual(1e-4);
    }
    expectState(net, end, 1e-4);
  },
);

test("a live learning rate is read at each step", () => {
  const lr = { value: 0 };
  const layer = nn.Linear(1, 1);
  const opt = optim.SGD(layer.parameters(), { lr });
  const step = () => {
    opt.zeroGrad();
    layer.weight.sum().backward();
    opt.step();
    return layer.weight.item();
  };
  const start = layer.weight.item();
  expect(step()).toBe(start);
  lr.value = 0.5;
  expect(step()).toBeCloseTo(start - 0.5, 6);
});

test("a live setting that is no number is refused by name at the step", () => {
  const layer = nn.Linear(1, 1);
  const opt = optim.SGD(layer.parameters(), { lr: { value: Number.NaN } });
  layer.weight.sum().backward();
  expect(() => opt.step()).toThrow("optim: lr is NaN - wanted a number");
});

test("an optimiser without parameters is refused", () => {
  expect(() => optim.Adam([])).toThrow("Adam: no parameters - wanted at least one");
  const grouped = [{ params: [] }, { params: [][Symbol.iterator]() }];
  expect(() => optim.Adam(grouped)).toThrow("Adam: no parameters - wanted at least one");
});

test("an optimiser names missing parameters before missing settings", () => {
  // @ts-expect-error the learning rate is missing too
  expect(() => optim.SGD([])).toThrow("SGD: no parameters - wanted at least one");
});

test("groups may bring their parameters one by one", () => {
  const layer = nn.Linear(2, 1);
  const opt = optim.SGD([{ params: layer.parameters().values() }], { lr: 1 });
  expect(opt.parameters).toEqual(layer.parameters());
});

test("step() leaves a parameter without a slope alone", () => {
  const layer = nn.Linear(2, 1);
  const before = Array.from(layer.weight.data);
  optim.SGD(layer.parameters(), { lr: 1, weightDecay: 1 }).step();
  expect(Array.from(layer.weight.data)).toEqual(before);
});

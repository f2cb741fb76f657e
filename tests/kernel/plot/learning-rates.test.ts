import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import {
  data,
  defaultGenerator,
  F,
  manualSeed,
  nn,
  optim,
  rand,
  tensor,
} from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
  manualSeed(42);
});
afterEach(() => page.remove());

const disc = data.load("circle");

describe("plot.learningRates", () => {
  test("takes steps at rates that grow by one factor, and measures before each", () => {
    // The error of one knob is w², so its slope is 2w.
    const knob = nn.Parameter(tensor([1]));
    const opt = optim.SGD([knob], { lr: 123 });
    const rates = plot.learningRates(opt, () => knob.square().sum(), {
      from: 0.001,
      to: 0.1,
      steps: 5,
      smooth: 0,
    });
    const wanted = [0.001, 0.00316228, 0.01, 0.0316228, 0.1];
    rates.curve.rates.forEach((rate, i) => expect(rate).toBeCloseTo(wanted[i] ?? NaN, 7));
    let w = 1;
    rates.curve.losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(w * w, 5);
      w -= (wanted[i] ?? NaN) * 2 * w;
    });
    expect(rates.curve.losses).toHaveLength(5);
  });

  test("leaves parameters, buffers, slopes, optimiser and generator as they were", () => {
    const net = nn.Sequential(nn.Linear(2, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 2));
    const lr = { value: 0.05 };
    const opt = optim.SGD(net.parameters(), { lr, momentum: 0.9 });
    const step = () => {
      opt.zeroGrad();
      F.crossEntropy(net(disc.x), disc.y).backward();
      opt.step();
    };
    step();
    const told = () =>
      JSON.stringify([
        Object.values(net.stateDict()).map((each) => [...each.data]),
        opt.stateDict().tensors.map((slot) => Object.values(slot).map((each) => [...each.data])),
        opt.stateDict().steps,
        net.parameters().map(({ grad }) => grad && [...grad.data]),
        defaultGenerator.getState(),
        opt.paramGroups[0]?.lr,
      ]);
    const before = told();
    plot.learningRates(opt, () => {
      const rows = rand([64]).mul(400).to("i32");
      return F.crossEntropy(net(disc.x.takeRows(rows)), disc.y.takeRows(rows));
    });
    expect(told()).toBe(before);
    lr.value = 0.2;
    expect(opt.paramGroups[0]?.lr, "still live").toBe(0.2);
  });

  test("puts everything back also when the loss throws", () => {
    const knob = nn.Parameter(tensor([1]));
    const opt = optim.Adam([knob]);
    const broken = (step: number) => {
      if (step === 3) throw new Error("halfway");
      return knob.square().sum();
    };
    expect(() => plot.learningRates(opt, broken)).toThrow("halfway");
    expect(knob.item()).toBe(1);
    expect(opt.paramGroups[0]?.lr).toBe(0.001);
  });

  test("ends where the loss leaps, and suggests a rate at which training works", () => {
    const net = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 2));
    const opt = optim.SGD(net.parameters(), { lr: 0.1 });
    const loss = () => F.crossEntropy(net(disc.x), disc.y);
    const test = plot.learningRates(opt, loss, { from: 1e-4, to: 1e4, steps: 60 });
    expect(test.curve.rates.length).toBeLessThan(60);
    expect(test.suggestion).toBeGreaterThan(0.01);
    expect(test.suggestion).toBeLessThan(test.lowest);
    expect(test.lowest).toBeLessThan(100);
    const before = loss().item();
    for (const group of opt.paramGroups) group.lr = test.suggestion;
    for (let step = 0; step < 20; step++) {
      opt.zeroGrad();
      loss().backward();
      opt.step();
    }
    expect(loss().item()).toBeLessThan(0.7 * before);
  });

  test("draws losses over a logarithmic axis, marks the suggestion and says it", () => {
    const knob = nn.Parameter(tensor([1]));
    const opt = optim.SGD([knob], { lr: 1 });
    const test = plot.learningRates(opt, () => knob.square().sum(), { to: 100 });
    const { layout, trace, parts, words } = figureOf(page);
    expect(layout.xaxis).toMatchObject({ type: "log", range: [-5, 2] });
    expect(trace("mean loss").y.length).toBe(test.curve.losses.length);
    expect(layout.annotations.at(-1)?.text).toMatch(/^falls fastest: 0\.\d+$/);
    expect(parts?.notes[0]).toMatch(/^The loss falls fastest near 0\.\d+ and no more beyond/);
    expect(words).toMatch(/range test of the learning rate: \d+ steps at rates from 1e−5 to/);
  });

  test("stops at a loss that is no number, and suggests nothing where none fell", () => {
    const knob = nn.Parameter(tensor([1]));
    const opt = optim.SGD([knob], { lr: 1 });
    const test = plot.learningRates(opt, () => knob.mul(NaN).sum());
    expect(test.curve.rates).toHaveLength(1);
    expect([test.suggestion, test.lowest]).toEqual([NaN, NaN]);
    expect(figureOf(page).parts?.notes).toEqual([
      "The loss is not a number from the first step: look for the cause before the rate.",
    ]);
    expect(knob.item()).toBe(1);
  });

  test("refuses what it cannot test, with what was wanted", () => {
    const opt = optim.SGD([nn.Parameter(tensor([1]))], { lr: 1 });
    const loss = () => tensor([1]).sum();
    expect(() => plot.learningRates(opt, loss, { from: 1, to: 0.1 })).toThrow(
      "plot.learningRates: to is 0.1 - wanted a number, 1 or more",
    );
    expect(() => plot.learningRates(opt, loss, { steps: 1 })).toThrow("steps is 1");
    expect(() => plot.learningRates(opt, loss, { smooth: 1 })).toThrow("smooth is 1");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.learningRates([], loss)).toThrow("an array - wanted an optimiser");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.learningRates(opt, 7)).toThrow("a number for the loss - wanted a function");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.learningRates(opt, () => 7)).toThrow(
      "plot.learningRates: the loss is a number - wanted a tensor to learn from",
    );
  });
});

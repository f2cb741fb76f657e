import { expect, test } from "vitest";
import { nn, noGrad, ones, optim, tensor } from "../../../../kernel/tensor/index.ts";
import {
  frameOf,
  frameOfValue,
  restoreFrame,
  sameFrame,
  sizeOfFrames,
} from "../../../../kernel/tensor/io/frame.ts";

function trained(steps: number) {
  const net = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
  const opt = optim.Adam(net.parameters(), { lr: 0.1 });
  const train = () => {
    opt.zeroGrad();
    net(
      tensor([
        [1, 2],
        [3, 5],
      ]),
    )
      .square()
      .sum()
      .backward();
    opt.step();
  };
  for (let i = 0; i < steps; i++) train();
  const values = () => JSON.stringify(Object.values(net.stateDict()).map((each) => each.toArray()));
  return { net, opt, train, values };
}

test("restoreFrame() goes back to weights, buffers and the optimiser's memory", () => {
  const { opt, train, values } = trained(3);
  const frame = frameOf(opt);
  const before = values();
  train();
  const after = values();
  expect(after).not.toBe(before);
  restoreFrame(frame);
  expect(values()).toBe(before);
  expect(opt.stateDict().steps).toEqual([3, 3, 3, 3]);
  train();
  expect(values()).toBe(after);
});

test("restoreFrame() fills things like those it was taken of", () => {
  const one = trained(4);
  const other = trained(0);
  restoreFrame(frameOf(one.opt), frameOf(other.opt));
  expect(other.values()).toBe(one.values());
  other.train();
  one.train();
  expect(other.values()).toBe(one.values());
});

test("frames share what was not written between them", () => {
  const { opt, train } = trained(1);
  const first = frameOf(opt);
  expect(sizeOfFrames([first, frameOf(opt)])).toBe(sizeOfFrames([first]));
  train();
  expect(sizeOfFrames([first, frameOf(opt)])).toBe(2 * sizeOfFrames([first]));
});

test("sameFrame() compares every bit, NaN with NaN", () => {
  const net = nn.Linear(1, 1, { bias: false });
  const frame = () => {
    const taken = frameOfValue(net);
    if (taken === null) throw new Error("a network has a frame");
    return taken;
  };
  const before = frame();
  noGrad(() => net.weight.copy_(ones([1, 1]).mul(Number.NaN)));
  const broken = frame();
  expect(sameFrame(before, broken)).toBe(false);
  expect(sameFrame(broken, frame())).toBe(true);
});

test("frameOfValue() keeps networks, optimisers and leaves, and nothing else", () => {
  const leaf = ones([2]);
  expect(frameOfValue(leaf)).not.toBeNull();
  expect(frameOfValue(leaf.add(1).detach())).not.toBeNull();
  expect(frameOfValue(3)).toBeNull();
  expect(frameOfValue({ leaf })).toBeNull();
});

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as plot from "../../../kernel/plot/index.ts";
import {
  data,
  defaultGenerator,
  F,
  manualSeed,
  nn,
  optim,
  type Tensor,
} from "../../../kernel/tensor/index.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";
import { figureOf } from "./figure-of.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
  manualSeed(42);
});
afterEach(() => page.remove());

const { train } = data.load("spiral").split(0.5);
const network = () => nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 2));
const lossOf = (net: (x: Tensor) => Tensor) => () => F.crossEntropy(net(train.x), train.y);
const bits = (net: nn.Module) => net.parameters().map(({ data }) => [...data]);

/** Twenty steps with the path they took. */
function trained() {
  const net = network();
  const opt = optim.SGD(net.parameters(), { lr: 0.5 });
  const path = plot.trajectory(net);
  for (let step = 0; step < 20; step++) {
    path.push();
    opt.zeroGrad();
    lossOf(net)().backward();
    opt.step();
  }
  path.push();
  return { net, path };
}

describe("plot.landscape", () => {
  test("gives the loss of the network with its parameters moved there, and puts them back", () => {
    const net = network();
    const before = bits(net);
    const map = plot.landscape(net, lossOf(net), { resolution: 5 });
    expect(bits(net)).toEqual(before);
    const { x, y, z } = figureOf(page).trace("loss");
    const other = network();
    z.forEach((row, j) =>
      row.forEach((height, i) => {
        // By hand: each parameter plus its share of both directions.
        let at = 0;
        const values = net.parameters().map((parameter) => {
          const moved = Float32Array.from(parameter.data, (value, k) => {
            const [a, b] = map.directions.map((direction) => direction[at + k] ?? NaN);
            return value + (x[i] ?? NaN) * (a ?? NaN) + (y[j] ?? NaN) * (b ?? NaN);
          });
          at += moved.length;
          return moved;
        });
        other.parameters().forEach((parameter, k) => parameter.data.set(values[k] ?? []));
        expect(height).toBeCloseTo(lossOf(other)().item(), 4);
      }),
    );
  });

  test("makes each filter of a random direction as long as its weights, and leaves biases", () => {
    const net = nn.Sequential(nn.Conv2d(1, 3, 2), nn.Flatten(), nn.Linear(12, 2));
    const { directions } = plot.landscape(net, () => 0, { resolution: 2 });
    for (const direction of directions) {
      let at = 0;
      for (const [name, parameter] of net.namedParameters()) {
        const own = direction.slice(at, at + parameter.numel());
        at += parameter.numel();
        if (name.endsWith("bias")) {
          expect(own.every((each) => each === 0)).toBe(true);
          continue;
        }
        const filters = parameter.shape[0] ?? 1;
        const size = own.length / filters;
        for (let filter = 0; filter < filters; filter++) {
          const part = (values: ArrayLike<number>) =>
            Math.hypot(...Array.from(values).slice(filter * size, (filter + 1) * size));
          expect(part(own) / part(parameter.data)).toBeCloseTo(1, 6);
        }
      }
    }
  });

  test("draws the same slice for the same seed, and nothing from the default generator", () => {
    const net = network();
    const state = defaultGenerator.getState();
    const options = { resolution: 2 };
    const [a, b, c] = [0, 0, 1].map((seed) =>
      plot.landscape(net, lossOf(net), { ...options, seed }),
    );
    expect(a?.directions).toEqual(b?.directions);
    expect(a?.directions).not.toEqual(c?.directions);
    expect(defaultGenerator.getState()).toEqual(state);
  });

  test("lays a path's slice through its two principal components, with the path on it", () => {
    const { net, path } = trained();
    const map = plot.landscape(net, lossOf(net), { path, resolution: 9 });
    const [first, second] = map.directions;
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, i) => sum + v * b[i]!, 0);
    expect(
      [dot(first, first), dot(second, second)].every((each) => Math.abs(each - 1) < 1e-9),
    ).toBe(true);
    expect(dot(first, second)).toBeCloseTo(0, 9);
    const { trace, parts } = figureOf(page);
    const walked = trace("path");
    expect(walked.x).toHaveLength(21);
    // It ends where the parameters are, in the middle, and begins where the projection says.
    expect(walked.x.at(-1)).toBeCloseTo(0, 5);
    const way = path.rows[0]?.map((value, i) => value - (path.rows.at(-1)?.[i] ?? NaN)) ?? [];
    expect(walked.x[0]).toBeCloseTo(dot(Float64Array.from(way), first), 3);
    expect(walked.y[0]).toBeCloseTo(dot(Float64Array.from(way), second), 3);
    expect(parts?.notes[0]).toMatch(
      /^Two directions out of 42, .* hold 9\d(\.\d)? % of its spread/,
    );
  });

  test("runs any question at a place of the slice, and forgets nothing", () => {
    const { net, path } = trained();
    const loss = lossOf(net);
    const map = plot.landscape(net, loss, { path, resolution: 3 });
    const before = bits(net);
    const ago = map.at(...startOf(), () => loss().item());
    expect(bits(net)).toEqual(before);
    expect(ago).toBeGreaterThan(loss().item());
    expect(() =>
      map.at(1, 1, () => {
        throw new Error("halfway");
      }),
    ).toThrow("halfway");
    expect(bits(net)).toEqual(before);

    function startOf(): [number, number] {
      const { x, y } = figureOf(page).trace("path");
      return [x[0] ?? NaN, y[0] ?? NaN];
    }
  });

  test("measures in evaluation mode, unrecorded, and sets the mode back", () => {
    const net = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.9), nn.Linear(4, 2));
    const modes = new Set<boolean>();
    plot.landscape(
      net,
      () => {
        modes.add(net.training);
        const loss = lossOf(net)();
        expect(loss.requiresGrad).toBe(false);
        return loss;
      },
      { resolution: 3 },
    );
    expect([...modes]).toEqual([false]);
    expect(net.training).toBe(true);
  });

  test("says what such a picture cannot say", () => {
    const net = network();
    plot.landscape(net, lossOf(net), { resolution: 2, form: "surface" });
    const { parts, words, data } = figureOf(page);
    expect(data[0]?.type).toBe("surface");
    expect(parts?.notes).toEqual([
      "Two random directions out of 42. Walls and valleys off this slice are not seen, and another seed gives another slice: look at several before you believe one.",
    ]);
    expect(words).toContain("off this slice are not seen");
  });

  test("refuses what it cannot draw, with what was wanted", () => {
    const net = network();
    const loss = lossOf(net);
    const { path } = trained();
    expect(() => plot.landscape(net, loss, { path })).toThrow(
      "plot.landscape: the path is of another network - wanted one of this network",
    );
    expect(() => plot.landscape(net, loss, { directions: "pca" })).toThrow(
      'plot.landscape: "pca" without a path - wanted one of plot.trajectory(net)',
    );
    expect(() => plot.landscape(net, loss, { path: plot.trajectory(net) })).toThrow(
      "plot.landscape: a path of 0 places - wanted 3 or more",
    );
    expect(() => plot.landscape(net, loss, { resolution: 1 })).toThrow("resolution is 1");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.landscape(net, loss, { form: "map" })).toThrow('form "map" - wanted');
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.landscape(net, loss, { directions: "up" })).toThrow('directions "up"');
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.landscape(net, 7)).toThrow("plot.landscape: a number for the loss");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.landscape({}, loss)).toThrow("plot.landscape: an object - wanted a network");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.landscape(net, loss, { path: [] })).toThrow("for the path - wanted");
    expect(() => plot.landscape(nn.Sequential(nn.ReLU()), loss)).toThrow("without parameters");
    expect(() => plot.trajectory(nn.Sequential(nn.ReLU()))).toThrow("without parameters");
    // @ts-expect-error -- cells run unchecked
    expect(() => plot.trajectory(7)).toThrow("plot.trajectory: a number - wanted a network");
  });
});

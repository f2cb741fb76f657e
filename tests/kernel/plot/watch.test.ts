import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ModelHealth } from "../../../kernel/plot/health.ts";
import * as plot from "../../../kernel/plot/index.ts";
import { FIGURE_MIME, FIGURE_PARTS_MIME, type FigureParts } from "../../../kernel/protocol.ts";
import {
  F,
  manualSeed,
  nn,
  noGrad,
  optim,
  randn,
  type Tensor,
  tensor,
} from "../../../kernel/tensor/index.ts";
import { opWatch } from "../../../kernel/tensor/autograd/op-watch.ts";
import { type FakeSurface, installFakeSurface } from "../fake-surface.ts";

let page: FakeSurface;
beforeEach(() => {
  page = installFakeSurface();
  manualSeed(1);
});
afterEach(() => page.remove());

const bundle = () => page.displays.at(-1)?.render() ?? {};
const notes = () => (bundle()[FIGURE_PARTS_MIME] as FigureParts).notes;

interface Drawn {
  readonly data: readonly {
    readonly type: string;
    readonly name: string;
    readonly x: readonly (number | string)[];
    readonly y: readonly number[];
    readonly z?: readonly (readonly number[])[];
  }[];
  readonly layout: { readonly shapes?: readonly { readonly y0: number }[] };
}
const drawn = () => bundle()[FIGURE_MIME] as Drawn;

const mlp = () => nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3));
const x = () => randn([16, 4]);
const y = Array.from({ length: 16 }, (_, i) => i % 3);

function train(net: nn.Module, opt: optim.Optimizer, steps: number): void {
  for (let i = 0; i < steps; i++) {
    const loss = F.crossEntropy(net(x()) as Tensor, y);
    opt.zeroGrad();
    loss.backward();
    opt.step();
  }
}

describe("plot.watch, what it measures", () => {
  test("updates as a share of the weights, exactly", () => {
    const net = mlp();
    const health = new ModelHealth(net, () => {});
    const weight = net.get("0").namedParameters()[0]?.[1] ?? tensor([]);
    const before = Float64Array.from(weight.data);
    train(net, optim.SGD(net.parameters(), { lr: 0.1 }), 1);
    const after = Float64Array.from(weight.data);
    const length = (values: Float64Array) => Math.hypot(...values);
    const wanted = length(after.map((value, i) => value - before[i]!)) / length(before);
    expect(health.layers.map(({ name }) => name)).toEqual(["Linear 0", "Linear 2"]);
    expect(health.layers[0]?.looks).toHaveLength(1);
    expect(health.layers[0]?.looks[0]?.ratio).toBeCloseTo(wanted, 12);
    // lr times the slope is the update of plain SGD.
    const slope = Float64Array.from(weight.grad.data);
    expect(length(slope.map((value) => 0.1 * value)) / length(before)).toBeCloseTo(wanted, 6);
    expect(health.layers[0]?.looks[0]?.slope).toBeCloseTo(length(slope) / Math.sqrt(32), 12);
  });

  test("the spread of weights after the step, and of slopes", () => {
    const net = mlp();
    const health = new ModelHealth(net, () => {});
    train(net, optim.SGD(net.parameters(), { lr: 0.1 }), 1);
    const [layer] = health.layers;
    const values = Array.from(layer!.parameter.data);
    const { edges, looks } = layer!.weights!;
    const byHand = edges
      .slice(1)
      .map((edge, i) => values.filter((value) => value >= edges[i]! && value < edge).length);
    expect([...looks[0]!.bins]).toEqual(byHand);
    expect(layer?.slopes?.looks[0]?.total).toBe(32);
    const zeros = Array.from(layer!.parameter.grad.data).filter((value) => value === 0).length;
    expect(layer?.slopes?.looks[0]?.zeros).toBe(zeros);
  });

  test("dead units: those of a ReLU that give 0 for every row", () => {
    const net = mlp();
    const first = net.get("0");
    noGrad(() => {
      // Units 1, 4 and 6 never wake, whatever the input, and the others never sleep.
      first.namedParameters()[1]![1].data.set([9, -1e3, 9, 9, -1e3, 9, -1e3, 9]);
    });
    const health = new ModelHealth(net, () => {});
    const opt = optim.SGD(net.parameters(), { lr: 1e-3 });
    train(net, opt, 20);
    const relu = health.activations.get("ReLU 1");
    expect([relu?.op, relu?.units, relu?.dead]).toEqual(["relu", 8, 3]);
    noGrad(() => void (first.namedParameters()[1]![1].data[4] = 1e3));
    train(net, opt, 4);
    expect(relu?.dead, "a unit that wakes is dead no more").toBe(2);
  });

  test("saturated values of a tanh that is called in forward, by name of the layer before", () => {
    class Net extends nn.Module {
      hidden = nn.Linear(4, 5);
      out = nn.Linear(5, 3);
      forward(input: Tensor) {
        return this.out(this.hidden(input).mul(3).tanh());
      }
    }
    const net = new Net();
    const input = x();
    const values = noGrad(() => Array.from(net.hidden(input).mul(3).tanh().data));
    const health = new ModelHealth(net, () => {});
    F.crossEntropy(net(input), y).backward();
    const tanh = health.activations.get("tanh after hidden");
    const byHand = values.filter((value) => Math.abs(value) > 0.97).length / values.length;
    expect(byHand).toBeGreaterThan(0.1);
    expect(tanh?.saturated).toBe(byHand);
    expect(tanh?.histograms.looks[0]?.total).toBe(80);
    expect(tanh?.dead, "a tanh has no dead units").toBe(0);
  });

  test("units of images are their channels", () => {
    const net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(36, 3));
    noGrad(() => void (net.get("0").namedParameters()[1]![1].data[2] = -1e3));
    const health = new ModelHealth(net, () => {});
    F.crossEntropy(net(randn([16, 1, 5, 5])), y).backward();
    expect(health.activations.get("ReLU 1")?.units).toBe(4);
    expect(health.activations.get("ReLU 1")?.dead).toBe(1);
  });

  test("looks at calls that are recorded, and not at judging", () => {
    const net = mlp();
    const health = new ModelHealth(net, () => {});
    noGrad(() => net(x()));
    expect(health.activations.size).toBe(0);
    net(x());
    expect(health.activations.get("ReLU 1")?.histograms.looks).toHaveLength(1);
  });

  test("steps made by hand are told by update()", () => {
    const net = mlp();
    const watch = plot.watch(net);
    for (let i = 0; i < 9; i++) {
      net.zeroGrad();
      F.crossEntropy(net(x()), y).backward();
      noGrad(() => {
        for (const each of net.parameters()) each.sub_(each.grad.mul(0.1));
      });
      watch.update();
    }
    const [ratios] = drawn().data;
    expect(ratios?.x).toEqual([0, 4, 8]);
    expect(ratios?.y.every((ratio) => ratio > 1e-4 && ratio < 1)).toBe(true);
  });
});

describe("plot.watch, how often it looks", () => {
  test("after thousands of steps it keeps a bounded number of looks", () => {
    const net = nn.Sequential(nn.Linear(1, 1));
    const health = new ModelHealth(net, () => {});
    const opt = optim.SGD(net.parameters(), { lr: 1e-3 });
    const one = tensor([[1]]);
    for (let i = 0; i < 3000; i++) {
      opt.zeroGrad();
      net(one).sum().backward();
      opt.step();
    }
    const looks = health.layers[0]?.looks.length ?? 0;
    expect(looks).toBeGreaterThan(10);
    const last = health.layers[0]?.looks.at(-1)?.step ?? 0;
    expect(last, "also where time allows no more").toBeGreaterThanOrEqual(2048);
    expect(looks).toBeLessThanOrEqual(48);
    expect(health.layers[0]?.weights?.looks).toHaveLength(looks);
    expect(health.steps).toBe(3000);
  });

  test("leaves no hook behind when it stops", () => {
    const net = mlp();
    const watch = plot.watch(net);
    watch.stop();
    train(net, optim.SGD(net.parameters(), { lr: 0.1 }), 10);
    expect(drawn().data).toEqual([]);
    expect(opWatch.see).toBeNull();
  });

  test("changes nothing about what is learned", () => {
    const learned = (isWatched: boolean) => {
      manualSeed(3);
      const net = mlp();
      if (isWatched) plot.watch(net);
      train(net, optim.Adam(net.parameters(), { lr: 0.01 }), 40);
      return net.parameters().map((each) => Array.from(each.data));
    };
    expect(learned(true)).toEqual(learned(false));
  });
});

describe("plot.watch, what it draws and says", () => {
  const shown = (show: plot.WatchView, steps = 30) => {
    const net = mlp();
    const watch = plot.watch(net, { show });
    train(net, optim.Adam(net.parameters(), { lr: 0.01 }), steps);
    return watch;
  };

  test("updates: a line for each layer, and a guide at a thousandth", () => {
    shown("updates");
    expect(drawn().data.map(({ name }) => name)).toEqual(["Linear 0", "Linear 2"]);
    expect(drawn().layout.shapes).toMatchObject([{ y0: 0.001 }]);
  });

  test.each(["weights", "slopes", "activations"] as const)(
    "%s: a strip of shares a layer",
    (show) => {
      shown(show);
      const strips = drawn().data;
      expect(strips.map(({ name }) => name)).toEqual(
        show === "activations" ? ["ReLU 1"] : ["Linear 0", "Linear 2"],
      );
      for (const { type, x: steps, y: values, z = [] } of strips) {
        expect(type).toBe("heatmap");
        expect(steps).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
        expect(z).toHaveLength(values.length);
        const shares = steps.map((_, i) => z.reduce((sum, row) => sum + (row[i] ?? 0), 0));
        // Shares of all values but the zeros among slopes, of which ReLU makes some.
        for (const share of shares) expect(share).toBeLessThanOrEqual(1 + 1e-5);
        if (show !== "slopes") for (const share of shares) expect(share).toBeCloseTo(1, 4);
      }
    },
  );

  test("flow: slopes from the first layer to the last, at first and now", () => {
    shown("flow");
    expect(drawn().data.map(({ name, x: layers }) => [name, layers])).toEqual([
      ["first look", ["Linear 0", "Linear 2"]],
      ["step 28", ["Linear 0", "Linear 2"]],
    ]);
  });

  test("units: shares of dead units and of saturated values", () => {
    shown("units");
    expect(drawn().data.map(({ name, x: where }) => [name, where])).toEqual([
      ["dead units", ["ReLU 1"]],
      ["saturated values", ["ReLU 1"]],
    ]);
  });

  test("is drawn before the first step, in every way", () => {
    for (const show of ["updates", "slopes", "weights", "activations", "flow", "units"] as const) {
      plot.watch(mlp(), { show });
      expect(JSON.parse(JSON.stringify(drawn()))).toEqual(drawn());
    }
    expect(bundle()["text/plain"]).toBe("<Figure: health of a network, nothing yet>");
  });

  test("shows what had been seen when the reader looks back, and is taught nothing by it", () => {
    const net = mlp();
    const watch = plot.watch(net, { show: "flow" });
    const opt = optim.SGD(net.parameters(), { lr: 0.1 });
    train(net, opt, 8);
    const early = drawn().data[1];
    const { rewindable } = page.displays.at(-1) ?? {};
    const position = rewindable?.position() ?? null;
    expect(position).toBe(7);
    train(net, opt, 40);
    const late = drawn().data[1];
    const told = String(watch);
    expect(late).not.toEqual(early);
    rewindable?.look(position);
    expect(drawn().data[1]).toEqual(early);
    expect(String(watch)).toMatch(/at step [4-7]:/);
    rewindable?.look(null);
    expect(drawn().data[1]).toEqual(late);
    expect(String(watch)).toBe(told);
  });

  test("several watch one network, and each sees its activations", () => {
    const net = mlp();
    plot.watch(net, { show: "activations" });
    plot.watch(net, { show: "units" });
    train(net, optim.SGD(net.parameters(), { lr: 0.1 }), 8);
    const [strips, units] = page.displays.map(({ render }) => render()[FIGURE_MIME] as Drawn);
    expect(strips?.data.map(({ name }) => name)).toEqual(["ReLU 1"]);
    expect(units?.data[0]?.x).toEqual(["ReLU 1"]);
    expect(opWatch.see).toBeNull();
  });

  test("marks the step that the reader looks back at among all steps", () => {
    shown("updates");
    page.displays.at(-1)?.rewindable?.look(12);
    expect(drawn().layout.shapes).toHaveLength(2);
    expect(JSON.stringify(drawn().layout)).toContain('"text":"shown"');
  });

  test("tells dead units as they were at the step looked back at", () => {
    const net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3));
    const health = new ModelHealth(net, () => {});
    const opt = optim.SGD(net.parameters(), { lr: 0.1 });
    train(net, opt, 8);
    const [before] = [...health.activations.values()].map(({ dead }) => dead);
    noGrad(() => net.get("0").parameters()[1]?.fill_(-1000));
    train(net, opt, 40);
    const now = [...health.activations.values()].map(({ dead }) => dead);
    expect(now).toEqual([8]);
    expect([...health.at(7).activations.values()].map(({ dead }) => dead)).toEqual([before]);
  });

  test("tells its numbers in words", () => {
    const watch = shown("updates");
    expect(String(watch)).toMatch(
      /^<Figure: health of a network at step 28: Linear 0 slopes of size [\d.e−]+ and updates of [\d.e−]+ of the weights; Linear 2 slopes .*; ReLU 1 \d of 8 units dead/,
    );
  });

  test("says what to do about dead units", () => {
    const net = mlp();
    noGrad(() => void net.get("0").namedParameters()[1]![1].data.fill(-1e3));
    plot.watch(net);
    train(net, optim.SGD(net.parameters(), { lr: 1e-3 }), 16);
    expect(notes()[0]).toBe(
      "8 of 8 units of ReLU 1 are dead: they gave 0 for every row at the last 4 looks, so they learn nothing. Try a smaller learning rate, or LeakyReLU.",
    );
  });

  test("says that steps are too large, or too small", () => {
    for (const [lr, words] of [
      [30, "of the weights, where 0.1 % is usual: the learning rate is rather high."],
      [1e-7, "of the weights, where 0.1 % is usual: learning is slow there."],
    ] as const) {
      const net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3));
      plot.watch(net);
      train(net, optim.SGD(net.parameters(), { lr }), 20);
      expect(notes().at(-1)).toContain(words);
    }
  });

  test("says that slopes shrink on their way back", () => {
    const layers = Array.from({ length: 6 }, () => [nn.Linear(4, 4), nn.Sigmoid()]).flat();
    const net = nn.Sequential(...layers, nn.Linear(4, 3));
    noGrad(() => {
      for (const each of net.parameters()) each.mul_(0.1);
    });
    plot.watch(net);
    train(net, optim.SGD(net.parameters(), { lr: 0.1 }), 8);
    expect(notes()[0]).toMatch(
      /^Slopes shrink [\d,e.]+-fold from Linear 12 back to Linear 0: the first layers hardly learn\. Try ReLU/,
    );
  });

  test("says that slopes are no numbers any more", () => {
    const net = mlp();
    plot.watch(net);
    noGrad(() => void (net.get("2").namedParameters()[0]![1].data[0] = Number.NaN));
    train(net, optim.SGD(net.parameters(), { lr: 0.1 }), 1);
    expect(notes()[0]).toMatch(
      /^The slopes of Linear \d are not numbers since step 0: try a smaller/,
    );
  });

  test("says that nothing stands out where nothing does", () => {
    const net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3));
    plot.watch(net);
    train(net, optim.SGD(net.parameters(), { lr: 0.01 }), 40);
    expect(notes()).toEqual([
      "Nothing stands out: slopes reach every layer, and updates are of a usual size.",
    ]);
  });

  test("refuses what is no network, one without parameters, and views that there are not", () => {
    expect(() => plot.watch({} as nn.Module)).toThrow(
      "plot.watch: an object - wanted a network, such as nn.Sequential(...)",
    );
    expect(() => plot.watch(nn.ReLU())).toThrow(
      "plot.watch: a network without parameters - wanted one that learns",
    );
    expect(() => plot.watch(mlp(), { show: "all" as plot.WatchView })).toThrow(
      'plot.watch: show "all" - wanted one of updates, slopes, weights, activations, flow, units',
    );
  });
});

/**
 * One of each figure for the specimen page, drawn by the kernel's own code on numbers of its own. Where
 * cells run no surface is installed on the page, so drawing here is seen by nobody else.
 */
import * as plot from "../../kernel/plot/index.ts";
import type { MimeBundle } from "../../kernel/protocol.ts";
import { installSurface, surface } from "../../kernel/run/surface.ts";
import { F, Generator, manualSeed, nn, optim, randn, tensor } from "../../kernel/tensor/index.ts";
import type { CellOutput } from "../notebook/outputs.ts";
import type { CellRuntime } from "../notebook/runtime.ts";

/** A cell that has run, with what it shows. */
export interface SpecimenFigure {
  readonly type: "code";
  readonly source: string;
  readonly run: Partial<CellRuntime>;
}

/** What `draw` shows, as it stands when it has ended. */
function shownBy(draw: () => unknown): readonly CellOutput[] {
  const before = surface();
  const shown: (() => MimeBundle)[] = [];
  installSurface({
    ...before,
    show(render) {
      shown.push(render);
      return { invalidate: () => {} };
    },
  });
  try {
    draw();
    return shown.map((render) => ({ kind: "display", metadata: {}, data: render() }));
  } finally {
    installSurface(before);
  }
}

const tokens = ["<s>", "the", "cat", "sat", "on", "the", "mat"];
const flowers = ["setosa", "versicolor", "virginica"];

/** Two half moons, as points and labels. */
function moons(count: number) {
  const noise = new Generator(3);
  const rows = Array.from({ length: count }, (_, i) => {
    const [turn, upper] = [(Math.PI * i) / count, i % 2 === 0];
    const [x, y] = upper
      ? [Math.cos(turn), Math.sin(turn)]
      : [1 - Math.cos(turn), 0.5 - Math.sin(turn)];
    return [x + 0.1 * noise.normal(), y + 0.1 * noise.normal()];
  });
  return { x: tensor(rows), y: rows.map((_, i) => i % 2), classes: ["upper", "lower"] };
}

function drawings(): readonly (readonly [source: string, draw: () => unknown])[] {
  manualSeed(1);
  const data = moons(80);
  const net = nn.Sequential(nn.Linear(2, 12), nn.Tanh(), nn.Linear(12, 2));
  const loss = () => F.crossEntropy(net(data.x), data.y);
  const opt = optim.Adam(net.parameters(), { lr: 0.05 });
  const way = plot.trajectory(net);
  const train = (steps: number, each: () => unknown) => {
    for (let step = 0; step < steps; step++) {
      opt.zeroGrad();
      loss().backward();
      opt.step();
      each();
    }
  };
  const waves = Array.from({ length: 5 }, (_, k) =>
    Array.from({ length: 40 }, (_, i) => Math.exp(-i / 12) * (1 + 0.08 * Math.sin(i + k))),
  );
  const points = randn([90, 2], { generator: new Generator(2) });
  const kinds = Array.from({ length: 90 }, (_, i) => flowers[i % 3] ?? "");
  const scores = randn([4, 7, 7], { generator: new Generator(4) });
  const bowl = (x: number, y: number) => x ** 2 / 2 + 2 * y ** 2;
  const weight = tensor(1.5, { requiresGrad: true });
  const tone = Float32Array.from(
    { length: 8000 },
    (_, i) => 0.4 * Math.sin((2 * Math.PI * 440 * i) / 8000) * Math.exp(-i / 3000),
  );
  return [
    [
      "plot.line(seeds, { log: true, marks })",
      () =>
        plot.line(
          { measured: waves, "e⁻ˣ": Array.from({ length: 40 }, (_, i) => Math.exp(-i / 12)) },
          {
            title: "Rows as a mean with a band",
            y: "loss",
            x: "step",
            log: true,
            marks: [{ y: 0.1, label: "goal" }],
          },
        ),
    ],
    [
      'const curve = plot.live({ y: "loss" });',
      () => {
        const curve = plot.live({ y: "loss", log: true, smooth: 0.8 });
        for (let i = 0; i < 300; i++)
          curve.push({
            train: Math.exp(-i / 90) * (1 + 0.3 * Math.sin(i * i)),
            test: 0.2 + Math.exp(-i / 70),
          });
      },
    ],
    [
      "plot.scatter(points, { color: kinds })",
      () => plot.scatter(points, { color: kinds, x: "length", y: "width" }),
    ],
    [
      "plot.bars({ cat: 0.7, dog: 0.2, fish: -0.1 })",
      () => plot.bars({ cat: 0.7, dog: 0.2, fish: -0.1 }, { height: 200 }),
    ],
    [
      "plot.watch(net)",
      () => {
        const watch = plot.watch(net);
        train(60, () => way.push());
        watch.stop();
      },
    ],
    ["plot.boundary(net, data)", () => plot.boundary(net, data, { x: "first", y: "second" })],
    [
      "plot.landscape(net, loss, { path })",
      () => plot.landscape(net, loss, { path: way, resolution: 13, log: true }),
    ],
    [
      "plot.contour(bowl, { start: [-2, 1] })",
      () => {
        const map = plot.contour(bowl, { range: [-3, 3], start: [-2, 1] });
        for (let i = 0, x = -2, y = 1; i < 30; i++, x *= 0.8, y *= 0.5)
          map.path("descent").push(x, y);
      },
    ],
    ["plot.surface(bowl)", () => plot.surface(bowl, { range: [-3, 3], title: "A bowl" })],
    ["plot.learningRates(opt, loss)", () => plot.learningRates(opt, loss, { steps: 40 })],
    [
      'const sweep = plot.sweep({ x: "lr", y: "loss", by: "width" });',
      () => {
        const sweep = plot.sweep({ x: "lr", y: "loss", by: "width", log: "xy" });
        for (const width of [8, 32])
          for (const lr of [0.01, 0.1, 1])
            for (const seed of [1, 2, 3]) sweep.push({ width, lr, loss: lr + seed / width });
      },
    ],
    [
      "plot.embedding(points, { color: kinds })",
      () => plot.embedding(randn([90, 5], { generator: new Generator(5) }), { color: kinds }),
    ],
    [
      "plot.histogram({ first, last })",
      () =>
        plot.histogram(
          { first: net.get("0").parameters()[0] ?? [], last: net.get("2").parameters()[0] ?? [] },
          { share: true, x: "weight" },
        ),
    ],
    [
      "plot.heatmap(matrix)",
      () =>
        plot.heatmap(
          [
            [1, -0.5, 0.2],
            [-0.5, 1, 0.1],
            [0.2, 0.1, 1],
          ],
          { rows: flowers, columns: flowers },
        ),
    ],
    [
      "plot.confusion(truth, guess, { labels })",
      () => plot.confusion([0, 0, 0, 1, 1, 2, 2, 2], [0, 0, 1, 1, 1, 2, 0, 2], { labels: flowers }),
    ],
    ["plot.attention(weights, { tokens })", () => plot.attention(scores.softmax(-1), { tokens })],
    [
      'plot.attention(weights, { tokens, head: "all" })',
      () => plot.attention(scores.softmax(-1), { tokens, head: "all" }),
    ],
    [
      "plot.image(pictures, { truth, guess })",
      () =>
        plot.image(randn([6, 8, 8], { generator: new Generator(6) }), {
          truth: [0, 1, 2, 0, 1, 2],
          guess: [0, 1, 1, 0, 1, 2],
          classes: flowers,
        }),
    ],
    [
      "plot.table(rows)",
      () =>
        plot.table(
          Array.from({ length: 30 }, (_, i) => ({
            step: i,
            loss: Math.exp(-i / 9),
            kind: flowers[i % 3],
          })),
          { pageSize: 5 },
        ),
    ],
    ["plot.treemap(net)", () => plot.treemap(net)],
    [
      "plot.sound(tone, { rate: 8000 })",
      () => plot.sound(tone, { rate: 8000, title: "A struck string" }),
    ],
    ["plot.graph(loss)", () => plot.graph(weight.mul(2).sub(4).square(), { names: { weight } })],
    ["plot.network(net)", () => plot.network(net, { inputs: ["first", "second"] })],
    [
      "plot.tree(questions)",
      () =>
        plot.tree({
          question: "petal length < 2.5?",
          yes: { value: "setosa", counts: { setosa: 50 } },
          no: { value: "another", counts: { versicolor: 50, virginica: 50 } },
        }),
    ],
    [
      'plot.grid(waves, { share: "y" })',
      () =>
        plot.grid(
          [1, 2, 3].map((k) =>
            plot.line(waves[k]?.map((y) => y * k) ?? [], { title: `times ${k}`, height: 180 }),
          ),
          { share: "y" },
        ),
    ],
  ];
}

/** Every figure once. */
export function specimenFigures(): readonly SpecimenFigure[] {
  const ended = { ended: "ok", startedMs: 0, endedMs: 1240, executionCount: 10 } as const;
  return drawings().map(([source, draw]) => ({
    type: "code",
    source,
    run: { ...ended, outputs: shownBy(draw) },
  }));
}

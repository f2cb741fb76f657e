/** The figures of `npm run bench`: none of them decides a test. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { transform } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createCompiler } from "../../kernel/compile/index.ts";
import type { CellId, RunId } from "../../kernel/protocol.ts";
import { F, Generator, manualSeed, nn, noGrad, optim, randn } from "../../kernel/tensor/index.ts";
import { observeNotices } from "../../kernel/tensor/notices/notice.ts";
import { type NotebookKernel, startNotebookKernel } from "../kernel/hosts/notebook-kernel.ts";
import { readNotebook, runNotebook, shippedData } from "../notebooks/run-notebook.ts";
import { chromiumPath } from "../browser.mjs";
import { floods, worstFrameGap } from "../e2e/floods.ts";
import { openSite } from "../e2e/harness.ts";
import { firstFigureRow, manyFiguresRow } from "./figure-pages.ts";
import { layoutRows } from "./layouts.ts";
import { interleave, median, medianRatio, minimaRatio, row, rowsPrinted } from "./rounds.ts";

let kernel: NotebookKernel;
beforeAll(async () => {
  kernel = await startNotebookKernel({ data: shippedData });
});
afterAll(async () => {
  await kernel[Symbol.asyncDispose]();
  const rows = rowsPrinted();
  // For the results of the whole run, when this is a part of it.
  const file = process.env.BENCH_FIGURES;
  if (file !== undefined) writeFileSync(file, JSON.stringify(rows));
  expect(rows.filter(({ holds }) => !holds).length, "rows missed").toBe(0);
});

async function run(source: string): Promise<void> {
  const { status, error } = await kernel.run(source);
  if (status !== "ok") throw new Error(`${status}: ${error?.message}`);
}

it("matmul of the reference backend", async () => {
  manualSeed(0);
  const a = randn([64, 200]);
  const b = randn([200, 30]);
  const repeats = 200;
  const times = await interleave([
    { name: "matmul", run: () => noGrad(() => repeat(repeats, () => a.matmul(b))) },
  ]);
  const flops = 2 * 64 * 200 * 30 * repeats;
  const gflops = flops / (median(times[0] ?? []) * 1e6);
  row("64x200x30 matmul, ns for a floating-point operation", 1 / gflops, "ns", 1 / 0.3);
});

function repeat(times: number, work: () => unknown): void {
  for (let i = 0; i < times; i++) work();
}

it("a cell's loop against the same loop in a function of plain JavaScript", async () => {
  // The tightest there is: a nanosecond an iteration. The guard's price is V8's to say.
  const loop = "let s = 0; for (let i = 0; i < 2e8; i++) s += i * 0.5;";
  const [cell = [], plain = []] = await interleave([
    { name: "cell, function", run: () => run(`function work() { ${loop} return s; }\nwork();`) },
    { name: "plain", run: () => run(`(0, eval)("(() => { ${loop} return s; })()");`) },
  ]);
  row("guarded loop of one nanosecond / plain, Node", medianRatio(cell, plain), "x", null);
});

it("a cell's own names and turns of the event loop in a loop", async () => {
  const boxed = "let s = 0; for (let i = 0; i < 5e7; i++) s += i * 0.5;";
  const [names = [], locals = []] = await interleave([
    { name: "names", run: () => run(boxed) },
    { name: "locals", run: () => run(`(() => { ${boxed} })();`) },
  ]);
  row("loop over a name of the notebook / a local, Node", medianRatio(names, locals), "x", null);
  const calls = "for (let i = 0; i < 3e6; i++) Number(String(i));";
  const [waits = [], never = []] = await interleave([
    { name: "yields", run: () => run(calls) },
    { name: "plain", run: () => run(`(0, eval)("(() => { ${calls} })()");`) },
  ]);
  row("loop that calls and yields / plain, Node", medianRatio(waits, never), "x", null);
  const loop = "async () => { for (let i = 0; i < 4e5; i++) await null; }";
  const [goesOn = [], bare = []] = await interleave([
    { name: "cell", run: () => run(`const wait = ${loop};\nawait wait();`) },
    { name: "plain", run: () => run(`await (0, eval)("(${loop})()");`) },
  ]);
  row("loop that awaits / plain, Node", medianRatio(goesOn, bare), "x", null);
});

it("a live curve pushed at every step, and a network under watch", async () => {
  const train = (curve: string, push: string) => `
    manualSeed(1);
    const data1 = data.load("digits");
    const net1 = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
    const opt1 = optim.Adam(net1.parameters(), { lr: 0.01 });
    ${curve}
    for (const { x, y } of data1.batches(64, { steps: 1000 })) {
      const loss = F.crossEntropy(net1(x), y);
      opt1.zeroGrad(); loss.backward(); opt1.step();
      ${push}
    }`;
  await run('import { data, F, manualSeed, nn, optim, plot } from "descent";');
  const [live = [], watched = [], plain = []] = await interleave([
    {
      name: "live",
      run: () => run(train("const curve1 = plot.live();", "curve1.push({ loss });")),
    },
    { name: "watched", run: () => run(train("plot.watch(net1);", "")) },
    { name: "plain", run: () => run(train("", "")) },
  ]);
  row("1,000 steps with plot.live / without", minimaRatio(live, plain), "x", 1.05);
  row("1,000 steps with plot.watch / without", minimaRatio(watched, plain), "x", 1.1);
});

it("a boundary that follows every step", async () => {
  const train = (picture: string, update: string) => `
    manualSeed(1);
    const arms = data.load("spiral");
    const net2 = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2));
    const opt2 = optim.SGD(net2.parameters(), { lr: 0.1, momentum: 0.9 });
    ${picture}
    for (let step = 0; step < 5000; step++) {
      const loss = F.crossEntropy(net2(arms.x), arms.y);
      opt2.zeroGrad(); loss.backward(); opt2.step();
      ${update}
    }`;
  await run('import { data, F, manualSeed, nn, optim, plot } from "descent";');
  const [drawn = [], plain = []] = await interleave([
    {
      name: "boundary",
      run: () => run(train("const picture = plot.boundary(net2, arms);", "picture.update();")),
    },
    { name: "plain", run: () => run(train("", "")) },
  ]);
  row("5,000 steps with plot.boundary / without", minimaRatio(drawn, plain), "x", 1.1);
});

it("a training step watched for mistakes", async () => {
  const x = randn([64, 64], { generator: new Generator(1) });
  const y = Array.from({ length: 64 }, (_, i) => i % 10);
  const net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10));
  const opt = optim.Adam(net.parameters(), { lr: 0.01 });
  const train = () =>
    repeat(500, () => {
      const loss = F.crossEntropy(net(x), y);
      opt.zeroGrad();
      loss.backward();
      opt.step();
    });
  const told: unknown[] = [];
  const [watched = [], plain = []] = await interleave([
    {
      name: "watched",
      run() {
        observeNotices((notice) => told.push(notice));
        train();
      },
    },
    {
      name: "plain",
      run() {
        observeNotices(null);
        train();
      },
    },
  ]);
  expect(told).toEqual([]);
  row("500 steps watched for mistakes / unwatched", medianRatio(watched, plain), "x", 1.02);
});

it("layouts of a projection", layoutRows);

it("compiling a cell of ten lines", async () => {
  const compiler = createCompiler(transform);
  let run = 0;
  const source = (salt: number) =>
    Array.from({ length: 10 }, (_, i) => `const name${i}: number = other${i} * ${salt};`).join(
      "\n",
    );
  const [times = []] = await interleave([
    {
      name: "compile",
      run: () =>
        compiler.compile({
          cell: "bench" as CellId,
          run: ++run as RunId,
          source: source(run),
          guard: "plain",
        }),
    },
  ]);
  row("compiling ten lines with native esbuild", median(times), "ms", 25);
});

it("Stop reaches an endless loop", async () => {
  const [times = []] = await interleave(
    [
      {
        name: "stop",
        run: async () => {
          const from = kernel.notices.length;
          const running = kernel.run("while (true) {}", "endless");
          await kernel.until(
            (notice) => kernel.notices.indexOf(notice) >= from && notice.kind === "started",
          );
          kernel.client.interrupt();
          await running;
        },
      },
    ],
    7,
  );
  row("run, Stop and end of while (true) {}", median(times), "ms", 50);
});

it("a pause, ten steps and the way on; a restart", async () => {
  const heard = (from: number, isHeld: boolean) =>
    kernel.until(
      (notice) =>
        kernel.notices.indexOf(notice) >= from &&
        notice.kind === "output" &&
        notice.output.kind === "pause" &&
        (notice.output.pause !== null) === isHeld,
    );
  const [steps = [], restarts = []] = await interleave(
    [
      {
        name: "steps",
        run: async () => {
          let from = kernel.notices.length;
          const running = kernel.run("while (true) {}", "endless");
          await kernel.until(
            (notice) => kernel.notices.indexOf(notice) >= from && notice.kind === "started",
          );
          for (const kind of ["pause", ...Array<"step">(10).fill("step")] as const) {
            from = kernel.notices.length;
            kernel.client.steer({ kind });
            await heard(from, true);
          }
          kernel.client.interrupt();
          await running;
        },
      },
      {
        name: "restart",
        run: async () => {
          await kernel.client.restart();
          await run("1 + 1");
        },
      },
    ],
    7,
  );
  row("pause, ten steps, Stop, each heard", median(steps), "ms", null);
  row("restart and 1 + 1, Node", median(restarts), "ms", null);
});

it("figures and floods of output in the page", async () => {
  process.env.CHROMIUM_PATH ??= await chromiumPath();
  const built = spawnSync(process.execPath, ["app/cli/build.mjs"], { encoding: "utf8" });
  if (built.status !== 0) throw new Error(built.stderr);
  const site = await openSite();
  try {
    await firstFigureRow(site);
    for (const flood of floods) {
      const notebook = await site.newPage();
      await notebook.openNew();
      const gapMs = await worstFrameGap(notebook, flood, 180);
      row(`worst frame gap, ${flood.name}`, gapMs, "ms", 100);
      await notebook.close();
    }
    await manyFiguresRow(site);
  } finally {
    await site.close();
  }
});

it.each(["01-turn-the-knobs.ts", "digits.ts", "names.ts"])(
  "%s from top to bottom",
  async (file) => {
    expect(readNotebook(file)).toMatch(/\S/);
    const from = performance.now();
    await using done = await runNotebook(file);
    expect([...done.outcomes.values()].every(({ status }) => status === "ok")).toBe(true);
    row(`${file} from top to bottom in Node`, (performance.now() - from) / 1000, "s", 30);
  },
);

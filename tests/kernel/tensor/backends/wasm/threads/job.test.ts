import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { Layout } from "../../../../../../kernel/tensor/backends/wasm/layout.ts";
import { type Kernel, Machine } from "../../../../../../kernel/tensor/backends/wasm/machine.ts";
import { SCRATCH, scratchOf } from "../../../../../../kernel/tensor/backends/wasm/memory.ts";
import { elementwise } from "../../../../../../kernel/tensor/backends/wasm/ops/elementwise.ts";
import { matmul } from "../../../../../../kernel/tensor/backends/wasm/ops/matmul.ts";
import { attendInCalls } from "../../../../../../kernel/tensor/backends/wasm/threads/attend.ts";
import {
  SharedJob,
  threadEnded,
} from "../../../../../../kernel/tensor/backends/wasm/threads/job.ts";
import { Generator, randn, type Tensor } from "../../../../../../kernel/tensor/index.ts";
import type { View } from "../../../../../../kernel/tensor/view.ts";
import { type Workers, workersFor } from "./workers.ts";

const THREADS = 3;
let workers: Workers;
let alone: Machine;
let team: Machine;
/** The names of all kernels, in the order that threads know. */
let names: readonly string[];

beforeAll(async () => {
  workers = await workersFor(THREADS);
  const { memory, helpers } = workers;
  alone = new Machine({ variant: "plain" });
  team = new Machine({
    variant: "plain",
    memory,
    helpers: {
      ...helpers,
      start(module) {
        names = WebAssembly.Module.exports(new WebAssembly.Module(module)).map(({ name }) => name);
        helpers.start(module);
      },
    },
  });
  expect(team.isShared(1)).toBe(false);
  expect(workers.started).toHaveLength(0);
  await vi.waitFor(() => expect(team.isShared(1e5)).toBe(true), 60_000);
  expect(workers.started).toHaveLength(THREADS - 1);
}, 90_000);
afterAll(() => workers.terminate());
afterEach(() => attendInCalls(() => {}));

const generator = new Generator(4);
const draw = (...shape: number[]): Tensor => randn(shape, { generator });

type Backends = ReturnType<typeof elementwise> & ReturnType<typeof matmul>;
const opsOf = (machine: Machine): Backends => {
  const layout = new Layout(machine);
  return { ...elementwise(machine, layout), ...matmul(machine, layout) };
};

const bytesOf = ({ storage }: View): Buffer => Buffer.from(storage.host().slice().buffer);

/** With helpers and without, one after the other: a storage lies in one arena. */
function expectSame(compute: (ops: Backends) => View): void {
  const bits = (machine: Machine) => {
    const values = bytesOf(compute(opsOf(machine)));
    machine.arena.evict();
    return values;
  };
  // Faster than toEqual() by three orders of magnitude.
  expect(Buffer.compare(bits(alone), bits(team))).toBe(0);
}

test("calls are shared where that pays, by its own measure", () => {
  const [a, b] = [draw(600, 200), draw(200, 300)];
  expectSame((ops) => ops.matmul(a, b));
});

test("many calls in a row lose nothing", () => {
  const x = draw(400, 1000);
  expectSame((ops) => {
    let y: View = x;
    for (let i = 0; i < 200; i++) y = ops.binary("add", y, x);
    return y;
  });
});

test("a thread that fails is heard of, and the next call works", () => {
  const x = draw(200_000);
  const kernel = team.kernel("exp");
  const outside = 2 ** 31 - 16;
  const call = () =>
    team.share(kernel, [outside, outside, 200_000, 0], 200_000, { steps: [], size: 2 });
  expect(call).toThrow("internal: a kernel failed in a thread");
  expectSame((ops) => ops.unary("exp", x));
});

describe("a call that takes long looks whether it is to end", () => {
  class Stopped extends Error {}
  const machines = () => [alone, team] as const;
  const [a, b] = [draw(1500, 1000), draw(1000, 1000)];

  test("between its parts, by one thread and by several, and the next call works", () => {
    for (const machine of machines()) {
      let isFirst = true;
      attendInCalls(() => {
        if (!isFirst) throw new Stopped();
        isFirst = false;
      });
      expect(() => opsOf(machine).matmul(a, b)).toThrow(Stopped);
      attendInCalls(() => {});
      machine.arena.evict();
    }
    expectSame((ops) => ops.matmul(a, b));
  });

  test("once for each 20 ms that it is thought to take", () => {
    let looks = 0;
    attendInCalls(() => (looks += 1));
    opsOf(alone).matmul(a, b);
    alone.arena.evict();
    expect(looks).toBe(4);
  });

  test("and in shorter parts where they cost nothing, so that better code is soon taken over", () => {
    let looks = 0;
    attendInCalls(() => (looks += 1));
    const given = draw(1024, 1024);
    const { unary } = elementwise(alone, new Layout(alone));
    const whole = unary("exp", given);
    // 2 ms, as it is estimated, in quarters of one.
    expect(looks).toBe(9);
    const strip = unary("exp", { ...given, shape: [16, 1024], offset: 1000 * 1024 });
    const end = bytesOf(whole).subarray(4 * 1000 * 1024, 4 * 1016 * 1024);
    expect(Buffer.compare(end, bytesOf(strip))).toBe(0);
    expect(looks).toBe(9);
    alone.arena.evict();
  });

  test("panel by panel where it is large, which changes no bit", () => {
    const [x, y, shift] = [draw(1100, 1010), draw(1010, 1025), draw(1025)];
    const transposed = draw(1025, 1010);
    // In strips of rows that are not large.
    const inStrips = (whole: View, strip: (rows: View, from: number) => View) => {
      const out = new Float32Array(1100 * 1025);
      for (let from = 0; from < 1100; from += 220) {
        const rows = { ...x, shape: [220, 1010], offset: from * 1010 };
        out.set(strip(rows, from).storage.host(), from * 1025);
      }
      expect(Buffer.compare(Buffer.from(out.buffer), bytesOf(whole))).toBe(0);
    };
    const ops = opsOf(alone);
    inStrips(ops.matmul(x, y), (rows) => ops.matmul(rows, y));
    inStrips(ops.linear(x, transposed, shift), (rows) => ops.linear(rows, transposed, shift));
    alone.arena.evict();
  });

  test("but not where it would leave something half done", () => {
    attendInCalls(() => {
      throw new Stopped();
    });
    const kernel = alone.kernel("copy");
    const division = { steps: [4, 4], size: 2 };
    const [to, from] = [alone.scratch, alone.scratch + 4096];
    const call = (isInPlace: boolean) => () =>
      alone.call(kernel, [to, from, 100], 100, { ...division, isInPlace }, 1e9);
    expect(call(true)).not.toThrow();
    expect(call(false)).toThrow(Stopped);
  });
});

describe("a thread that ends", () => {
  test("in the middle of its part is an error, not a wait without end; the others go on", async () => {
    const { memory, started } = workers;
    const victim = started[0];
    if (victim === undefined) throw new Error("nobody helps");
    const sleep = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    // In place of a product, this thread ends another, which is at work meanwhile, as its owner would.
    const kernels: Kernel[] = names.map(() => () => 0);
    const gone: Promise<unknown>[] = [];
    const end: Kernel = () => {
      if (gone.length > 0) return 0;
      sleep(50);
      gone.push(victim.terminate());
      sleep(100);
      threadEnded(memory, 1);
      return 0;
    };
    kernels[names.indexOf("matmul")] = end;
    const job = new SharedJob(memory, kernels);
    expect(job.helpers).toBe(2);

    // A product of some 200 ms for each thread, of whatever lies in the arena.
    const [m, n, k] = [900, 1500, 3000];
    const [x, y, z] = [32, 48, 80].map((megabytes) => megabytes * 2 ** 20) as [
      number,
      number,
      number,
    ];
    const scratch = scratchOf(0);
    const strides = [0, 0, 4 * k, 4, y, 0, 0, 4 * n, 4];
    const values = [x, ...strides, z, 1, m, n, k, 0, 0, m, scratch, -Infinity, 0];
    expect(values).toHaveLength(21);
    const division = {
      steps: Array.from({ length: 17 }, (_, i) => (i === 16 ? 1 : 0)),
      end: 17,
      rooms: { 18: SCRATCH },
    };
    const options = { isShared: true, parts: 3, attend: () => {} };
    expect(() => job.run(end, values, m, division, options)).toThrow(
      "internal: a thread ended while it computed",
    );
    await Promise.all(gone);
    expect(job.helpers).toBe(1);
    const [a, b] = [draw(600, 200), draw(200, 300)];
    for (let i = 0; i < 20; i++) expectSame((ops) => ops.matmul(a, b));
  });

  test("while it waits costs nothing but its help", async () => {
    const [, last] = workers.started;
    await last?.terminate();
    await vi.waitFor(() => expect(team.isShared(1e5)).toBe(false));
    const [a, b] = [draw(600, 200), draw(200, 300)];
    expectSame((ops) => ops.matmul(a, b));
  });
});

/** Tables of which few rows are not 0: the same bits as whole ones, and made only for those who look. */
import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { sparseRows } from "../../../../../kernel/tensor/backends/wasm/sparse-rows.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import type { SgdStep } from "../../../../../kernel/tensor/backend.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { sizeOf } from "../../../../../kernel/tensor/shape.ts";
import type { Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, hardNumbers, laid, permuted, plainNumbers } from "./samples.ts";

const step: SgdStep = {
  lr: 0.3,
  momentum: 0,
  dampening: 0,
  nesterov: false,
  weightDecay: 0,
  maximize: false,
  first: true,
};

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 22 });

  function places(random: Generator, shape: Shape, rows: number): View {
    const numbers = Int32Array.from({ length: sizeOf(shape) }, () => random.below(2 * rows) - rows);
    return laid(numbers, shape, 1);
  }

  /** Rows for some places of a table `[rows, ...rest]`, and what they are in all of it. */
  function slope(random: Generator, index: Shape, rows: number, rest: Shape) {
    const at = places(random, index, rows);
    const g = laid(plainNumbers(random, sizeOf([...index, ...rest])), [...index, ...rest], 3);
    return {
      table: wasm.addRows("op", g, at, rows),
      wanted: reference.addRows("op", g, at, rows),
    };
  }

  const cases: readonly (readonly [Shape, number, Shape])[] = [
    [[1], 20_000, []],
    [[300], 20_000, []],
    [[40, 3], 400, [41]],
    [[7], 3000, [2, 3]],
    [[200], 300, [64]],
    [[0], 300, [64]],
  ];

  test.each(cases)("addRows of %s rows to %d of %s keeps those alone", (index, rows, rest) => {
    const { table, wanted } = slope(new Generator(1), index, rows, rest);
    const kept = sparseRows(table);
    expect(kept?.count).toBeLessThanOrEqual(sizeOf(index));
    expect(kept?.values.length).toBeLessThanOrEqual(sizeOf([...index, ...rest]));
    expect(elements(table)).toEqual(elements(wanted));
    expect(sparseRows(table)).toBe(null);
  });

  test.each([1, 3, 4, 7, 16, 21, 64, 67])(
    "rows of %d numbers of all kinds add up as to 0",
    (width) => {
      const random = new Generator(10);
      const rows = Math.ceil(16_384 / width) + 100;
      const index = laid(
        Int32Array.from({ length: 60 }, () => 7 * random.below(20) - rows),
        [60],
      );
      const g = laid(hardNumbers(random, 60 * width), [60, width]);
      // The first and only row of a place: 0 and -0 are 0.
      index.storage.host()[0] = 5;
      g.storage.host().fill(-0, 0, width);
      const table = wasm.addRows("op", g, index, rows);
      expect(sparseRows(table)?.count).toBeLessThanOrEqual(21);
      const found = elements(table);
      expect(found).toEqual(elements(reference.addRows("op", g, index, rows)));
      expect(Object.is(found[5 * width], 0)).toBe(true);
    },
  );

  const many: readonly (readonly [string, number, number, number])[] = [
    ["more rows than the table has", 301, 300, 50],
    ["a small table", 3, 100, 50],
    ["most rows of the table", 300, 301, 300],
  ];
  test.each(many)("addRows of %s makes the whole", (_, count, rows, distinct) => {
    const g = laid(plainNumbers(new Generator(2), count * 64), [count, 64]);
    const index = laid(
      Int32Array.from({ length: count }, (__, i) => i % distinct),
      [count],
    );
    const table = wasm.addRows("op", g, index, rows);
    expect(sparseRows(table)).toBe(null);
    expect(elements(table)).toEqual(elements(reference.addRows("op", g, index, rows)));
  });

  test("an op that reads such a table finds all of it, in every layout", () => {
    const random = new Generator(3);
    const { table, wanted } = slope(random, [9], 300, [64]);
    const turned = { ...table, shape: [64, 300], strides: [1, 64] };
    expect(elements(wasm.unary("abs", turned))).toEqual(
      elements(reference.unary("abs", { ...wanted, shape: [64, 300], strides: [1, 64] })),
    );
    const other = slope(random, [9], 300, [64]);
    const part = (x: View): View => ({ ...x, shape: [2, 64], offset: 64 });
    expect(sparseRows(part(other.table))).toBe(null);
    expect(elements(wasm.copy(part(other.table), "f32"))).toEqual(elements(part(other.wanted)));
  });

  test.each([
    [[90], [80]],
    [[90], [200]],
    [[0], [5]],
    [[250], [250]],
  ])("tables with %s and %s rows add up to the bits of whole ones", (left, right) => {
    const random = new Generator(4);
    const [a, b] = [slope(random, left, 300, [64]), slope(random, right, 300, [64])];
    const sum = wasm.binary("add", a.table, b.table);
    expect(elements(sum)).toEqual(elements(reference.binary("add", a.wanted, b.wanted)));
  });

  test("two with few rows add up to one with few rows", () => {
    const random = new Generator(5);
    const [a, b] = [slope(random, [20], 300, [64]), slope(random, [30], 300, [64])];
    const sum = wasm.binary("add", a.table, b.table);
    expect(sparseRows(sum)?.count).toBeLessThanOrEqual(50);
    // Neither was looked at on the way.
    expect([sparseRows(a.table), sparseRows(b.table)]).not.toContain(null);
    expect(elements(sum)).toEqual(elements(reference.binary("add", a.wanted, b.wanted)));
  });

  test("a whole table and one with few rows add up, on either side and in any layout", () => {
    const random = new Generator(6);
    const whole = laid(plainNumbers(random, 300 * 64), [300, 64], 5);
    for (const other of [whole, permuted(whole, [1, 0])])
      for (const flip of [false, true]) {
        const { table, wanted } = slope(random, [30], 300, [64]);
        const [a, b] = flip ? [table, other] : [other, table];
        const sum = wasm.binary("add", a, b);
        const truth = flip ? [wanted, other] : [other, wanted];
        expect(elements(sum)).toEqual(
          elements(reference.binary("add", truth[0] as View, truth[1] as View)),
        );
      }
  });

  const settings: readonly (readonly [string, Partial<SgdStep>, boolean])[] = [
    ["a plain step", {}, true],
    ["a step with momentum", { momentum: 0.9 }, false],
    ["a step with weight decay", { weightDecay: 0.1 }, false],
    ["a step that climbs", { maximize: true }, false],
  ];
  test.each(settings)("%s of SGD leaves the bits of a whole slope", (_, more, isSparse) => {
    const random = new Generator(7);
    const numbers = plainNumbers(random, 300 * 64);
    const [found, truth] = [laid(numbers, [300, 64], 2), laid(numbers, [300, 64], 2)];
    const velocity = () => laid(new Float32Array(300 * 64), [300, 64]);
    const [v, w] = "momentum" in more ? [velocity(), velocity()] : [null, null];
    for (let i = 0; i < 3; i++) {
      const { table, wanted } = slope(random, [60], 300, [64]);
      const before = found.storage.version;
      wasm.sgd(found, table, v, { ...step, ...more, first: i === 0 });
      wasm.sgd(truth, wanted, w, { ...step, ...more, first: i === 0 });
      expect(found.storage.version).toBe(before + 1);
      expect(sparseRows(table) !== null).toBe(isSparse);
      expect(elements(found)).toEqual(elements(truth));
    }
  });

  test("adam moves every row by its moments", () => {
    const random = new Generator(8);
    const make = () => laid(new Float32Array(300 * 64), [300, 64]);
    const found = { parameter: make(), first: make(), second: make() };
    const truth = { parameter: make(), first: make(), second: make() };
    const how = { lr: 0.1, beta1: 0.9, beta2: 0.99, eps: 1e-8, weightDecay: 0, decoupled: false };
    for (let number = 1; number <= 3; number++) {
      const { table, wanted } = slope(random, [30], 300, [64]);
      for (const [memory, g] of [[found, table] as const, [truth, wanted] as const]) {
        const more = { ...how, maximize: false, step: number };
        wasm.adam(memory.parameter, g, memory.first, memory.second, null, more);
      }
    }
    for (const name of ["parameter", "first", "second"] as const)
      expect(elements(found[name])).toEqual(elements(truth[name]));
  });

  test("what nobody looks at takes no more memory than its rows, and gives that back", () => {
    const own = wasmBackend({ variant: variant.name, capacity: 2 ** 22 });
    const g = laid(new Float32Array(64).fill(1), [1, 64]);
    const index = laid(Int32Array.of(5), [1]);
    const before = own.memory().live;
    const table = own.addRows("op", g, index, 5000);
    expect(own.memory().live - before).toBeLessThan(4096);
    table.storage.release();
    const after = own.memory().live;
    own.addRows("op", g, index, 5000).storage.release();
    expect(own.memory().live).toBe(after);
  });

  test("what was looked at has given its rows back", () => {
    const own = wasmBackend({ variant: variant.name, capacity: 2 ** 22 });
    const g = laid(new Float32Array(64).fill(1), [1, 64]);
    const table = own.addRows("op", g, laid(Int32Array.of(5), [1]), 300);
    const rows = sparseRows(table);
    own.unary("abs", table);
    expect(() => rows?.values.host()).toThrow("gave back");
  });

  test("tables survive an eviction before and after they are made", () => {
    const own = wasmBackend({ variant: variant.name, capacity: 2 ** 17 });
    const random = new Generator(9);
    const g = laid(plainNumbers(random, 30 * 64), [30, 64]);
    const index = places(random, [30], 300);
    const crowd = () => own.unary("abs", laid(new Float32Array(20_000), [20_000]));
    const wanted = elements(reference.addRows("op", g, index, 300));
    const table = own.addRows("op", g, index, 300);
    crowd();
    expect(sparseRows(table)).not.toBe(null);
    expect(elements(own.unary("neg", own.unary("neg", table)))).toEqual(wanted);
    crowd();
    expect(elements(table)).toEqual(wanted);
  });
});

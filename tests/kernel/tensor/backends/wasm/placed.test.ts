/** The slopes of slices: values and their places, written once all parts are known. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backend, setBackend } from "../../../../../kernel/tensor/backends/current.ts";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import type { Backend } from "../../../../../kernel/tensor/backend.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { sizeOf } from "../../../../../kernel/tensor/shape.ts";
import { HeapStorage } from "../../../../../kernel/tensor/backends/storage.ts";
import type { Cut, Shape, View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

const cut = (start: number, size: number, step = 1): Cut => ({ start, step, size });
const sizes = (cuts: readonly Cut[]): Shape => cuts.map(({ size }) => size);
const isUnmade = ({ storage }: View): boolean =>
  storage instanceof HeapStorage && storage.unmade !== null;

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 20 });
  const shape = [6, 50, 7];

  // What dies is poisoned by the backend that computes.
  const before = backend();
  beforeAll(() => setBackend(wasm));
  afterAll(() => setBackend(before));

  /** Values of a slice, as the engine makes them for itself. */
  function own(random: Generator, of: Shape, holders = 1): View {
    const view = laid(plainNumbers(random, sizeOf(of)), of, 2);
    Object.assign(view.storage, { isPrivate: true, holders });
    return view;
  }

  const cases: readonly (readonly Cut[])[] = [
    [cut(0, 6), cut(3, 20), cut(0, 7)],
    [cut(5, 1), cut(0, 50), cut(1, 3, 2)],
    [cut(5, 6, -1), cut(49, 17, -3), cut(6, 1)],
    [cut(0, 6), cut(0, 50), cut(0, 7)],
    [cut(0, 6), cut(9, 0), cut(0, 7)],
  ];

  test.each(cases)("place() of %o, %o, %o puts values among zeros", (...cuts) => {
    const random = new Generator(1);
    for (const lay of [(x: View) => x, (x: View) => permuted(x, [2, 0, 1])]) {
      const x = { ...lay(own(random, sizes(cuts))) };
      Object.assign(x.storage, { isPrivate: true, holders: 1 });
      expect(elements(wasm.place(x, cuts, shape))).toEqual(
        elements(reference.place(x, cuts, shape)),
      );
    }
  });

  test("parts without a place in common add up without being made, and read as their sum", () => {
    const random = new Generator(2);
    const thirds = [0, 2, 4].map((start) => [cut(start, 2), cut(0, 50), cut(0, 7)]);
    const parts = thirds.map((cuts) => own(random, sizes(cuts)));
    const found = parts.map((x, i) => wasm.place(x, thirds[i]!, shape));
    const wanted = parts.map((x, i) => reference.place(x, thirds[i]!, shape));
    const sum = found.reduce((a, b) => wasm.binary("add", a, b));
    expect([sum, ...found].map(isUnmade)).toEqual([true, true, true, true]);
    const truth = wanted.reduce((a, b) => reference.binary("add", a, b));
    expect(elements(sum)).toEqual(elements(truth));
    expect(isUnmade(sum)).toBe(false);
  });

  test("parts that overlap, and other tensors, add up as ever", () => {
    const random = new Generator(3);
    const places = [
      [cut(0, 4), cut(0, 50), cut(0, 7)],
      [cut(3, 3), cut(0, 50), cut(0, 7)],
    ];
    const parts = places.map((cuts) => own(random, sizes(cuts)));
    const add = (backend: Backend, other: View | null) => {
      const [a, b] = parts.map((x, i) => backend.place(x, places[i]!, shape)) as [View, View];
      return backend.binary("add", a, other ?? b);
    };
    expect(elements(add(wasm, null))).toEqual(elements(add(reference, null)));
    const other = own(random, shape);
    expect(elements(add(wasm, other))).toEqual(elements(add(reference, other)));
  });

  test("values that others see are placed at once", () => {
    const x = laid(new Float32Array(100).fill(1), [2, 50]);
    const whole = wasm.place(x, [cut(1, 2), cut(0, 50)], [40, 50]);
    expect(isUnmade(whole)).toBe(false);
    x.storage.writable().fill(7);
    expect(Math.max(...elements(whole))).toBe(1);
  });

  test("settle() places what may be changed from now on", () => {
    const x = own(new Generator(4), [2, 50]);
    const whole = wasm.place(x, [cut(1, 2), cut(0, 50)], [40, 50]);
    const wanted = elements(reference.place(x, [cut(1, 2), cut(0, 50)], [40, 50]));
    whole.storage.settle();
    x.storage.writable().fill(7);
    expect(elements(whole)).toEqual(wanted);
  });

  test("values live until they are placed, and no longer", () => {
    const x = own(new Generator(5), [2, 50], 0);
    const whole = wasm.place(x, [cut(1, 2), cut(0, 50)], [40, 50]);
    expect(x.storage.holders).toBe(1);
    wasm.unary("abs", whole);
    expect(x.storage.holders).toBe(0);
    expect(() => x.storage.host()).toThrow("gave back");
    const other = own(new Generator(6), [2, 50], 0);
    wasm.place(other, [cut(1, 2), cut(0, 50)], [40, 50]).storage.release();
    expect(() => other.storage.host()).toThrow("gave back");
  });
});

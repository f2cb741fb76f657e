import { describe, expect, test } from "vitest";
import { reference } from "../../../../../kernel/tensor/backends/reference.ts";
import { wasmBackend } from "../../../../../kernel/tensor/backends/wasm/index.ts";
import { runs, variants } from "../../../../../kernel/tensor/backends/wasm/variant.ts";
import type { Backend } from "../../../../../kernel/tensor/backend.ts";
import { Generator } from "../../../../../kernel/tensor/random.ts";
import { fullView } from "../../../../../kernel/tensor/shape.ts";
import type { View } from "../../../../../kernel/tensor/view.ts";
import { elements, laid, permuted, plainNumbers } from "./samples.ts";

type Names = "parameter" | "first" | "second" | "third";
type Memory = Readonly<Record<Names, View>>;
/** One step of an optimiser on some backend. */
type Step = (backend: Backend, memory: Memory, gradient: View, number: number) => void;

const sgd =
  (momentum: number, nesterov: boolean, maximize: boolean): Step =>
  (backend, { parameter, first }, gradient, number) => {
    backend.sgd(parameter, gradient, momentum === 0 ? null : first, {
      lr: 0.1,
      momentum,
      dampening: nesterov ? 0 : 0.2,
      nesterov,
      weightDecay: 0.01,
      maximize,
      first: number === 1,
    });
  };
const adam =
  (amsgrad: boolean, decoupled: boolean, maximize: boolean): Step =>
  (backend, { parameter, first, second, third }, gradient, step) => {
    const settings = { lr: 0.01, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01 };
    const more = { decoupled, maximize, step };
    const largest = amsgrad ? third : null;
    backend.adam(parameter, gradient, first, second, largest, { ...settings, ...more });
  };
const rmsprop =
  (centered: boolean, momentum: number, maximize: boolean): Step =>
  (backend, { parameter, first, second, third }, gradient) => {
    const mean = centered ? second : null;
    const velocity = momentum === 0 ? null : third;
    const settings = { lr: 0.01, alpha: 0.99, eps: 1e-8, weightDecay: 0.01, momentum, maximize };
    backend.rmsprop(parameter, gradient, first, mean, velocity, settings);
  };
const adagrad =
  (maximize: boolean): Step =>
  (backend, { parameter, first }, gradient, step) => {
    const settings = { lr: 0.05, lrDecay: 0.01, eps: 1e-10, weightDecay: 0.01, maximize, step };
    backend.adagrad(parameter, gradient, first, settings);
  };

const cases: readonly (readonly [string, Step])[] = [
  ["sgd", sgd(0, false, false)],
  ["sgd that climbs", sgd(0, false, true)],
  ["sgd with momentum", sgd(0.9, false, false)],
  ["sgd with Nesterov's momentum", sgd(0.9, true, true)],
  ["adam", adam(false, false, false)],
  ["adam that climbs", adam(false, false, true)],
  ["adamw", adam(false, true, false)],
  ["amsgrad", adam(true, false, false)],
  ["rmsprop", rmsprop(false, 0, false)],
  ["rmsprop that climbs", rmsprop(false, 0, true)],
  ["rmsprop with momentum", rmsprop(false, 0.9, false)],
  ["rmsprop about the mean", rmsprop(true, 0, false)],
  ["rmsprop about the mean with momentum", rmsprop(true, 0.9, false)],
  ["adagrad", adagrad(false)],
  ["adagrad that climbs", adagrad(true)],
];

function memoryOf(parameter: Float32Array, offset: number): Memory {
  const zeros = () => laid(new Float32Array(parameter.length), [parameter.length], offset);
  return {
    parameter: laid(parameter, [parameter.length], offset),
    first: zeros(),
    second: zeros(),
    third: zeros(),
  };
}

describe.for(Object.values(variants).filter(runs))("$name", (variant) => {
  const wasm = wasmBackend({ variant: variant.name, capacity: 2 ** 18 });

  test.each(cases)("%s goes the reference's way", (_, step) => {
    const random = new Generator(1);
    for (const n of [0, 1, 3, 4, 5, 17, 64, 1027]) {
      const start = plainNumbers(random, n);
      const [found, wanted] = [memoryOf(start, n % 3), memoryOf(start, 0)];
      for (let number = 1; number <= 30; number++) {
        const gradient = laid(plainNumbers(random, n), [n], number % 2);
        step(wasm, found, gradient, number);
        step(reference, wanted, gradient, number);
      }
      for (const name of Object.keys(found) as Names[]) {
        const truth = elements(wanted[name]);
        elements(found[name]).forEach((value, i) => {
          const size = Math.max(Math.abs(truth[i] ?? 0), 1);
          expect(Math.abs(value - (truth[i] ?? 0)) / size, name).toBeLessThan(8e-6);
        });
      }
    }
  });

  test.each(cases)("%s takes slopes of any layout, and double precision", (_, step) => {
    const random = new Generator(3);
    const gradient = permuted(laid(plainNumbers(random, 15), [3, 5]), [1, 0]);
    const make = (dtype: "f32" | "f64"): Memory => {
      const zeros = () => fullView(reference.allocate(dtype, 15), [3, 5]);
      return { parameter: zeros(), first: zeros(), second: zeros(), third: zeros() };
    };
    for (const dtype of ["f32", "f64"] as const) {
      const [found, wanted] = [make(dtype), make(dtype)];
      const slope = dtype === "f32" ? gradient : reference.copy(gradient, "f64");
      step(wasm, found, slope, 1);
      step(reference, wanted, slope, 1);
      const truth = elements(wanted.parameter);
      elements(found.parameter).forEach((value, i) => expect(value).toBeCloseTo(truth[i] ?? 0, 6));
    }
  });

  test.each(cases)(
    "%s changes nothing beside the parameter, and says that it changed that",
    (_, step) => {
      const memory = memoryOf(new Float32Array(5).fill(1), 2);
      const gradient = laid(new Float32Array(5).fill(1), [5]);
      const before = memory.parameter.storage.version;
      step(wasm, memory, gradient, 1);
      expect(memory.parameter.storage.version).toBe(before + 1);
      const all = memory.parameter.storage.host();
      expect([all[0], all[1], ...all.subarray(7)]).toEqual([0, 0, 0, 0, 0]);
    },
  );

  test("of a slope too large to be squared adam remembers what the reference does", () => {
    const values = Float32Array.of(1e19, 1e21, -1e21, Infinity, NaN, 1e38, 0, 1);
    const [found, wanted] = [memoryOf(new Float32Array(8), 0), memoryOf(new Float32Array(8), 0)];
    for (let number = 1; number <= 3; number++) {
      const gradient = laid(number === 1 ? values : new Float32Array(8).fill(1), [8]);
      adam(false, false, false)(wasm, found, gradient, number);
      adam(false, false, false)(reference, wanted, gradient, number);
    }
    const [v, truth] = [elements(found.second), elements(wanted.second)];
    v.forEach((value, i) => {
      if (Number.isFinite(truth[i])) expect(value / (truth[i] ?? 0)).toBeCloseTo(1, 5);
      else expect(value).toBe(truth[i]);
    });
  });
});

/** Steps of optimisers. What is not f32, or does not lie side by side, the heap computes. */
import { pow } from "../../../elementary/index.ts";
import type { Backend } from "../../../backend.ts";
import { isContiguous, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, isFloats, storageOf } from "../floats.ts";
import type { Machine } from "../machine.ts";
import type { Division } from "../threads/division.ts";
import { sparseRows } from "../sparse-rows.ts";

/** An element takes about as long. */
const NANOSECONDS = 0.5;
const NANOSECONDS_OF_SGD = 0.05;

/** By elements of what lies at the first arguments, as `steps` say; argument `size` is how many. */
const dividedAt = (size: number, steps: readonly number[]): Division => ({
  steps,
  size,
  grain: 64,
  isInPlace: true,
});
const plain = dividedAt(2, [4, 4]);
const withVelocity = dividedAt(2, [4, 4, 0, 0, 0, 0, 4]);
const withSum = dividedAt(3, [4, 4, 4]);

export function steps(machine: Machine): Pick<Backend, "sgd" | "adam" | "rmsprop" | "adagrad"> {
  const { arena } = machine;
  const sgd = machine.kernel("sgd");
  const sgdRows = machine.kernel("sgdRows");
  const sgdMomentum = machine.kernel("sgdMomentum");
  const adam = machine.kernel("adam");
  const rmsprop = machine.kernel("rmsprop");
  const adagrad = machine.kernel("adagrad");

  function wrote(x: View): void {
    x.storage.version++;
    arena.wrote(storageOf(x));
  }

  const lane = (x: View | null) => (x === null ? null : storageOf(x));
  const addressOf = (x: View | null) => (x === null ? 0 : at(x));

  return {
    sgd(parameter, gradient, velocity, step) {
      if (!areRows(parameter, velocity)) {
        reference.sgd(parameter, gradient, velocity, step);
        return;
      }
      const { lr, momentum, dampening, weightDecay } = step;
      const rows = sparseRows(gradient);
      // Where the slope is 0 the parameter stays what it is.
      if (rows !== null && velocity === null && weightDecay === 0 && !step.maximize) {
        const { places, values, count, width } = rows;
        arena.hold(storageOf(parameter), places, values);
        sgdRows(at(parameter), values.address, places.address, count, width, lr);
        wrote(parameter);
        return;
      }
      const g = dense(gradient);
      arena.hold(storageOf(parameter), storageOf(g), lane(velocity));
      const n = sizeOf(parameter.shape);
      const sign = step.maximize ? -1 : 1;
      const [p, work] = [at(parameter), NANOSECONDS_OF_SGD * n];
      if (velocity === null)
        machine.call(sgd, [p, at(g), n, lr, sign, weightDecay], n, plain, work);
      else {
        const keep = step.first ? 0 : momentum;
        const take = step.first ? 1 : 1 - dampening;
        const nesterov = Number(step.nesterov);
        const settings = [lr, sign, weightDecay, at(velocity), momentum, keep, take, nesterov];
        machine.call(sgdMomentum, [p, at(g), n, ...settings], n, withVelocity, work);
        wrote(velocity);
      }
      wrote(parameter);
    },

    adam(parameter, gradient, first, second, largest, step) {
      if (!areRows(parameter, first, second, largest)) {
        reference.adam(parameter, gradient, first, second, largest, step);
        return;
      }
      const g = dense(gradient);
      const [p, m, v] = [storageOf(parameter), storageOf(first), storageOf(second)];
      arena.hold(p, storageOf(g), m, v, lane(largest));
      const { lr, beta1, beta2, eps, weightDecay, decoupled } = step;
      const n = sizeOf(parameter.shape);
      const values = [
        at(parameter),
        at(g),
        at(first),
        at(second),
        addressOf(largest),
        n,
        lr / (1 - pow(beta1, step.step)),
        1 / Math.sqrt(1 - pow(beta2, step.step)),
        eps,
        step.maximize ? -1 : 1,
        decoupled ? 0 : weightDecay,
        decoupled ? lr * weightDecay : 0,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
      ];
      machine.call(adam, values, n, dividedAt(5, stepsOf(values, 5)), NANOSECONDS * n);
      wrote(parameter);
      wrote(first);
      wrote(second);
      if (largest !== null) wrote(largest);
    },

    rmsprop(parameter, gradient, square, mean, velocity, step) {
      if (!areRows(parameter, square, mean, velocity)) {
        reference.rmsprop(parameter, gradient, square, mean, velocity, step);
        return;
      }
      const g = dense(gradient);
      const [p, s] = [storageOf(parameter), storageOf(square)];
      arena.hold(p, storageOf(g), s, lane(mean), lane(velocity));
      const { lr, alpha, eps, weightDecay, momentum } = step;
      const n = sizeOf(parameter.shape);
      const values = [
        at(parameter),
        at(g),
        at(square),
        addressOf(mean),
        addressOf(velocity),
        n,
        lr,
        alpha,
        1 - alpha,
        eps,
        step.maximize ? -1 : 1,
        weightDecay,
        momentum,
      ];
      machine.call(rmsprop, values, n, dividedAt(5, stepsOf(values, 5)), NANOSECONDS * n);
      wrote(parameter);
      wrote(square);
      if (mean !== null) wrote(mean);
      if (velocity !== null) wrote(velocity);
    },

    adagrad(parameter, gradient, sum, step) {
      if (!areRows(parameter, sum)) {
        reference.adagrad(parameter, gradient, sum, step);
        return;
      }
      const g = dense(gradient);
      arena.hold(storageOf(parameter), storageOf(g), storageOf(sum));
      const { lr, lrDecay, eps, weightDecay } = step;
      const n = sizeOf(parameter.shape);
      const rate = lr / (1 + (step.step - 1) * lrDecay);
      const sign = step.maximize ? -1 : 1;
      const values = [at(parameter), at(g), at(sum), n, rate, eps, sign, weightDecay];
      machine.call(adagrad, values, n, withSum, NANOSECONDS * n);
      wrote(parameter);
      wrote(sum);
    },
  };
}

/** For the first `count` arguments: no element lies at 0. */
const stepsOf = (values: readonly number[], count: number): number[] =>
  values.slice(0, count).map((address) => (address === 0 ? 0 : 4));

/** Whether the kernels can write all of these; only the first has to be asked for its type. */
function areRows(parameter: View, ...memories: readonly (View | null)[]): boolean {
  if (!isFloats(parameter) || !isContiguous(parameter)) return false;
  for (const each of memories) if (each !== null && !isContiguous(each)) return false;
  return true;
}

/** The slope as kernels read it: side by side. */
function dense(gradient: View): View {
  return isContiguous(gradient) ? gradient : reference.copy(gradient, "f32");
}

/** Steps of optimisers. What is not f32, or does not lie side by side, the heap computes. */
import type { Backend } from "../../../backend.ts";
import { isContiguous, sizeOf } from "../../../shape.ts";
import type { View } from "../../../view.ts";
import { reference } from "../../reference.ts";
import { at, isFloats, storageOf } from "../floats.ts";
import type { Machine } from "../machine.ts";

export function steps(machine: Machine): Pick<Backend, "sgd" | "adam" | "rmsprop" | "adagrad"> {
  const { arena } = machine;
  const sgd = machine.kernel("sgd");
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
      const g = dense(gradient);
      arena.hold(storageOf(parameter), storageOf(g), lane(velocity));
      const { lr, momentum, dampening, weightDecay } = step;
      const n = sizeOf(parameter.shape);
      const sign = step.maximize ? -1 : 1;
      if (velocity === null) sgd(at(parameter), at(g), n, lr, sign, weightDecay);
      else {
        const keep = step.first ? 0 : momentum;
        const take = step.first ? 1 : 1 - dampening;
        const [p, v] = [at(parameter), at(velocity)];
        const nesterov = Number(step.nesterov);
        sgdMomentum(p, at(g), n, lr, sign, weightDecay, v, momentum, keep, take, nesterov);
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
      adam(
        at(parameter),
        at(g),
        at(first),
        at(second),
        addressOf(largest),
        sizeOf(parameter.shape),
        lr / (1 - Math.pow(beta1, step.step)),
        1 / Math.sqrt(1 - Math.pow(beta2, step.step)),
        eps,
        step.maximize ? -1 : 1,
        decoupled ? 0 : weightDecay,
        decoupled ? lr * weightDecay : 0,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
      );
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
      rmsprop(
        at(parameter),
        at(g),
        at(square),
        addressOf(mean),
        addressOf(velocity),
        sizeOf(parameter.shape),
        lr,
        alpha,
        1 - alpha,
        eps,
        step.maximize ? -1 : 1,
        weightDecay,
        momentum,
      );
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
      adagrad(at(parameter), at(g), at(sum), n, rate, eps, sign, weightDecay);
      wrote(parameter);
      wrote(sum);
    },
  };
}

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

/** Single ops as one loop each over arrays made once; indices stay below the lengths. */
import { geluInto, geluSlopeInto } from "../plain/gelu.ts";
import { LayerNorm } from "../plain/layer-norm.ts";
import type { Op } from "../specs.ts";
import { type Makers, sample, type Workload } from "../workload.ts";
import { opData } from "./data.ts";

const op = (results: readonly Float32Array[], step: () => void): Workload => ({
  step,
  observe: () => results.flatMap((each) => sample(each)),
});

function gelu(spec: Op): Workload {
  const { x, other } = opData(spec);
  const [y, dx] = [new Float32Array(x.length), new Float32Array(x.length)];
  return op([y, dx], () => {
    geluInto(y, x);
    geluSlopeInto(dx, other, x);
  });
}

function softmax(spec: Op): Workload {
  const { x } = opData(spec);
  const y = new Float32Array(x.length);
  const { rows, columns } = spec;
  return op([y], () => {
    for (let r = 0; r < rows; r++) {
      const end = (r + 1) * columns;
      let largest = Number.NEGATIVE_INFINITY;
      for (let i = end - columns; i < end; i++) largest = Math.max(largest, x[i]!);
      let sum = 0;
      for (let i = end - columns; i < end; i++) sum += y[i] = Math.exp(x[i]! - largest);
      for (let i = end - columns; i < end; i++) y[i]! /= sum;
    }
  });
}

function layernorm(spec: Op): Workload {
  const { x, other, gamma, beta } = opData(spec);
  const norm = new LayerNorm(spec.rows, spec.columns);
  norm.scale.values.set(gamma);
  norm.shift.values.set(beta);
  let results: Float32Array[] = [];
  return {
    step() {
      results = [norm.forward(x), norm.backward(other), norm.scale.slopes, norm.shift.slopes];
    },
    observe: () => results.flatMap((each) => sample(each)),
  };
}

function add(spec: Op): Workload {
  const { x, other } = opData(spec);
  const y = new Float32Array(x.length);
  return op([y], () => {
    for (let i = 0; i < x.length; i++) y[i] = x[i]! + other[i]!;
  });
}

/** In double precision: what the others' sums are compared with. */
function sum(spec: Op): Workload {
  const { x } = opData(spec);
  let result = 0;
  return {
    step() {
      // A local: a variable of the closure would be boxed at every step.
      let total = 0;
      for (let i = 0; i < x.length; i++) total += x[i]!;
      result = total;
    },
    observe: () => sample([result]),
  };
}

export const ops: Pick<Makers, Op["kind"]> = {
  tapedAdd: add,
  gelu,
  softmax,
  layernorm,
  add,
  sum,
};

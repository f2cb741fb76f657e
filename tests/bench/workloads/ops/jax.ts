import { type Array as JaxArray, blockUntilReady, jit, nn, numpy as np, vjp } from "@jax-js/jax";
import { array, refs, type Running } from "../jax.ts";
import type { Op } from "../specs.ts";
import { type Makers, sample, type Workload } from "../workload.ts";
import { opData } from "./data.ts";

/** Runs `work`, which consumes its operands, and lets go of what it gives. */
function op(
  work: (operands: JaxArray[]) => JaxArray[],
  operands: readonly JaxArray[],
  { compiled }: Running,
): Workload {
  const run = compiled ? jit(work) : work;
  return {
    async step() {
      const results = run(refs(operands));
      await blockUntilReady(results);
      for (const each of results) each.dispose();
    },
    async observe() {
      const values = await Promise.all(run(refs(operands)).map((each) => each.data()));
      return values.flatMap((each) => sample(each));
    },
  };
}

/** `run` and its slopes with respect to its operands; the last operand is the slope to begin with. */
const slopes =
  (run: (...operands: JaxArray[]) => JaxArray) =>
  (given: JaxArray[]): JaxArray[] => {
    const gradient = given.at(-1);
    const [result, pull] = vjp(run, given.slice(0, -1));
    const found = pull(gradient!);
    pull.dispose();
    return [result, ...found];
  };

export function opsWith(running: Running): Pick<Makers, Op["kind"]> {
  const operands = (spec: Op) => {
    const { x, other, gamma, beta } = opData(spec);
    const shape = [spec.rows, spec.columns];
    return {
      x: array(x, shape),
      other: array(other, shape),
      gamma: array(gamma, [spec.columns]),
      beta: array(beta, [spec.columns]),
    };
  };
  return {
    tapedAdd: "no tape beside jit and grad",
    gelu(spec) {
      const { x, other } = operands(spec);
      return op(
        slopes((input) => nn.gelu(input, { approximate: true })),
        [x, other],
        running,
      );
    },
    layernorm(spec) {
      const { x, other, gamma, beta } = operands(spec);
      const run = (input: JaxArray, scale: JaxArray, shift: JaxArray) =>
        nn.standardize(input).mul(scale).add(shift);
      return op(slopes(run), [x, gamma, beta, other], running);
    },
    softmax(spec) {
      const { x } = operands(spec);
      return op(([input]) => [nn.softmax(input!, -1)], [x], running);
    },
    add(spec) {
      const { x, other } = operands(spec);
      return op(([a, b]) => [a!.add(b!)], [x, other], running);
    },
    sum(spec) {
      const { x } = operands(spec);
      return op(([input]) => [np.sum(input!)], [x], running);
    },
  };
}

/** What recurrent layers do at one step: an input and a state become the next state. */
import { pieces } from "../autograd/several.ts";
import type { Tensor } from "../tensor.ts";
import { linear } from "./functional/index.ts";

/** The parts of a state, `[n, hidden]` each; the first is also the output. */
export type State = readonly [Tensor, ...Tensor[]];

export interface StepWeights {
  /** `[gates * hidden, inputs]` */
  readonly input: Tensor;
  /** `[gates * hidden, hidden]` */
  readonly hidden: Tensor;
  readonly inputBias: Tensor | null;
  readonly hiddenBias: Tensor | null;
}

export interface Cell {
  /** How many blocks of `hidden` rows the weights have. */
  readonly gates: number;
  /** How many tensors a state has. */
  readonly parts: number;
  step(x: Tensor, state: State, weights: StepWeights): State;
}

const fromInput = (x: Tensor, w: StepWeights) => linear(x, w.input, w.inputBias);
const fromState = (h: Tensor, w: StepWeights) => linear(h, w.hidden, w.hiddenBias);

/** `[n, gates * hidden]` into its gates. */
function gatesOf(x: Tensor, gates: number): Tensor[] {
  const size = (x.shape[1] ?? 0) / gates;
  return pieces(
    x,
    1,
    Array.from({ length: gates }, () => size),
  );
}

/** h' = tanh(W x + b + U h + c), or relu in the place of tanh. */
export function plainCell(nonlinearity: "tanh" | "relu"): Cell {
  return {
    gates: 1,
    parts: 1,
    step: (x, [h], weights) => {
      const sum = fromInput(x, weights).add(fromState(h, weights));
      return [nonlinearity === "tanh" ? sum.tanh() : sum.relu()];
    },
  };
}

/** c' = σ(f) c + σ(i) tanh(g), h' = σ(o) tanh(c'), with i, f, g, o linear in x and h. */
export const lstmCell: Cell = {
  gates: 4,
  parts: 2,
  step: (x, [h, c], weights) => {
    const gates = gatesOf(fromInput(x, weights).add(fromState(h, weights)), 4);
    const [input, forget, candidate, output] = gates as [Tensor, Tensor, Tensor, Tensor];
    const kept = forget.sigmoid().mul(c as Tensor);
    const next = kept.add(input.sigmoid().mul(candidate.tanh()));
    return [output.sigmoid().mul(next.tanh()), next];
  },
};

/** h' = z h + (1 - z) n, with n = tanh(Wₙx + r (Uₙh)), and r = σ(...), z = σ(...) linear in x and h. */
export const gruCell: Cell = {
  gates: 3,
  parts: 1,
  step: (x, [h], weights) => {
    const [xr, xz, xn] = gatesOf(fromInput(x, weights), 3) as [Tensor, Tensor, Tensor];
    const [hr, hz, hn] = gatesOf(fromState(h, weights), 3) as [Tensor, Tensor, Tensor];
    const reset = xr.add(hr).sigmoid();
    const update = xz.add(hz).sigmoid();
    const candidate = xn.add(reset.mul(hn)).tanh();
    return [candidate.add(update.mul(h.sub(candidate)))];
  },
};

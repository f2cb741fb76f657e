/**
 * Slopes in one pass. A gradient is written with ops that have slopes of their own; only where those
 * are asked for (`createGraph`) is it computed so, and elsewhere by one kernel.
 */
import { apply } from "../autograd/apply.ts";
import type { SlopeKernel } from "../backend.ts";
import { backend } from "../backends/current.ts";
import { define, type Gradient, none, type Two } from "./op.ts";

interface SlopeParams {
  readonly kernel: SlopeKernel;
  readonly parameter: number;
}

/** Not in the table: it is never recorded, so its own gradient is never asked for. */
const slope = define<Two, SlopeParams>({
  name: "slope",
  shape: ([g]) => g.shape,
  forward: ([g, saved], { kernel, parameter }) => backend().slope(kernel, g, saved, parameter),
  gradient: [none, none],
});

/** `recorded`, or the kernel on the op's input or output. */
export function inOnePass<P>(
  kernel: SlopeKernel,
  from: "input" | "output",
  recorded: Gradient<P>,
  parameter: (params: P) => number = () => 0,
): Gradient<P> {
  return (g, saved) => {
    if (saved.recording) return recorded(g, saved);
    const given = from === "input" ? saved.input(0) : saved.output();
    return apply(slope, [g, given], { kernel, parameter: parameter(saved.params) });
  };
}

/**
 * What 128-bit lanes can do at most: multiply-adds between registers, as many as the product of two
 * matrices needs, without a load. The share of it that a product reaches does not depend on the
 * machine's clock that day.
 */
import {
  f32x4,
  ModuleWriter,
  relaxed,
  type V128,
  v128,
} from "../../../../kernel/tensor/backends/wasm/assembler/index.ts";
import type { Workload } from "../workload.ts";

/** As many chains as hide the latency and leave registers for two operands. */
const chains = 12;
const unrolled = 8;
const lanes = 4;
const flopsOfRound = chains * unrolled * lanes * 2;

export type Variant = "relaxed" | "plain";

/** `x a + b`: each depends on the one before in its chain, so that none can be left out. */
const multiplyAdd: Record<Variant, (x: V128, a: V128, b: V128) => V128> = {
  relaxed: relaxed.madd,
  plain: (x, a, b) => f32x4.add(f32x4.mul(x, a), b),
};

/** `run(rounds)`, over a memory whose first 32 bytes are the operands. */
function module(variant: Variant): Uint8Array<ArrayBuffer> {
  const writer = new ModuleWriter();
  writer.function("run", { rounds: "i32" }, (f, { rounds }) => {
    const a = f.local(v128.load(0, 0));
    const b = f.local(v128.load(0, 16));
    const sums = f.locals("v128", chains);
    for (const sum of sums) f.set(sum, b);
    const round = f.local("i32");
    f.upTo(round, rounds, 1, () => {
      for (let i = 0; i < unrolled; i++)
        for (const sum of sums) f.set(sum, multiplyAdd[variant](sum, a, b));
    });
    for (const [i, sum] of sums.entries()) f.emit(v128.store(0, sum, 32 + 16 * i));
  });
  return writer.encode(false);
}

export async function peak(variant: Variant): Promise<(n: number) => Workload> {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const values = new Float32Array(memory.buffer);
  values.fill(0.999, 0, 4).fill(0.001, 4, 8);
  const { instance } = await WebAssembly.instantiate(module(variant), { host: { memory } });
  // The module's only function, written above.
  const run = instance.exports.run as (rounds: number) => void;
  return (n) => ({
    step: () => run(Math.round((2 * n ** 3) / flopsOfRound)),
    observe: () => [values[8] ?? Number.NaN],
  });
}

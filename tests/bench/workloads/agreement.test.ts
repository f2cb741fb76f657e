import { describe, expect, it } from "vitest";
import { agree } from "../harness/agreement.ts";
import { convnet as ourConvnet } from "./convnet/descent.ts";
import { convnet as plainConvnet } from "./convnet/plain.ts";
import { drop } from "./descent.ts";
import { kernel, matmulWith } from "./matmul/descent.ts";
import { matmul as plainMatmul } from "./matmul/plain.ts";
import { mlp as ourMlp } from "./mlp/descent.ts";
import { mlp as plainMlp } from "./mlp/plain.ts";
import { opsWith } from "./ops/descent.ts";
import { ops as plainOps } from "./ops/plain.ts";
import { skipgram as ourSkipgram } from "./skipgram/descent.ts";
import { skipgram as plainSkipgram } from "./skipgram/plain.ts";
import type { Convnet, Op, Skipgram } from "./specs.ts";
import { transformer as ourTransformer } from "./transformer/descent.ts";
import { transformer as plainTransformer } from "./transformer/plain.ts";
import type { Workload } from "./workload.ts";

const name = "small";
const mlp = { kind: "mlp", name, sizes: [5, 7, 6, 3], batch: 8, lr: 0.05 } as const;
const transformer = {
  kind: "transformer",
  name,
  layers: 2,
  width: 8,
  heads: 2,
  context: 5,
  vocabulary: 7,
  batch: 3,
  lr: 0.01,
  weightDecay: 0.01,
} as const;

const convnet: Convnet = {
  kind: "convnet",
  name,
  batch: 3,
  size: 8,
  channels: [2, 3],
  classes: 4,
  lr: 0.01,
};
const skipgram: Skipgram = {
  kind: "skipgram",
  name,
  vocabulary: 20,
  width: 6,
  batch: 9,
  negatives: 2,
  lr: 1,
};

type Making = Workload | Promise<Workload>;

async function losses(making: Making, steps: number): Promise<number[]> {
  const workload: Workload = await making;
  const seen: number[] = [];
  for (let i = 0; i < steps; i++) {
    await workload.step();
    seen.push(...(await workload.observe()));
  }
  return seen;
}

/** Our engine against loops that share no code with it. */
async function expectSame(ours: Making, plain: Making, steps = 5): Promise<void> {
  const [seen, wanted] = [await losses(ours, steps), await losses(plain, steps)];
  expect(seen.length).toBeGreaterThan(0);
  expect(agree(seen, wanted), `${seen} and ${wanted}`).toBe(true);
}

describe("our losses are those of plain JavaScript", () => {
  it.each(["tanh", "relu"] as const)("in a perceptron with %s", async (activation) => {
    const spec = { ...mlp, activation };
    await expectSame(ourMlp(spec), plainMlp(spec));
  });

  it("in a convolutional net", async () => {
    await expectSame(ourConvnet(convnet), plainConvnet(convnet));
  });

  it("in a transformer", async () => {
    await expectSame(ourTransformer(transformer), plainTransformer(transformer));
  });

  it("in skip-gram", async () => {
    await expectSame(ourSkipgram(skipgram), plainSkipgram(skipgram));
  });
});

describe("our results are those of plain JavaScript", () => {
  const ours = opsWith(drop);
  it.each(["gelu", "softmax", "layernorm", "add", "sum"] as const)("of %s", async (kind) => {
    const spec: Op = { kind, name, rows: 4, columns: 9 };
    // Each table has a version of this kind under its key.
    const make = (table: unknown) => (table as Record<string, (given: Op) => Making>)[kind];
    const [our, plain] = [make(ours), make(plainOps)];
    if (our === undefined || plain === undefined) throw new Error(`no ${kind}`);
    await expectSame(our(spec), plain(spec), 1);
  });

  it("of a product, with each factor also as a transposed view", async () => {
    const spec = { kind: "matmul", name, n: 9 } as const;
    await expectSame(matmulWith(drop)(spec), plainMatmul(spec), 1);
    for (const transpose of ["nn", "nt", "tn", "tt"] as const)
      await expectSame(kernel({ ...spec, kind: "kernel", transpose }), plainMatmul(spec), 1);
  });
});

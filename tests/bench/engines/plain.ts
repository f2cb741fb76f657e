/** Plain JavaScript, written by hand for each workload: what an engine has to beat to be worth it. */
import { convnet } from "../workloads/convnet/plain.ts";
import { matmul } from "../workloads/matmul/plain.ts";
import { mlp } from "../workloads/mlp/plain.ts";
import { ops } from "../workloads/ops/plain.ts";
import { skipgram } from "../workloads/skipgram/plain.ts";
import { transformer } from "../workloads/transformer/plain.ts";
import { serve } from "./serve.ts";

serve(
  Promise.resolve({
    device: "V8",
    makers: {
      mlp,
      convnet,
      transformer,
      skipgram,
      ...ops,
      matmul,
      kernel: (spec) => matmul({ ...spec, kind: "matmul" }),
    },
  }),
);

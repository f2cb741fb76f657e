/** TensorFlow.js on its wasm backend, with SIMD. */
import "./hide-shared-memory.ts";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { matmul } from "../workloads/matmul/tfjs.ts";
import { mlp } from "../workloads/mlp/tfjs.ts";
import { ops } from "../workloads/ops/tfjs.ts";
import { skipgram } from "../workloads/skipgram/tfjs.ts";
import { transformer } from "../workloads/transformer/tfjs.ts";
import { type Engine, serve } from "./serve.ts";

async function start(): Promise<Engine> {
  setWasmPaths(new URL("./", self.location.href).href);
  if (!(await tf.setBackend("wasm"))) throw new Error("tfjs: the wasm backend did not start");
  return {
    device: tf.getBackend(),
    makers: {
      mlp,
      convnet: "no Conv2DBackpropFilter in its wasm backend: it cannot train a convolution",
      transformer,
      skipgram,
      ...ops,
      matmul,
      kernel: "no kernels below its tensors",
    },
  };
}

serve(start());

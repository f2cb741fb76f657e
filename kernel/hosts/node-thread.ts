/** Entry of a thread that helps the kernel, in Node. */
import { workerData } from "node:worker_threads";
import { serveThread, type ThreadStart } from "../tensor/backends/wasm/threads/serve.ts";

serveThread(workerData as ThreadStart);

/** Entry of the kernel's worker thread in Node. */
import { parentPort, workerData } from "node:worker_threads";
import { viewControl, type ControlMessage } from "./control.ts";
import { importFrom } from "./node-packages.ts";
import { serveKernel } from "./serve.ts";
import type { Team } from "./team.ts";

export interface NodeWorkerData {
  readonly memory: SharedArrayBuffer;
  readonly port: MessagePort;
  readonly folder: string;
  readonly team: Team | null;
}

if (parentPort === null)
  throw new Error("internal: the kernel's entry runs in a worker thread only");
const owner = parentPort;
const { memory, port, folder, team } = workerData as NodeWorkerData;

const kernel = serveKernel({
  port,
  control: viewControl(memory),
  guard: "plain",
  tellOwner: (message) => owner.postMessage(message),
  importPackage: importFrom(folder),
  team,
});
owner.on("message", (message: ControlMessage) => kernel.receive(message));
process.on("unhandledRejection", kernel.reportUncaught);
process.on("uncaughtException", kernel.reportUncaught);
kernel.begin();

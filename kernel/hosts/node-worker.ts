/** Entry of the kernel's worker thread in Node. */
import { parentPort, workerData } from "node:worker_threads";
import { viewControl, type ControlMessage } from "./control.ts";
import { engine } from "../public.ts";
import { importFrom } from "./node-packages.ts";
import { serveKernel } from "./serve.ts";
import type { Team } from "./team.ts";

export interface NodeWorkerData {
  readonly memory: SharedArrayBuffer;
  readonly port: MessagePort;
  readonly folder: string;
  readonly team: Team | null;
  readonly seed: number | undefined;
}

if (parentPort === null)
  throw new Error("internal: the kernel's entry runs in a worker thread only");
const owner = parentPort;
const { memory, port, folder, team, seed } = workerData as NodeWorkerData;

const kernel = serveKernel({
  port,
  control: viewControl(memory),
  guard: "plain",
  tellOwner: (message, transfer = []) => owner.postMessage(message, transfer),
  importPackage: importFrom(folder),
  team,
  origins: null,
});
owner.on("message", (message: ControlMessage) => kernel.receive(message));
process.on("unhandledRejection", kernel.reportUncaught);
process.on("uncaughtException", kernel.reportUncaught);
process.exit = () => {
  throw new Error(
    "process.exit: a cell cannot end its kernel - throw an error to end the run here",
  );
};
if (seed !== undefined) engine.manualSeed(seed);
kernel.begin();

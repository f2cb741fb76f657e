/** Entry of the kernel's worker in browsers: one script, evaluated by the frame's bootstrap. */
import { type ControlMessage, viewControl } from "./control.ts";
import { createCdnPackages } from "./cdn-packages.ts";
import type { BootMessage } from "./frame-messages.ts";
import { serveKernel } from "./serve.ts";

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

export function start({ memory, guard, team, network }: BootMessage, port: MessagePort): void {
  const kernel = serveKernel({
    port,
    control: viewControl(memory),
    guard,
    tellOwner: (message, transfer = []) => scope.postMessage(message, transfer),
    importPackage: createCdnPackages(network, globalThis.fetch.bind(globalThis)),
    team,
    origins: network.origins,
  });
  scope.addEventListener("message", (event: MessageEvent<ControlMessage>) => {
    kernel.receive(event.data);
  });
  scope.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    kernel.reportUncaught(event.reason);
  });
  scope.addEventListener("error", (event) => {
    event.preventDefault();
    // Of a worker that a cell has made there is a message alone.
    kernel.reportUncaught(event.error ?? event.message);
  });
  // A worker that closes itself tells nobody: its cell would count as running for ever.
  scope.close = () => {
    throw new Error("close: a cell cannot end its kernel - press Restart");
  };
  kernel.begin();
}

/** What a kernel that is over leaves behind in its owner: nothing. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { soaking } from "../../counts.ts";
import { startNotebookKernel } from "./notebook-kernel.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const { Memory } = WebAssembly;
afterEach(() => {
  WebAssembly.Memory = Memory;
});

/** Whatever memories are made from now on, without keeping them as a spy would. */
function watchMemories(): WeakRef<WebAssembly.Memory>[] {
  const made: WeakRef<WebAssembly.Memory>[] = [];
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      made.push(new WeakRef(this));
    }
  };
  return made;
}

/** A kernel whose threads have been at work, until it is closed. */
async function oneKernel(): Promise<void> {
  await using kernel = await startNotebookKernel();
  const source = 'import { rand } from "descent";\nrand([700, 700]).matmul(rand([700, 700])).shape';
  expect((await kernel.run(source)).result).toBe("[700, 700]");
}

test("the memory that a kernel shared with its threads is given back when it ends", async () => {
  const made = watchMemories();
  const rounds = soaking ? 50 : 3;
  for (let round = 0; round < rounds; round++) await oneKernel();
  const left = () => {
    collect();
    return made.filter((memory) => memory.deref() !== undefined).length;
  };
  expect(made.length).toBeGreaterThanOrEqual(rounds);
  // The last one may still be on the stack.
  await expect.poll(left, { timeout: 10_000, interval: 100 }).toBeLessThan(2);
});

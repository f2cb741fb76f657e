/** What runs leave behind in a kernel, and a kernel that is over in its owner: nothing. */
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

/** Programs of every kind but tensors, which the engine keeps until its memory is full; each a new text. */
const programs: readonly ((run: number) => string)[] = [
  (run) => `let count = ${run};\nconst twice = (x: number) => 2 * x;`,
  (run) => `for (let i = 0; i < 5; i++) console.log("line", i, ${run});`,
  (run) => `display("${run}", { id: "same" }).update("then");`,
  (run) => `import { plot } from "descent";\nplot.line([1, 2, ${run}])`,
  (run) => `import { ui } from "descent";\nconst rate = ui.slider("rate", { max: ${run + 1} });`,
  (run) => `await new Promise((go) => setTimeout(go, 0));\nsetTimeout(() => ${run}, 0);`,
  (run) => `throw new RangeError("${run}");`,
];

test("runs of new programs leave nothing behind in a kernel", async () => {
  await using kernel = await startNotebookKernel();
  let run = 0;
  const runs = async (count: number) => {
    for (const last = run + count; run < last; run++)
      await kernel.run(programs[run % programs.length]?.(run) ?? "", `cell${run % 20}`);
  };
  const heldBytes = async () => {
    const { result } = await kernel.run("gc(); await null; gc(); process.memoryUsage().heapUsed");
    return Number(result);
  };
  const measured = soaking ? 10_000 : 400;
  await runs(400);
  const before = await heldBytes();
  await runs(measured);
  expect((await heldBytes()) - before).toBeLessThan(1_000_000);
});

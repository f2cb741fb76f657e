/** The page's handle on the compiler worker. It lives as long as the page; kernels come and go. */
import { wrap } from "comlink";
import type { Compiler } from "../../kernel/compile/compiler.ts";

export function createWorkerCompiler(): Compiler {
  const worker = new Worker(new URL("./compiler-worker.ts", import.meta.url), { type: "module" });
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // Whoever compiles sees it; until then it is nobody's unhandled rejection.
  failed.catch(() => {});
  worker.addEventListener("error", (event) => {
    fail(new Error(`the compiler could not start: ${event.message || "its files did not load"}`));
  });
  const remote = wrap<Compiler>(worker);
  return { compile: (request) => Promise.race([remote.compile(request), failed]) };
}

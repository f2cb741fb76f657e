/** The compiler in its own trusted worker: esbuild as WebAssembly. It compiles text and runs none. */
import { expose } from "comlink";
import { initialize, transform } from "esbuild-wasm/esm/browser.js";
import wasmUrl from "esbuild-wasm/esbuild.wasm?url";
import { createCompiler } from "../../kernel/compile/index.ts";
import type { Compiler } from "../../kernel/compile/compiler.ts";

const ready = warmUp();
const compiler = createCompiler(transform);

/** The first transform takes hundreds of milliseconds, which nobody should wait for after Run. */
async function warmUp(): Promise<void> {
  await initialize({ wasmURL: wasmUrl, worker: false });
  await transform("const warm: number = 1", { loader: "ts" });
}

const exposed: Compiler = {
  async compile(request) {
    await ready;
    return compiler.compile(request);
  },
};
expose(exposed);

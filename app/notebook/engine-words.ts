/** What computes in a kernel, in words. */
import type { Engine } from "../../kernel/protocol.ts";

const backends: Readonly<Record<Engine["backend"], string>> = {
  "wasm relaxed": "WebAssembly SIMD with fused multiply-add",
  "wasm plain": "WebAssembly SIMD",
  reference: "JavaScript, as there is no WebAssembly SIMD here",
};

const notIsolated =
  "this page is not isolated. To share the work, serve it with the headers " +
  "Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp";

/** `isIsolated`: the page may share memory. */
export function engineWords({ backend, threads }: Engine, isIsolated: boolean): string {
  const words = backends[backend];
  if (threads > 1) return `${words}, ${threads} threads`;
  return isIsolated ? `${words}, one thread` : `${words}, one thread: ${notIsolated}`;
}

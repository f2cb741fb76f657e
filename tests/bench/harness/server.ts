/** Serves the benchmark's page and workers from memory, isolated, so that shared memory is there. */
import { createServer } from "node:http";
import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build } from "esbuild";

interface Served {
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** The page's script and one script for each engine, by file name. */
async function scripts(bench: string): Promise<[string, Served][]> {
  const engines = ["descent", "jax", "tfjs", "plain", "peak"];
  const { outputFiles } = await build({
    entryPoints: [
      join(bench, "harness/page.ts"),
      ...engines.map((name) => join(bench, `engines/${name}.ts`)),
      join(bench, "../../kernel/hosts/browser-thread.ts"),
    ],
    entryNames: "[name]",
    outdir: bench,
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "esnext",
    legalComments: "none",
    logLevel: "error",
  });
  return outputFiles.map(({ path, contents }) => [
    path.slice(path.lastIndexOf("/") + 1),
    { type: "text/javascript", body: contents },
  ]);
}

function wasmFiles(bench: string): [string, Served][] {
  const wasmFolder = join(bench, "node_modules/@tensorflow/tfjs-backend-wasm/dist");
  return readdirSync(wasmFolder)
    .filter((name) => name.endsWith(".wasm"))
    .map((name) => [
      name,
      { type: "application/wasm", body: readFileSync(join(wasmFolder, name)) },
    ]);
}

export interface Server extends AsyncDisposable {
  readonly url: string;
}

/** `bench` is this benchmark's folder: when this runs, it is a bundle that lies elsewhere. */
export async function startServer(bench: string): Promise<Server> {
  const page =
    '<!doctype html><title>Benchmark</title><script type="module" src="page.js"></script>';
  const files = new Map<string, Served>([
    ["", { type: "text/html", body: page }],
    ...(await scripts(bench)),
    ...wasmFiles(bench),
  ]);
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? "/", "http://localhost").pathname.slice(1);
    const file = files.get(name);
    response.writeHead(file === undefined ? 404 : 200, {
      "Content-Type": file?.type ?? "text/plain",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
      "Cross-Origin-Resource-Policy": "same-origin",
    });
    response.end(file?.body ?? "");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

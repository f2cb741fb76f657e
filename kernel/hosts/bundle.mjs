/**
 * Bundles the kernel's entries with native esbuild: for the Vite plugin, the tests and the command
 * line. Plain JavaScript, because Node 20 runs no TypeScript.
 */
import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const hosts = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(hosts));

/** Build outputs that can be made again at any time. */
export const cacheFolder = join(root, ".cache");

const targets = {
  // Strict code that is evaluated keeps its names to itself: the bootstrap finds it on the global.
  "browser-worker": {
    format: "iife",
    platform: "browser",
    globalName: "descentKernel",
    footer: { js: "globalThis.descentKernel = descentKernel;" },
  },
  "browser-frame": { format: "iife", platform: "browser" },
  "browser-thread": { format: "iife", platform: "browser" },
  "node-worker": { format: "esm", platform: "node" },
  "node-thread": { format: "esm", platform: "node" },
};

/** See `bundle.d.mts`. */
export async function bundleKernel(entry, { minify = false } = {}) {
  const file = join(hosts, `${entry}.ts`);
  if (entry !== "browser-frame") return bundle(file, { ...targets[entry], minify });
  // The frame starts threads from their text, always minified: it becomes an address.
  const thread = await bundleKernel("browser-thread", { minify: true });
  const define = { THREAD_TEXT: JSON.stringify(thread.text) };
  const frame = await bundle(file, { ...targets[entry], minify, define });
  return { ...frame, inputs: [...frame.inputs, ...thread.inputs] };
}

/** See `bundle.d.mts`. */
export async function bundleKernelFiles({ minify, framePolicy, networkPolicy }) {
  const [worker, frame] = await Promise.all([
    bundleKernel("browser-worker", { minify }),
    bundleKernel("browser-frame", { minify }),
  ]);
  const documentUnder = (policy) =>
    [
      "<!doctype html>",
      '<meta charset="utf-8">',
      `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
      "<title>Descent kernel</title>",
      `<script>${frame.text.replaceAll("</script", "<\\/script")}</script>`,
      "",
    ].join("\n");
  return {
    inputs: [...new Set([...worker.inputs, ...frame.inputs])],
    files: {
      "kernel-frame.html": documentUnder(framePolicy),
      "network-frame.html": documentUnder(networkPolicy),
      "kernel.js": `${worker.text}//# sourceURL=descent-kernel.js\n`,
    },
  };
}

/** See `bundle.d.mts`. */
export async function bundle(file, options) {
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    target: "es2022",
    legalComments: "none",
    logLevel: "silent",
    ...options,
  });
  const inputs = Object.keys(result.metafile.inputs).map((path) => join(process.cwd(), path));
  return { text: result.outputFiles[0].text, inputs };
}

/** See `bundle.d.mts`. */
export async function cachedModule(name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const file = join(cacheFolder, `${name}-${hash}.mjs`);
  await mkdir(cacheFolder, { recursive: true });
  // Renaming is atomic: another process never sees half a file.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, file);
  return file;
}

/** See `bundle.d.mts`. */
export async function nodeKernelFiles() {
  const [workerFile, threadFile] = await Promise.all(
    ["node-worker", "node-thread"].map(async (entry) =>
      cachedModule(entry, (await bundleKernel(entry)).text),
    ),
  );
  return { workerFile, threadFile };
}

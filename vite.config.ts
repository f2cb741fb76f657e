import { join } from "node:path";
import { defineConfig, type Plugin } from "vite";
import { frameMetaPolicy, headersFor, networkMetaPolicy, pageMetaPolicy } from "./app/headers.ts";
import { lessonPlugin } from "./app/lessons/vite-plugin.ts";
import { outputFramePlugin } from "./app/outputs/vite-plugin.ts";
import { kernelPlugin } from "./kernel/hosts/vite-plugin.ts";

/** Keeps the page's policy where a host sends no headers. */
function metaPolicy(): Plugin {
  return {
    name: "descent-meta-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: pageMetaPolicy },
        injectTo: "head-prepend",
      },
    ],
  };
}

export default defineConfig(({ command, isPreview }) => {
  const mode = command === "serve" && isPreview !== true ? "development" : "production";
  return {
    // Relative: the built folder runs under any path.
    base: "./",
    plugins: [
      kernelPlugin({
        framePolicy: frameMetaPolicy,
        networkPolicy: networkMetaPolicy,
        dataFolder: join(import.meta.dirname, "notebooks/data"),
        headersFor: (path) => headersFor(path, mode),
      }),
      lessonPlugin(),
      outputFramePlugin(),
      metaPolicy(),
    ],
    worker: { format: "es" },
    build: {
      target: "es2022",
      chunkSizeWarningLimit: 6_000,
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
    // What is loaded late must be known early, or development reloads the page when it comes.
    optimizeDeps: { entries: ["index.html", "app/**/*.{ts,tsx}"] },
    // plotly.js expects Node's names.
    define: { global: "globalThis" },
    resolve: { alias: { "buffer/": "buffer" } },
  };
});

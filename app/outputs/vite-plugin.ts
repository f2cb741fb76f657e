/** Puts the document of outputs with scripts beside the page, served and built. */
import { join } from "node:path";
import type { Plugin } from "vite";
import { bundle } from "../../kernel/hosts/bundle.mjs";
import { headersFor, outputMetaPolicy, OUTPUT_FRAME } from "../headers.ts";

export function outputFramePlugin(): Plugin {
  return {
    name: "descent-output-frame",
    configureServer({ middlewares }) {
      middlewares.use(`/${OUTPUT_FRAME}`, (_, response, next) => {
        for (const [name, value] of Object.entries(headersFor(`/${OUTPUT_FRAME}`))) {
          response.setHeader(name, value);
        }
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        printDocument().then((text) => response.end(text), next);
      });
    },
    async generateBundle() {
      this.emitFile({ type: "asset", fileName: OUTPUT_FRAME, source: await printDocument() });
    },
  };
}

async function printDocument(): Promise<string> {
  const entry = join(import.meta.dirname, "frame-script.ts");
  const { text } = await bundle(entry, { format: "iife", minify: true });
  return [
    "<!doctype html>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${outputMetaPolicy}">`,
    "<title>Output</title>",
    "<style>body { margin: 0 }</style>",
    "<body>",
    `<script>${text}</script>`,
    "",
  ].join("\n");
}

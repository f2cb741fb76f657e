/**
 * Puts the kernel's files beside the page: served and rebuilt on change in development, emitted in
 * a build. They never go through Vite's own transforms, which would add scripts to them.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin, ViteDevServer } from "vite";
import { bundleKernelFiles } from "./bundle.mjs";

export interface KernelPluginOptions {
  /** The content security policy in the frame's document. */
  readonly framePolicy: string;
  /** The same for a kernel that may reach hosts. */
  readonly networkPolicy: string;
  /** The data sets, which the page fetches from `data/`. */
  readonly dataFolder: string;
  readonly headersFor: (path: string) => Readonly<Record<string, string>>;
}

const types: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  gz: "application/gzip",
};

export function kernelPlugin(options: KernelPluginOptions): Plugin {
  const { dataFolder, headersFor } = options;
  let bundled: ReturnType<typeof bundleKernelFiles> | null = null;

  /** A file of the kernel or of its data by its path below the base; null when there is none. */
  async function fileAt(path: string): Promise<string | Uint8Array | null> {
    if (path.startsWith("data/")) {
      const name = path.slice("data/".length);
      const names = await dataFiles();
      return names.includes(name) ? await readFile(join(dataFolder, name)) : null;
    }
    if (!/^(?:(?:kernel|network)-frame\.html|kernel\.js)$/.test(path)) return null;
    bundled ??= bundleKernelFiles({ ...options, minify: false });
    return (await bundled).files[path] ?? null;
  }

  /** The data sets, and the texts of the licences that have to go with them. */
  async function dataFiles(): Promise<string[]> {
    const paths = await readdir(dataFolder, { recursive: true });
    return paths
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => /^[^/]+\.gz$|^licences\/[^/]+\.txt$/.test(path));
  }

  function watch(server: ViteDevServer): void {
    server.watcher.on("change", (file) => {
      const rebuild = async () => {
        if (bundled === null) return;
        const { inputs } = await bundled.catch(() => ({ inputs: [file] }));
        if (!inputs.includes(file)) return;
        bundled = null;
        server.ws.send({ type: "full-reload" });
      };
      void rebuild();
    });
  }

  function serve(server: Pick<ViteDevServer, "middlewares">): void {
    server.middlewares.use((request, response, next) => {
      const { pathname } = new URL(request.url ?? "/", "http://localhost");
      for (const [name, value] of Object.entries(headersFor(pathname))) {
        response.setHeader(name, value);
      }
      fileAt(pathname.slice(1)).then((content) => {
        if (content === null) return next();
        const extension = pathname.slice(pathname.lastIndexOf(".") + 1);
        response.setHeader("Content-Type", types[extension] ?? "application/octet-stream");
        response.setHeader("Cache-Control", "no-cache");
        response.end(content);
      }, next);
    });
  }

  return {
    name: "descent-kernel",
    configureServer(server) {
      watch(server);
      serve(server);
    },
    async generateBundle() {
      const { files } = await bundleKernelFiles({ ...options, minify: true });
      for (const [fileName, source] of Object.entries(files)) {
        this.emitFile({ type: "asset", fileName, source });
      }
      for (const name of await dataFiles()) {
        const source = await readFile(join(dataFolder, name));
        this.emitFile({ type: "asset", fileName: `data/${name}`, source });
      }
    },
  };
}

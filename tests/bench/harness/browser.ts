/** Chromium with the benchmark's page in it. */
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import type { Answer, Question } from "../engines/messages.ts";
// Declares what the page has on its global.
import type {} from "./page.ts";
import { startServer } from "./server.ts";

/** A worker in the page. */
export interface Remote {
  ask<Q extends Question>(question: Q): Promise<Answer<Q>>;
  close(): Promise<void>;
}

export interface Laboratory extends AsyncDisposable {
  readonly version: string;
  open(name: string, script: string): Promise<Remote>;
}

/** From a worker's start to its first question: a reader opens a notebook, and presses Run some time later. */
const READING_MS = 500;

export async function startBrowser(bench: string, executablePath: string): Promise<Laboratory> {
  const server = await startServer(bench);
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--js-flags=--max-old-space-size=4096"],
  });
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(server.url);
  await page.waitForFunction(() => "lab" in globalThis);
  if (!(await page.evaluate(() => globalThis.lab.isIsolated())))
    throw new Error("the benchmark's page is not isolated: no shared memory, no threads");
  return {
    version: browser.version(),
    async open(name, script) {
      await page.evaluate(([key, url]) => globalThis.lab.open(key, url), [name, script] as const);
      await sleep(READING_MS);
      return {
        async ask<Q extends Question>(question: Q): Promise<Answer<Q>> {
          const { answer, error } = await page.evaluate(
            ([key, sent]) => globalThis.lab.ask(key, sent),
            [name, question] as const,
          );
          if (error !== undefined) throw new Error(error);
          // The answer to a question is of its own kind.
          return answer as Answer<Q>;
        },
        close: () => page.evaluate((key) => globalThis.lab.close(key), name),
      };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

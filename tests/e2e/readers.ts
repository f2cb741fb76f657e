/** A reader's hands on a notebook, whatever browser it is in. */
import { expect } from "vitest";
import { soaking } from "../counts.ts";
import { openFirefox } from "./firefox.ts";
import { keptPage } from "./harness.ts";

export interface Reader {
  /** A new notebook; in Chromium in the page that is open if there is one. */
  openNew(): Promise<void>;
  /** Replaces the text of a code cell. */
  write(index: number, source: string): Promise<void>;
  insertBelow(index: number): Promise<void>;
  start(index: number): Promise<void>;
  ended(index: number, status: string): Promise<void>;
  /** When a cell's last run started, as the page says; null before the first. */
  begun(index: number): Promise<string | null>;
  /** What stands under a cell. */
  output(index: number): Promise<string>;
  /** Presses the button of this name, so often at once; waits until there is one that can be pressed. */
  press(name: string, times?: number): Promise<void>;
  /** Puts the focus on the first element that a selector finds, once there is one. */
  focus(selector: string): Promise<void>;
  /** Presses a key where the focus is. */
  key(key: string): Promise<void>;
  /** Waits until the page says this somewhere. */
  says(text: string): Promise<void>;
  /** The text of the first element that a selector finds; null when there is none. */
  text(selector: string): Promise<string | null>;
  /** The errors of the page that nobody caught since this was last asked. */
  takeErrors(): string[];
}

export interface Opened {
  readonly reader: Reader;
  readonly close: () => Promise<void>;
}

const WAIT = { timeout: 30_000 } as const;

export interface Browser {
  readonly name: string;
  /** Where it is installed. */
  readonly path: string | undefined;
  /** Everything is tried in it; otherwise a sample, which leaves the rest to the soak. */
  readonly isWhole: boolean;
  open(): Promise<Opened>;
}

export const browsers: readonly Browser[] = [
  { name: "Chromium", path: process.env.CHROMIUM_PATH, isWhole: true, open: openChromium },
  {
    name: "Firefox ESR",
    path: process.env.FIREFOX_PATH || undefined,
    isWhole: soaking,
    open: () => openFirefox(process.env.FIREFOX_PATH ?? ""),
  },
];

/** Runs a cell, waits for this run, not an earlier one, to end in `status`; gives what stands under it. */
export async function run(
  reader: Reader,
  index: number,
  source: string,
  status = "ok",
): Promise<string> {
  await reader.write(index, source);
  const before = await reader.begun(index);
  await reader.start(index);
  await expect.poll(() => reader.begun(index), WAIT).not.toBe(before);
  await reader.ended(index, status);
  return reader.output(index);
}

/** Waits until what stands under a cell fits. */
export async function shows(reader: Reader, index: number, text: string | RegExp): Promise<void> {
  await expect.poll(() => reader.output(index), WAIT).toMatch(text);
}

async function openChromium(): Promise<Opened> {
  let page = await keptPage();
  return {
    reader: {
      async openNew() {
        page = await keptPage();
        await page.openNew();
      },
      write: (index, source) => page.write(index, source),
      insertBelow: (index) => page.insertBelow(index),
      start: (index) => page.start(index),
      ended: (index, status) => page.ended(index, status, WAIT.timeout),
      begun: (index) => page.begun(index),
      output: (index) => page.output(index).innerText(),
      press: (name, times = 1) =>
        page.page.getByRole("button", { name, exact: true }).first().click({ clickCount: times }),
      focus: (selector) => page.page.locator(selector).first().focus(),
      key: (key) => page.page.keyboard.press(key),
      says: (text) => page.page.getByText(text).first().waitFor(WAIT),
      // In one question: of an element that went after it was found, a locator would wait half a minute.
      text: (selector) =>
        page.page
          .locator(selector)
          .evaluateAll(([first]) =>
            first === undefined ? null : (first as HTMLElement).innerText,
          ),
      takeErrors: () => page.takeErrors(),
    },
    // The page stays for other files.
    close: () => page.page.unrouteAll(),
  };
}

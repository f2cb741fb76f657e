import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { faultsIn } from "./axe.ts";
import { openSite, type Site } from "./harness.ts";

const darkAndWide = { dark: true, width: 1280 };
const lightAndNarrow = { dark: false, width: 360 };
/** Each page in one look, and in all that differ in a soak. */
const looks = (sample: typeof darkAndWide) =>
  soaking ? [darkAndWide, lightAndNarrow, { dark: false, width: 1280 }] : [sample];

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

describe.each([
  ["the start page", "?lessons", "h1", darkAndWide],
  ["lesson 1", "?lesson=01", '[data-status="ok"]', lightAndNarrow],
  ["the data sets", "?data", "dl", lightAndNarrow],
  ["the specimen", "?specimen", "[data-cell-id]", darkAndWide],
])("%s", (_, query, ready, sample) => {
  it.each(looks(sample))("has no fault that axe finds: $width px, dark $dark", async (look) => {
    const notebook = await site.newPage(look);
    await notebook.open(query);
    await notebook.page.locator(ready).first().waitFor();
    expect(await faultsIn(notebook.page)).toEqual([]);
    await notebook.close();
  });
});

describe("at 360 pixels", () => {
  it.each(soaking ? ["?lessons", "?lesson=01", "?data", "?specimen"] : ["?lesson=01", "?specimen"])(
    "nothing of %j scrolls sideways",
    async (query) => {
      const notebook = await site.newPage({ width: 360, height: 740, touch: true });
      await notebook.open(query);
      await notebook.page.locator("h1").first().waitFor();
      const { wide, width } = await notebook.page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        width: document.documentElement.clientWidth,
      }));
      expect(wide).toBeLessThanOrEqual(width);
      await notebook.close();
    },
  );
});

describe("the keyboard alone", () => {
  it("comes to a lesson's first knob past the bar, and from the knob back to its cell", async () => {
    const notebook = await site.newPage();
    const { keyboard } = notebook.page;
    await notebook.open("?lesson=01");
    await notebook.page.locator("[data-cell-id] [type=range]").first().waitFor();
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    const active = (question: string) =>
      notebook.page.evaluate(
        (selector) => document.activeElement?.matches(selector) === true,
        question,
      );
    await expect.poll(() => active("[data-cell-id]")).toBe(true);
    let presses = 2;
    for (; presses < 9 && !(await active("[type=range]")); presses++) await keyboard.press("Tab");
    console.log(`presses to the first knob: ${presses}`);
    await expect.poll(() => active("[type=range]")).toBe(true);
    const cell = notebook.page.locator("[data-cell-id]:has(:focus)");
    const id = await cell.getAttribute("data-cell-id");
    await keyboard.press("Tab");
    await keyboard.press("Escape");
    await expect.poll(() => active(`[data-cell-id="${id}"]`)).toBe(true);
    // Keys mean commands again.
    await keyboard.press("ArrowDown");
    await notebook.page.locator(`[data-cell-id="${id}"] + [data-selected]`).waitFor();
    await notebook.close();
  });

  it("inserts, edits, runs, deletes and brings back a cell", async () => {
    const notebook = await site.newPage();
    const { keyboard } = notebook.page;
    await notebook.openNew();
    await notebook.cell(0).focus();
    await keyboard.press("Escape");
    await keyboard.press("b");
    await notebook.cell(1).waitFor();
    await keyboard.press("Enter");
    await notebook.cell(1).locator(".monaco-editor.focused").waitFor();
    await keyboard.type("6 * 7");
    await keyboard.press("Shift+Enter");
    await notebook.ended(1);
    await expect.poll(() => notebook.output(1).innerText()).toBe("42");
    await keyboard.press("Escape");
    await keyboard.press("ArrowUp");
    await keyboard.press("ArrowUp");
    await keyboard.press("ArrowDown");
    await keyboard.press("d");
    await keyboard.press("d");
    const texts = () => notebook.page.locator("[data-cell-id] .outputs").allInnerTexts();
    await expect.poll(texts).not.toContain("42");
    await keyboard.press("z");
    await expect.poll(texts).toContain("42");

    // Menus, by the arrows and by the first letter of a line.
    const menu = notebook.page.getByRole("button", { name: "More ways to run" });
    const chosen = () => notebook.page.locator("[role=menuitem]:focus").innerText();
    await menu.press("ArrowDown");
    await expect.poll(chosen).toContain("Run all above");
    await keyboard.press("Escape");
    await expect
      .poll(() => menu.evaluate((button) => button === document.activeElement))
      .toBe(true);
    await menu.press("ArrowUp");
    await expect.poll(chosen).toContain("Restart and run all");
    await keyboard.press("Escape");
    await menu.press("Enter");
    await expect.poll(chosen).not.toBe("");
    await notebook.close();
  });
});

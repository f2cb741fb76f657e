/** A learner with a finger and no keyboard: guesses, checks, hints, solutions, coming back, beginning anew. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSite, type Site } from "./harness.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("does a lesson without typing a letter, finds the place again, and begins anew without losing any of it", async () => {
  const notebook = await site.newPage({ width: 360, height: 740, touch: true });
  const { page } = notebook;
  const fetched: string[] = [];
  page.on("request", (request) => fetched.push(request.url()));
  const cell = (id: string) => page.locator(`[data-cell-id="${id}"]`);
  const press = (id: string, name: string) =>
    cell(id).getByRole("button", { name, exact: true }).tap();
  const ran = (id: string) =>
    page.locator(`[data-cell-id="${id}"][data-status="ok"]`).waitFor({ timeout: 60_000 });

  await notebook.open("?lesson=01");
  await ran("fit-by-hand");
  // The first press stands on zero.
  for (let guess = 0; guess < 4; guess += 1) await press("list-guess", "More");
  await expect.poll(() => cell("list-guess").getByLabel("Your guess").inputValue()).toBe("3");
  await cell("list")
    .getByRole("button", { name: /^Run cell/ })
    .tap();
  await ran("list");
  await expect.poll(() => cell("list").innerText()).toContain("17 in all; you said 3.");
  await cell("synth-guess").getByText("shift", { exact: true }).tap();
  await expect
    .poll(() => cell("synth-guess").getByRole("radio", { name: "shift" }).isChecked())
    .toBe(true);

  await press("ex-mse", "Check");
  await expect.poll(() => cell("ex-mse").innerText()).toContain("misses above and below cancel");
  await press("ex-mse", "Hint");
  await press("ex-mse", "Next hint");
  await expect.poll(() => cell("ex-mse").innerText()).toContain("Hint 2 of 3: the rule");
  await press("ex-mse", "Show a solution");
  await press("ex-mse", "Put it in my cell");
  await press("ex-mse", "Check");
  await expect.poll(() => cell("ex-mse").innerText()).toContain("Solved");

  // Code opens in a plain field, and no editor was fetched for it.
  await cell("ex-mse").locator(".cell-text .code").tap();
  await expect
    .poll(() => cell("ex-mse").getByRole("textbox").inputValue())
    .toContain("square().mean()");
  expect(fetched.filter((url) => /\/editor-[\w-]+\.js/.test(url))).toEqual([]);

  await cell("strings-intro").evaluate((element) => element.scrollIntoView());
  await expect
    .poll(() => page.locator(".contents [aria-current]").textContent())
    .toContain("A guitar with no strings");
  await expect
    .poll(() => page.getByRole("button", { name: /^Contents/ }).textContent())
    .toMatch(/[1-9] of 7/);
  // On a screen this small it is said only where something is wrong.
  await page.locator('.save-state[data-save="saved"]').waitFor({ state: "attached" });
  await page.reload();
  await page.getByText("You left off here.").waitFor();
  await expect.poll(() => cell("synth-guess").innerText()).toContain("You said");
  await notebook.open("?lessons");
  await page.getByRole("link", { name: /^1 Turn the knobs.* \d of 7/ }).waitFor();
  await page.getByRole("link", { name: "Go on with lesson 1" }).tap();

  await page.getByRole("button", { name: "Menu" }).tap();
  await page.getByRole("menuitem", { name: "Begin the lesson anew" }).tap();
  await page.getByRole("alertdialog").getByRole("button", { name: "Begin anew" }).tap();
  await expect.poll(() => cell("synth-guess").innerText()).toContain("What do you think?");
  await ran("fit-by-hand");
  await notebook.open("?lessons");
  await page.getByRole("link", { name: /Turn the knobs yourself \(kept / }).tap();
  await expect.poll(() => cell("synth-guess").innerText()).toContain("You said");
  expect(notebook.takeErrors()).toEqual([]);
  await notebook.close();
});

/** Notebooks that ship, each in a fresh kernel from top to bottom in Chromium, in the page that stays. */
import { describe, expect, it } from "vitest";
import { printPercent } from "../../app/formats/percent.ts";
import { soaking } from "../counts.ts";
import { type Claims, claims, seeds } from "../notebooks/claims.ts";
import { notebookOf } from "../notebooks/run-notebook.ts";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

const lessons = claims.filter(({ file }) => /^\d\d-/.test(file));
const examples = claims.filter(({ file }) => !lessons.some((lesson) => lesson.file === file));
/** Two files of tests share them, so that two workers do. The examples run in Node, except in a soak. */
export const [firstHalf, secondHalf] = [0, 1].map((rest) => [
  ...lessons.filter((_, place) => place % 2 === rest),
  ...(soaking ? examples.filter((_, place) => place % 2 === rest) : []),
]) as [Claims[], Claims[]];

/** Node has measured the others: to ask the page takes a second for each question. */
const holdsItsClaims = ({ file }: Claims) => soaking || file.startsWith("01-");

export function runNotebooks(all: readonly Claims[]): void {
  let notebook: NotebookPage;
  eachInANewNotebook((page) => {
    notebook = page;
  });

  describe.each(all)("$file", (claimed) => {
    it.each(seeds)(
      "runs from top to bottom and asks no other host for anything, seed %i",
      { timeout: 240_000 },
      async (seed) => {
        const { page, url } = notebook;
        const abroad: string[] = [];
        const look = (request: { url(): string }) => {
          if (/^https?:/.test(request.url()) && !request.url().startsWith(url)) {
            abroad.push(request.url());
          }
        };
        page.on("request", look);
        const text = printPercent(notebookOf(claimed.file, seed)).trimEnd();
        await notebook.choose("Open file", {
          name: claimed.file,
          mimeType: "text/plain",
          buffer: Buffer.from(`${text}\n\n// %% id="asked"\n0\n`),
        });
        const asked = page.locator('[data-cell-id="asked"]');
        await asked.waitFor({ state: "attached" });
        await page.getByRole("button", { name: "Run all" }).click();
        const failed = page.locator('[data-status="error"]');
        await page
          .locator('[data-cell-id="asked"][data-status="ok"]')
          .or(failed)
          .first()
          .waitFor({ timeout: 200_000, state: "attached" });
        expect(await failed.allInnerTexts()).toEqual([]);
        if (holdsItsClaims(claimed)) await claimed.check(finished(notebook));
        page.off("request", look);
        expect(abroad).toEqual([]);
      },
    );
  });
}

/** What claims ask of a notebook that has run, put to its last cell. */
function finished(notebook: NotebookPage) {
  const cells = notebook.page.locator("[data-cell-id]");
  const answer = notebook.page.locator('[data-cell-id="asked"] .outputs');
  let questions = 0;
  return {
    async ask(expression: string) {
      questions += 1;
      const last = (await cells.count()) - 1;
      await notebook.write(last, `console.log("${questions}: " + JSON.stringify(${expression}))`);
      await notebook.run(last);
      const said = new RegExp(`^${questions}: `);
      await expect.poll(() => answer.innerText()).toMatch(said);
      return JSON.parse((await answer.innerText()).replace(said, "")) as unknown;
    },
    async drawn(cell: string) {
      const place = await cells.evaluateAll(
        (all, id) => all.findIndex((one) => one.dataset["cellId"] === id),
        cell,
      );
      await notebook.cell(place).scrollIntoViewIfNeeded();
      return notebook.figure(place);
    },
  };
}

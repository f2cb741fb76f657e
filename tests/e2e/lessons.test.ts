/** Lessons on the page: listed by their cards, fetched when opened, kept as the learner's copies. */
import { readdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCard } from "../../app/lessons/card.ts";
import { readNotebook } from "../notebooks/run-notebook.ts";
import { type NotebookPage, openSite, type Site } from "./harness.ts";

const cards = readdirSync(new URL("../../notebooks/", import.meta.url))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readCard(file, readNotebook(file)));
const [first] = cards;
if (first === undefined) throw new Error("wanted a lesson in notebooks/");

/** The file of the built page that holds the text of the first lesson. */
const firstText = `**/${first.slug}-*.js`;
const words = "// my own words";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Opens the first lesson from the start page. */
async function openFirst(notebook: NotebookPage): Promise<void> {
  await notebook.page.getByRole("link", { name: first?.title ?? "" }).click();
  await notebook.cell(0).waitFor();
}

/** The place of the first code cell that shows its text. */
function visibleCode(notebook: NotebookPage): Promise<number> {
  return notebook.page
    .locator("[data-cell-id]")
    .evaluateAll((all) => all.findIndex((cell) => cell.querySelector(".code") !== null));
}

async function writeWords(notebook: NotebookPage): Promise<void> {
  await notebook.write(await visibleCode(notebook), words);
  await notebook.saved();
}

describe("the start page", () => {
  it("lists every lesson and fetches a text when its lesson is opened, not before", async () => {
    const notebook = await site.newPage();
    const fetched: string[] = [];
    notebook.page.on("request", (request) => {
      const name = /([^/]+)-[\w-]{8}\.js$/.exec(request.url())?.[1];
      if (cards.some(({ slug }) => slug === name)) fetched.push(name ?? "");
    });
    await notebook.open();
    const links = notebook.page.locator(".lessons a");
    await links.first().waitFor();
    const titles = await notebook.page.locator(".lesson-title").allInnerTexts();
    expect(titles.toSorted()).toEqual(cards.map(({ title }) => title).toSorted());
    await notebook.page.waitForLoadState("networkidle");
    expect(fetched).toEqual([]);
    await openFirst(notebook);
    expect(fetched).toEqual([first.slug]);
    expect(notebook.errors).toEqual([]);
    await notebook.close();
  });
});

describe("a lesson whose text cannot be fetched", () => {
  it("says so, keeps nothing in its place, and opens once the connection is back", async () => {
    const notebook = await site.newPage();
    await notebook.page.route(firstText, (route) => route.abort("internetdisconnected"));
    await notebook.open(`?lesson=${first.slug}`);
    const alert = notebook.page.getByRole("alert").filter({ hasText: "could not be loaded" });
    expect(await alert.innerText()).toContain(
      `The text of "${first.title}" could not be loaded. Check the connection and open it again`,
    );
    await notebook.page.unroute(firstText);
    await notebook.page.getByRole("button", { name: "All notebooks" }).click();
    await openFirst(notebook);
    expect(await notebook.page.locator("[data-cell-id]").count()).toBeGreaterThan(10);
    expect(notebook.errors).toEqual(["Failed to load resource: net::ERR_INTERNET_DISCONNECTED"]);
    await notebook.close();
  });

  it("opens as the learner left it if there is a copy", async () => {
    const notebook = await site.newPage();
    await notebook.open(`?lesson=${first.slug}`);
    await notebook.cell(0).waitFor();
    await writeWords(notebook);
    await notebook.page.route(firstText, (route) => route.abort("internetdisconnected"));
    await notebook.page.reload();
    await notebook.cell(0).waitFor();
    await notebook.page.getByText(words).waitFor();
    expect(notebook.errors).toEqual([]);
    await notebook.close();
  });
});

describe("a lesson that was changed since it was copied", () => {
  it("is offered beside the copy, which stays as it is", async () => {
    const notebook = await site.newPage();
    await notebook.open(`?lesson=${first.slug}`);
    await notebook.cell(0).waitFor();
    await writeWords(notebook);
    const offer = notebook.page.getByText("This lesson has a newer version.");
    expect(await offer.count()).toBe(0);

    // The same site as it would be built of another text.
    await notebook.page.route("**/index-*.js", async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace(first.version, "0123456789abcdef");
      await route.fulfill({ response, body });
    });
    await notebook.page.reload();
    await offer.waitFor();
    await notebook.page.getByRole("link", { name: "Open it beside mine" }).click();
    await notebook.page.waitForURL("**/?notebook=lesson-*-0123456789abcdef");
    await notebook.cell(0).waitFor();
    expect(await offer.count()).toBe(0);
    expect(await notebook.page.getByText(words).count()).toBe(0);

    await notebook.open(`?lesson=${first.slug}`);
    await notebook.page.getByText(words).waitFor();
    await offer.waitFor();
    expect(notebook.errors).toEqual([]);
    await notebook.close();
  });
});

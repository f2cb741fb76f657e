/** Lessons on the page: listed by their cards, fetched when opened, kept as the learner's copies. */
import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCard } from "../../app/lessons/card.ts";
import { isReference } from "../../app/lessons/course.ts";
import { readNotebook } from "../notebooks/run-notebook.ts";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

const cards = readdirSync(new URL("../../notebooks/", import.meta.url))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readCard(file, readNotebook(file)));
const [first] = cards;
/** Listed as lessons are; the glossary stands below. */
const listed = cards.filter((card) => !isReference(card));
if (first === undefined) throw new Error("wanted a lesson in notebooks/");

/** The file of the built page that holds the text of the first lesson. */
const firstText = `**/${first.slug}-*.js`;
const words = "// my own words";

let notebook: NotebookPage;
eachOnANewPage((page) => {
  notebook = page;
});

/** Opens the first lesson from the start page. */
async function openFirst(): Promise<void> {
  await notebook.page.getByRole("link", { name: first?.title ?? "" }).click();
  await notebook.cell(0).waitFor();
}

/** The place of the first code cell that shows its text. */
function visibleCode(): Promise<number> {
  return notebook.page
    .locator("[data-cell-id]")
    .evaluateAll((all) => all.findIndex((cell) => cell.querySelector(".code") !== null));
}

async function writeWords(): Promise<void> {
  await notebook.write(await visibleCode(), words);
  await notebook.saved();
}

describe("the start page", () => {
  it("lists every lesson and fetches a text when its lesson is opened, not before", async () => {
    const fetched: string[] = [];
    notebook.page.on("request", (request) => {
      const name = /([^/]+)-[\w-]{8}\.js$/.exec(request.url())?.[1];
      // Words are linked to the glossary: it comes with the first lesson.
      if (listed.some(({ slug }) => slug === name)) fetched.push(name ?? "");
    });
    await notebook.open();
    const links = notebook.page.locator(".lessons a");
    await links.first().waitFor();
    const titles = await notebook.page.locator(".lesson-title").allInnerTexts();
    expect(titles.toSorted()).toEqual(listed.map(({ title }) => title).toSorted());
    await notebook.page.waitForLoadState("networkidle");
    expect(fetched).toEqual([]);
    await openFirst();
    expect(fetched).toEqual([first.slug]);
  });
});

describe("a lesson whose text cannot be fetched", () => {
  it("says so, keeps nothing in its place, and opens once the connection is back", async () => {
    await notebook.page.route(firstText, (route) => route.abort("internetdisconnected"));
    await notebook.open(`?lesson=${first.slug}`);
    const alert = notebook.page.getByRole("alert").filter({ hasText: "could not be loaded" });
    await expect
      .poll(() => alert.innerText())
      .toContain(
        `The text of "${first.title}" could not be loaded. Check the connection and open it again`,
      );
    await notebook.page.unroute(firstText);
    await notebook.page.getByRole("button", { name: "All notebooks" }).click();
    await openFirst();
    await expect.poll(() => notebook.page.locator("[data-cell-id]").count()).toBeGreaterThan(10);
    expect(notebook.errors.splice(0)).toEqual([
      "Failed to load resource: net::ERR_INTERNET_DISCONNECTED",
    ]);
  });

  it("opens as the learner left it if there is a copy", async () => {
    await notebook.open(`?lesson=${first.slug}`);
    await notebook.cell(0).waitFor();
    await writeWords();
    await notebook.page.route(firstText, (route) => route.abort("internetdisconnected"));
    await notebook.page.reload();
    await notebook.cell(0).waitFor();
    await notebook.page.getByText(words).waitFor();
  });
});

describe("a cell that loads data", () => {
  it("says beside its head what they are, who made them and under which licence", async () => {
    await notebook.open("?lesson=07");
    const cell = notebook.page.locator('[data-cell-id="setup"]');
    await cell.getByText("Data: iris").click();
    await expect.poll(() => cell.locator(".data-card p").innerText()).toContain("CC BY 4.0");
    await expect.poll(() => cell.locator(".data-card p").innerText()).toContain("R. A. Fisher");
  });
});

describe("a lesson whose data cannot be fetched", () => {
  it("says which data set is missing, and runs the cell again once the connection is back", async () => {
    const cell = notebook.page.locator('[data-cell-id="glosses"]');
    const run = () => cell.getByRole("button", { name: /^Run cell/ }).click();
    await notebook.page.route("**/data/glosses*", (route) => route.abort("internetdisconnected"));
    await notebook.open("?lesson=13");
    await cell.waitFor();
    await run();
    await expect
      .poll(() => cell.locator(".error-card").innerText())
      .toContain('The data set "glosses" could not be fetched: Failed to fetch.');
    await notebook.page.unrouteAll();
    await run();
    await expect.poll(() => cell.locator(".outputs").innerText()).toContain("lines");
    const refused = notebook.takeErrors().filter((error) => !error.includes("DISCONNECTED"));
    expect(refused).toEqual([]);
  });

  it("has them from its opening on: the connection may end before a cell loads them", async () => {
    const arrived = notebook.page.waitForResponse("**/data/glosses*");
    await notebook.open("?lesson=13");
    await (await arrived).finished();
    await notebook.page.getByRole("status", { name: "Kernel: Ready" }).waitFor();
    await notebook.page.context().setOffline(true);
    try {
      const cell = notebook.page.locator('[data-cell-id="glosses"]');
      await cell.getByRole("button", { name: /^Run cell/ }).click();
      await expect.poll(() => cell.locator(".outputs").innerText()).toContain("lines");
    } finally {
      await notebook.page.context().setOffline(false);
    }
  });
});

describe("a lesson that was changed since it was copied", () => {
  it("is offered beside the copy, which stays as it is", async () => {
    await notebook.open(`?lesson=${first.slug}`);
    await notebook.cell(0).waitFor();
    await writeWords();
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
  });
});

describe("a lesson whose connection has ended", () => {
  it("draws figures of kinds that it had not drawn before, and says why no other kernel starts", async () => {
    const { page } = notebook;
    const code = ["projector", "projector-worker", "diagram", "layout-worker"].map((name) =>
      page.waitForResponse(new RegExp(`/${name}-[\\w-]{8}\\.js$`)),
    );
    await notebook.open(`?lesson=${first.slug}`);
    for (const response of await Promise.all(code)) await response.finished();
    await page.getByRole("status", { name: "Kernel: Ready" }).waitFor();
    await page.context().setOffline(true);
    try {
      const at = await visibleCode();
      const figures = [
        "plot.graph(tensor(2, { requiresGrad: true }).mul(3));",
        "plot.embedding(randn([20, 4]));",
      ];
      await notebook.write(at, figures.join("\n"));
      await notebook.run(at);
      const output = notebook.output(at);
      await output.locator(".diagram-picture [data-part]").first().waitFor({ state: "attached" });
      await output.getByText("of how rows differ").waitFor();

      // A kernel's document is asked for at each start.
      await page.getByRole("button", { name: "Restart", exact: true }).click();
      await page.getByRole("alertdialog").getByRole("button", { name: "Restart" }).click();
      await page.getByText("the kernel's document could not be fetched").first().waitFor();
    } finally {
      await page.context().setOffline(false);
    }
    await page.getByRole("main").getByRole("button", { name: "Restart", exact: true }).click();
    await page.getByRole("status", { name: "Kernel: Ready" }).waitFor();
    const errors = notebook.takeErrors().filter((error) => !error.includes("DISCONNECTED"));
    expect(errors).toEqual([]);
  });
});

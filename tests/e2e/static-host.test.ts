import { describe, expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage(
  (page) => {
    notebook = page;
  },
  // Somebody else's static host: no headers of ours, under a path of its own.
  { serve: { isolate: false, base: "/some/path/" } },
);

describe("the built folder on a plain static host under a sub-path", () => {
  it("opens, runs and stops a cell, and says that the kernel is not isolated", async () => {
    await notebook.openNew();
    await notebook.write(0, "1 + 1");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("2");
    await notebook.page.getByText(/without isolation headers/).waitFor();
    const mark = notebook.page.getByRole("status", { name: "Kernel: Ready" });
    await expect
      .poll(() => mark.getAttribute("title"))
      .toContain("one thread: this page is not isolated");

    await notebook.write(0, "while (true) {}");
    await notebook.start(0);
    await notebook.ended(0, "running");
    await notebook.stop(0, "killed");
    await notebook.write(0, "2 + 2");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("4");
  });

  it("starts a kernel again while the first is still starting", async () => {
    let release = () => {};
    const restarted = new Promise<void>((resolve) => (release = resolve));
    await notebook.page.route("**/kernel-frame.html", async (route) => {
      await restarted;
      await route.continue();
    });
    await notebook.openNew();
    await notebook.page.getByRole("button", { name: "Restart", exact: true }).click();
    await notebook.page.getByRole("alertdialog").getByRole("button", { name: "Restart" }).click();
    release();
    await notebook.write(0, "1 + 1");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("2");
  });

  it("ships the texts of the licences that the page of data sets links", async () => {
    await notebook.open("?data");
    const links = notebook.page.locator('dd a[href*="licences/"]');
    await links.first().waitFor();
    const addresses = await links.evaluateAll((all) =>
      all.map((each) => each.getAttribute("href")),
    );
    expect(new Set(addresses).size).toBe(5);
    for (const address of new Set(addresses)) {
      const answer = await notebook.page.request.get(new URL(address ?? "", notebook.url).href);
      expect(answer.status(), address ?? "").toBe(200);
      expect(await answer.text()).toMatch(/copyright/i);
    }
  });

  it("keeps the sandbox", async () => {
    await notebook.openNew();
    await notebook.write(
      0,
      'let got = "refused";\ntry { indexedDB.open("x"); got = "reached"; } catch {}\ngot',
    );
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toContain("refused");
  });
});

import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle } from "../../kernel/hosts/bundle.mjs";
import { soaking } from "../counts.ts";
import { openSite, type Site } from "./harness.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** About as many as a page takes of one kernel before it has had enough and ends it. */
const EACH_RUN = 200;
const runs = soaking ? 500 : 2;

it(
  `a page survives up to ${runs * EACH_RUN} events of a kernel that has been taken over`,
  { timeout: 3_600_000 },
  async () => {
    const { text } = await bundle(join(import.meta.dirname, "../hostile/kernel.ts"), {
      format: "iife",
      globalName: "descentKernel",
      footer: { js: "globalThis.descentKernel = descentKernel;" },
      define: { EVENTS: String(EACH_RUN) },
    });
    const notebook = await site.newPage();
    const { page } = notebook;
    const asked: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(site.url) && !/^(?:data|blob):/.test(request.url()))
        asked.push(request.url());
    });
    await page.route("**/kernel.js", (route) =>
      route.fulfill({ contentType: "text/javascript", body: text }),
    );
    await notebook.openNew();
    await notebook.write(0, "1;");
    for (let run = 0; run < runs; run++) {
      await notebook.start(0);
      const ended = '[data-cell-id][data-status="ok"], [data-cell-id][data-status="killed"]';
      await page.locator(ended).waitFor({ timeout: 120_000 });
    }
    expect(await page.evaluate(() => "pwned" in globalThis || "pwned" in {})).toBe(false);
    expect(asked).toEqual([]);
    // One kernel's frame at most, and no more below the cell than a cell may have.
    expect(await page.locator("iframe").count()).toBeLessThanOrEqual(1);
    expect(await notebook.output(0).locator("> .output").count()).toBeLessThanOrEqual(501);
    expect(notebook.errors).toEqual([]);

    // With a true kernel the same page works on.
    await page.unroute("**/kernel.js");
    await notebook.saved();
    await page.reload();
    await notebook.write(0, "6 * 7");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("42");
    await notebook.close();
  },
);

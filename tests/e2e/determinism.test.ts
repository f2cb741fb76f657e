/** The same bits in every browser: the program of the Node test as a cell. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { cell, golden } from "../kernel/tensor/determinism/golden.ts";
import { firefoxPath, openFirefox } from "./firefox.ts";
import { openSite, type Site } from "./harness.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("nets learn the same bits in Chromium, where sums were fused and threads at work before", async () => {
  const notebook = await site.newPage();
  await notebook.openNew();
  await notebook.write(
    0,
    'import { rand } from "descent";\nrand([700, 700]).matmul(rand([700, 700])).shape',
  );
  await notebook.run(0);
  await notebook.insertBelow(0);
  await notebook.write(1, cell);
  await notebook.run(1);
  expect(JSON.parse(await notebook.output(1).innerText())).toEqual(golden);
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

it.skipIf(firefoxPath === null)(
  "and in Firefox ESR (skipped where it is not installed)",
  async () => {
    await using firefox = await openFirefox(site.url, firefoxPath ?? "");
    // The output has its button's words beside it.
    const [bits = ""] = /\{[^}]*\}/.exec(await firefox.run(cell)) ?? [];
    expect(JSON.parse(bits)).toEqual(golden);
  },
);

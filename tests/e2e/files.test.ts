import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Ajv from "ajv-draft-04";
import { describe, expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage((page) => {
  notebook = page;
});

const schemaPath = join(import.meta.dirname, "../app/formats/schema/nbformat.v4.5.schema.json");

describe("notebook files", () => {
  it("are saved as .ipynb that the nbformat 4.5 schema accepts, and open again", async () => {
    await notebook.openNew();
    await notebook.write(0, 'console.log("é");\n({ a: 1 })');
    await notebook.run(0);
    await notebook.insertBelow(0);
    await notebook.write(1, 'throw new Error("on purpose")');
    await notebook.run(1, "error");
    const path = await notebook.download("Save .ipynb");
    const text = await readFile(path, "utf8");
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(await readFile(schemaPath, "utf8")),
    );
    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);

    await notebook.open();
    await notebook.choose("Open file", path);
    await notebook.cell(1).waitFor();
    await expect.poll(() => notebook.output(0).innerText()).toContain("é");
    await expect.poll(() => notebook.output(1).innerText()).toContain("on purpose");
  });

  it("that are broken are refused with the reason, and nothing is lost", async () => {
    await notebook.open();
    await notebook.choose("Open file", {
      name: "broken.ipynb",
      mimeType: "application/x-ipynb+json",
      buffer: Buffer.from('{"cells": [', "utf8"),
    });
    await notebook.page.getByText(/not JSON/).waitFor();
    expect(await notebook.page.locator("[data-cell-id]").count()).toBe(0);
  });

  it("with a script hidden in a formula of a link lose the script", async () => {
    const text =
      '<a href="$javascript:alert(1)$">a</a> <img src="$https://example.org/x.png$"> and $x^2$';
    const cell = { cell_type: "markdown", id: "m", metadata: {}, source: text };
    await notebook.open();
    await notebook.choose("Open file", {
      name: "hostile.ipynb",
      mimeType: "application/x-ipynb+json",
      buffer: Buffer.from(
        JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 }),
      ),
    });
    await notebook.cell(0).locator(".katex").first().waitFor();
    const written = await notebook
      .cell(0)
      .evaluate((element) =>
        [...element.querySelectorAll("[href], [src]")].map(
          (one) => one.getAttribute("href") ?? one.getAttribute("src"),
        ),
      );
    expect(written.filter((address) => /javascript:|example\.org/.test(address ?? ""))).toEqual([]);
  });
});

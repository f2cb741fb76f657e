import { describe, expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const table = "w,l,species\n1,2,a\n3,4,b\n";
const dialog = () => notebook.page.getByRole("dialog", { name: "Files of this notebook" });

/** Lets go of a file above the page, as a hand does. */
async function drop(name: string, content: string): Promise<void> {
  const files = await notebook.page.evaluateHandle(
    ([called, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text ?? ""], called ?? ""));
      return transfer;
    },
    [name, content],
  );
  await notebook.page.dispatchEvent("main", "dragover", { dataTransfer: files });
  await notebook.page.dispatchEvent("main", "drop", { dataTransfer: files });
}

describe("files of a notebook", () => {
  it("are dropped on the page under plain names, read by cells, and stay after a reload", async () => {
    await drop("My iris (1).csv", table);
    await dialog().getByText("My iris -1-.csv").waitFor();
    await expect
      .poll(() => dialog().locator("code").innerText())
      .toBe('await files.csv("My iris -1-.csv")');
    await notebook.page.keyboard.press("Escape");
    const source =
      'import { data, files } from "descent";\nconst iris = data.from(await files.csv("My iris -1-.csv"), { label: "species" });\niris.x.shape';
    await notebook.write(0, source);
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("[2, 2]");
    await notebook.saved();
    await notebook.page.reload();
    await notebook.cell(0).waitFor();
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("[2, 2]");
  });

  it("are chosen, downloaded and deleted in a dialog, by keys alone", async () => {
    const { page } = notebook;
    await page.getByRole("button", { name: "Files", exact: true }).press("Enter");
    const asked = page.waitForEvent("filechooser");
    await dialog().getByRole("button", { name: "Add files …" }).press("Enter");
    await (
      await asked
    ).setFiles([
      { name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("hello") },
      { name: "b.json", mimeType: "application/json", buffer: Buffer.from("[1]") },
    ]);
    await dialog().getByText("b.json").first().waitFor();
    await expect.poll(() => dialog().getByRole("listitem").count()).toBe(2);
    const path = await notebook.download("Download a.txt");
    expect(path).toMatch(/a\.txt$/);
    await dialog().getByRole("button", { name: "Delete a.txt" }).press("Enter");
    await expect.poll(() => dialog().getByRole("listitem").count()).toBe(1);
    await page.keyboard.press("Escape");
    await notebook.write(0, 'import { files } from "descent";\nawait files.text("a.txt")');
    await notebook.run(0, "error");
    await expect
      .poll(() => notebook.output(0).innerText())
      .toContain('this notebook has no file "a.txt"');
  });

  it("that are notebooks open as notebooks when dropped", async () => {
    await drop("other.ts", '// %% id="a"\n1 + 1\n');
    await notebook.page.locator('[data-cell-id="a"]').waitFor();
  });
});

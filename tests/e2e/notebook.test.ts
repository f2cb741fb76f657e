import { describe, expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

describe("a new notebook", () => {
  it("takes the first keys as text, before the editor has come and after", async () => {
    // Letters that are commands elsewhere: they would add and delete cells.
    await notebook.page.keyboard.type("abdd");
    await notebook.cell(0).locator(".monaco-editor.focused").waitFor();
    await expect.poll(() => notebook.page.locator("[data-cell-id]").count()).toBe(1);
    await notebook.page.keyboard.press("ControlOrMeta+A");
    await notebook.page.keyboard.type("6 * 7");
    await notebook.page.keyboard.press("Shift+Enter");
    await notebook.ended(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("42");
    await notebook.cell(1).locator(".monaco-editor.focused").waitFor();
  });

  it("takes a click during which the editor comes to the place of the text", async () => {
    const { page } = notebook;
    await notebook.write(0, "40 + 2");
    await notebook.saved();
    let allow = (): void => {};
    const allowed = new Promise<void>((resolve) => (allow = resolve));
    await page.route("**/editor-*.js", async (route) => {
      await allowed;
      await route.continue();
    });
    await page.reload();
    const text = notebook.cell(0).locator(".code-placeholder");
    const box = await text.boundingBox();
    if (box === null) throw new Error("wanted the text in place of the editor");
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    allow();
    await notebook.cell(0).locator(".monaco-editor").waitFor();
    await page.mouse.up();
    await notebook.cell(0).locator(".monaco-editor.focused").waitFor();
  });

  it("runs an edited cell and shows its result and count", async () => {
    await notebook.write(0, "const answer: number = 6 * 7;\nanswer");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("42");
    await expect.poll(() => notebook.cell(0).locator(".mark").innerText()).toBe("[1]");
  });

  it("keeps names across cells and lets them be redefined", async () => {
    await notebook.write(0, "const x = 1; const twice = () => x * 2;");
    await notebook.insertBelow(0);
    await notebook.write(1, "const x = 20; twice()");
    await notebook.run(0);
    await notebook.run(1);
    await expect.poll(() => notebook.output(1).innerText()).toBe("40");
    await notebook.run(1);
    await expect.poll(() => notebook.output(1).innerText()).toBe("40");
  });

  it("shows console output as streams, in order", async () => {
    await notebook.write(0, 'console.log("one");\nconsole.error("two");\nconsole.log("three");');
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toMatch(/^\s*one\s+two\s+three\s*$/);
  });

  it("points a run-time error at the cell's own line and column", async () => {
    await notebook.write(
      0,
      "interface Point { x: number }\n\nconst p: Point | null = null;\nconst q = (p as unknown as Point).x;",
    );
    await notebook.run(0, "error");
    const card = notebook.output(0).locator(".error-card");
    await expect.poll(() => card.innerText()).toContain("null");
    await expect.poll(() => notebook.errorLine(0)).toBe("4");
    expect(await card.innerText()).not.toContain("kernel.js");
  });

  it("points an error of another cell's function at that cell", async () => {
    await notebook.write(0, 'function fail(): never {\n  throw new RangeError("too far");\n}');
    await notebook.insertBelow(0);
    await notebook.write(1, "fail()");
    await notebook.run(0);
    await notebook.run(1, "error");
    const card = notebook.output(1).locator(".error-card");
    await expect.poll(() => card.innerText()).toContain("too far");
    await expect.poll(() => notebook.errorLine(1)).toBe("2");
  });

  it("shows a syntax error at its line without running anything", async () => {
    await notebook.write(0, "const fine = 1;\nlet b = fine +;");
    await notebook.run(0, "error");
    await expect.poll(() => notebook.errorLine(0)).toBe("2");
  });

  it("stops an endless loop and keeps the state", async () => {
    await notebook.write(0, "let steps = 0;\nwhile (true) {\n  steps += 1;\n}");
    await notebook.insertBelow(0);
    await notebook.write(1, "steps > 0");
    await notebook.start(0);
    await notebook.ended(0, "running");
    await notebook.stop(0);
    await notebook.run(1);
    await expect.poll(() => notebook.output(1).innerText()).toBe("true");
  });

  it("tells a cell that it cannot close its kernel", async () => {
    await notebook.write(0, "const kept = 1;\nself.close();");
    await notebook.run(0, "error");
    await expect.poll(() => notebook.output(0).innerText()).toContain("press Restart");
    // Browsers give the class of its scope no word of its own.
    await notebook.write(0, "DedicatedWorkerGlobalScope.prototype.close.call(self);");
    await notebook.run(0, "error");
    await notebook.write(0, "kept");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("1");
  });

  it("restarts at once: names are gone and the count begins at 1", async () => {
    await notebook.write(0, "const gone = 1;");
    await notebook.insertBelow(0);
    await notebook.write(1, "typeof gone");
    await notebook.run(0);
    await notebook.restart();
    await notebook.run(1);
    await expect.poll(() => notebook.output(1).innerText()).toContain("undefined");
    await expect.poll(() => notebook.cell(1).locator(".mark").innerText()).toBe("[1]");
  });

  it("comes back after a reload with its text and outputs", async () => {
    await notebook.write(0, 'const word = "kept";\nword + "!"');
    await notebook.run(0);
    await notebook.saved();
    await notebook.page.reload();
    await notebook.cell(0).waitFor();
    await expect.poll(() => notebook.output(0).innerText()).toContain("kept!");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toContain("kept!");
  });
});

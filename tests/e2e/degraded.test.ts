/** Browsers and hosts that lack something: the page says what, and works on as far as it goes. */
import { expect, it } from "vitest";
import { eachOnANewPage, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachOnANewPage((page) => {
  notebook = page;
});

/** Puts a script before all others of a file that is served. */
async function before(path: string, wrap: (body: string) => string): Promise<void> {
  await notebook.page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: wrap(await response.text()) });
  });
}

async function adds(): Promise<void> {
  await notebook.write(0, "20 + 22");
  await notebook.run(0);
  await expect.poll(() => notebook.output(0).innerText()).toBe("42");
}

function withoutSharedMemory(): Promise<void> {
  return before("**/kernel-frame.html", (html) =>
    html.replace("<script>", "<script>delete self.SharedArrayBuffer;"),
  );
}

it("a part of the page that cannot be fetched says so, and the rest goes on", async () => {
  await notebook.page.route("**/questions-*.js", (route) => route.abort());
  await notebook.openNew();
  await notebook.page.keyboard.press("Escape");
  await notebook.page.keyboard.press("0");
  await notebook.page.keyboard.press("0");
  await notebook.page.getByText("A part of this page could not be fetched").waitFor();
  await adds();
  for (const error of notebook.takeErrors()) expect(error).toContain("net::ERR_FAILED");
});

it("without shared memory in an isolated page, a line says what Stop may cost", async () => {
  await withoutSharedMemory();
  await notebook.openNew();
  await notebook.page.getByText("This browser has no shared memory").waitFor();
  await adds();
  await notebook.write(0, "while (true) {}");
  await notebook.start(0);
  await notebook.ended(0, "running");
  await notebook.stop(0, "killed");
  await adds();
});

it("without shared memory, a loop that calls pauses and takes steps; of another a line says that it cannot", async () => {
  await withoutSharedMemory();
  await notebook.openNew();
  const { page } = notebook;
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await notebook.write(0, "let n = 0;\nwhile (true) {\n  n = Number(n) + 1;\n}");
  await notebook.start(0);
  await press("Pause");
  await page.getByText("Paused at line 2").waitFor();
  const turns = async () =>
    Number(/n\s+(\d+)/.exec(await page.locator(".variables").innerText())?.[1]);
  const first = await turns();
  for (let step = 1; step <= 3; step++) {
    await press("Step");
    await expect.poll(turns).toBe(first + step);
  }
  await press("Go on");
  await expect.poll(() => page.locator(".variables").count()).toBe(0);
  // In such a loop Stop is heard too, and the names stay.
  await notebook.stop(0);
  await notebook.insertBelow(0);
  await notebook.write(1, "n > 3");
  await notebook.run(1);
  await expect.poll(() => notebook.output(1).innerText()).toBe("true");

  await notebook.write(1, "while (true) {}");
  await notebook.start(1);
  await press("Pause");
  await page.getByText("only loops of a cell’s own lines can pause").waitFor();
  await notebook.stop(1, "killed");
  await notebook.write(1, "6 * 7");
  await notebook.run(1);
  await expect.poll(() => notebook.output(1).innerText()).toBe("42");
});

it("without WebAssembly SIMD, a line says that training is slow, and it trains", async () => {
  await before("**/kernel.js", (script) => `WebAssembly.validate = () => false;\n${script}`);
  await notebook.openNew();
  await notebook.page.getByText("This browser has no WebAssembly SIMD").waitFor();
  await notebook.write(
    0,
    'import { engine, tensor } from "descent";\n[engine().backend, tensor([[1, 2]]).matmul(tensor([[3], [4]])).item()]',
  );
  await notebook.run(0);
  await expect.poll(() => notebook.output(0).innerText()).toBe('["reference", 11]');
});

it("without IndexedDB, a line says that nothing is kept, and work can be downloaded", async () => {
  await notebook.page.addInitScript(() => {
    Object.defineProperty(globalThis, "indexedDB", {
      value: {
        open() {
          throw new DOMException("A private window", "SecurityError");
        },
      },
    });
  });
  await notebook.openNew();
  await notebook.page.getByText("does not let the page keep notebooks").first().waitFor();
  await adds();
  await notebook.download("Download .ipynb");
  // Files live as long as the page.
  await notebook.write(
    0,
    'import { load, save, tensor } from "descent";\nawait save("x.npy", tensor([7]));\n(await load("x.npy")).item()',
  );
  await notebook.run(0);
  await expect.poll(() => notebook.output(0).innerText()).toContain("7");
});

it("a formula whose type-setter does not come stands as its text, and is set at the next try", async () => {
  await notebook.page.route("**/katex-*.js", (route) => route.abort());
  await notebook.openNew();
  await notebook.write(0, 'display({ "text/latex": "$\\\\frac{1}{2}$" });');
  await notebook.run(0);
  await expect.poll(() => notebook.errors.splice(0).join()).toContain("ERR_FAILED");
  await expect.poll(async () => (await notebook.output(0).innerText()).trim()).toBe("\\frac{1}{2}");
  await notebook.page.unrouteAll();
  await notebook.run(0);
  await notebook.output(0).locator(".katex .mfrac").waitFor();
});

/** Browsers and hosts that lack something: the page says what, and works on as far as it goes. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type NotebookPage, openSite, type Site } from "./harness.ts";

let site: Site;
let notebook: NotebookPage;

beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  notebook = await site.newPage();
});
afterEach(() => notebook.close());

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
  expect(await notebook.output(0).innerText()).toBe("42");
}

it("without shared memory in an isolated page, a line says what Stop may cost", async () => {
  await before("**/kernel-frame.html", (html) =>
    html.replace("<script>", "<script>delete self.SharedArrayBuffer;"),
  );
  await notebook.openNew();
  await notebook.page.getByText("This browser has no shared memory").waitFor();
  await adds();
  await notebook.write(0, "while (true) {}");
  await notebook.start(0);
  await notebook.ended(0, "running");
  await notebook.stop(0, "killed");
  await adds();
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
  expect(await notebook.output(0).innerText()).toBe('["reference", 11]');
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
  expect(await notebook.output(0).innerText()).toContain("7");
});

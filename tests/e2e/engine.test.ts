import { afterAll, beforeAll, expect, it } from "vitest";
import { openSite, type Site } from "./harness.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it("cells compute in WASM with fused multiply-add, and get what they would in JavaScript", async () => {
  const notebook = await site.newPage();
  await notebook.openNew();
  await notebook.write(0, 'import { engine, eye, rand } from "descent";\nengine().backend');
  await notebook.run(0);
  expect(await notebook.output(0).innerText()).toBe('"wasm relaxed"');
  await notebook.insertBelow(0);
  await notebook.write(1, "const x = rand([70, 70]);\nx.matmul(eye(70)).allclose(x)");
  await notebook.run(1);
  expect(await notebook.output(1).innerText()).toBe("true");
  expect(notebook.errors).toEqual([]);
  await notebook.close();
});

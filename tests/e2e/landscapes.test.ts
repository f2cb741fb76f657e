/** Functions of two numbers on the page: the start in the reader's hand, and what follows it. */
import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const map = `import { plot } from "descent";
const map = plot.contour((x, y) => x * x + 4 * y * y, { range: [-2, 2], start: [1, 1] });`;
const walk = `const path = map.path("walk");
path.clear();
let [x, y] = map.start.value;
for (let i = 0; i < 30; i++) { path.push(x, y); [x, y] = [0.9 * x, 0.6 * y]; }
console.log(map.start.value.join(" and "));`;

const ring = () => notebook.output(0).getByRole("slider", { name: /^Start/ });
const printed = async () => (await notebook.output(1).innerText()).trim();
/** Where the figure's first drawn path begins. */
const begins = () =>
  notebook
    .output(0)
    .locator(".figure-canvas")
    .evaluate((canvas) => {
      const { data = [] } = canvas as { data?: { name?: string; x?: number[]; y?: number[] }[] };
      const path = data.find(({ name }) => name === "walk");
      return [path?.x?.[0], path?.y?.[0]];
    });

it("a start moves by arrow keys, by a click and by a drag, and the light cell that reads it follows", async () => {
  await notebook.write(0, map);
  await notebook.run(0);
  await notebook.figure(0);
  await notebook.insertBelow(0);
  await notebook.write(1, walk);
  await notebook.run(1);
  await expect.poll(begins).toEqual([1, 1]);

  await ring().focus();
  await notebook.page.keyboard.press("ArrowRight");
  await notebook.page.keyboard.press("Shift+ArrowDown");
  await expect.poll(printed).toBe("1.02 and 0.8");
  await expect.poll(() => ring().getAttribute("aria-valuetext")).toBe("x 1.02, y 0.80");
  await expect.poll(begins).toEqual([1.02, 0.8]);

  const drawing = notebook.output(0).locator(".nsewdrag").first();
  const box = await drawing.boundingBox();
  if (box === null) throw new Error("no drawing");
  const at = (x: number, y: number) =>
    [box.x + (box.width * (x + 2)) / 4, box.y + (box.height * (2 - y)) / 4] as const;
  await notebook.page.mouse.click(...at(-1, 1.5));
  await expect.poll(printed).toMatch(/^-(1|0\.98|1\.02) and 1\.(5|48|52)$/);

  await notebook.page.mouse.move(...at(-1, 1.5));
  await notebook.page.mouse.down();
  await notebook.page.mouse.move(...at(0, 0.5), { steps: 4 });
  await notebook.page.mouse.move(...at(1.5, -1), { steps: 4 });
  await notebook.page.mouse.up();
  await expect.poll(printed).toMatch(/^1\.(5|48|52) and -(1|0\.98|1\.02)$/);
  await expect
    .poll(async () => (await begins()).map((each) => Math.round(2 * (each ?? 0))))
    .toEqual([3, -2]);

  // The reader's place survives a run of the figure's own cell.
  await notebook.run(0);
  await expect.poll(() => ring().getAttribute("aria-valuetext")).toMatch(/^x 1\.(5|48|52)/);
});

import { describe, expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const imports = 'import { nn, plot, tensor, ui } from "descent";\n';
/** The forms a training loop takes: at a cell's top level, and inside a synchronous function. */
const forms: [string, (body: string) => string][] = [
  ["at the cell's top level", (body) => `for (let i = 0; running(i); i++) {\n${body}\n}`],
  [
    "inside a synchronous function",
    (body) => `function train() {\n  for (let i = 0; running(i); i++) {\n${body}\n  }\n}\ntrain();`,
  ],
];
/** Work that ends by itself, so that a test that fails to stop it does not hang. */
const running =
  "const began = Date.now();\nfunction running(i: number) { return Date.now() - began < 30_000; }\n";

describe.each(forms)("a loop %s", (_, loop) => {
  it("moves a live curve while it runs", async () => {
    await notebook.write(
      0,
      `${imports}${running}const curve = plot.live({ y: "loss" });\n${loop("curve.push({ train: 1 / (1 + i) });")}`,
    );
    await notebook.start(0);
    const first = await notebook.figure(0);
    await notebook.figureMoved(0, first);
    await notebook.ended(0, "running");
    await notebook.stop(0);
  });

  it("moves an embedding projection while it runs", async () => {
    await notebook.write(
      0,
      `${imports}${running}const points = nn.Embedding(5, 2).weight;\n` +
        `const map = plot.embedding(points, { labels: [..."abcde"] });\n` +
        loop("points.data[0] = Math.sin(i / 1e4); map.update();"),
    );
    await notebook.start(0);
    const canvas = notebook.output(0).locator(".projector[data-stage] .projector-canvas");
    const pixels = () => canvas.evaluate((each: HTMLCanvasElement) => each.toDataURL());
    const first = await pixels();
    await expect.poll(pixels, { timeout: 30_000 }).not.toBe(first);
    await notebook.stop(0);
  });

  it("reads a knob that is dragged meanwhile", async () => {
    await notebook.write(
      0,
      `${imports}${running}const rate = ui.slider("rate", { min: 0, max: 10, value: 2 });\n` +
        `let seen = rate.value;\n${loop("if (rate.value !== seen) { seen = rate.value; console.log(`rate ${seen}`); }")}`,
    );
    await notebook.start(0);
    const slider = notebook.output(0).getByRole("slider", { name: "rate" });
    await slider.focus();
    await notebook.page.keyboard.press("End");
    await notebook.output(0).getByText("rate 10").waitFor();
    await notebook.ended(0, "running");
    await notebook.stop(0);
  });
});

import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const source = `import { plot, ui } from "descent";
const rate = ui.slider("rate", { min: 0, max: 1, value: 0.25 });
console.log("stays");
const curve = plot.live({ y: "loss" });
for (let i = 0; i < 40; i++) curve.push({ loss: rate.value + (i % 2) / (1 + i) });`;

/** Names of the lines that the figure of a cell draws. */
function names(): Promise<readonly string[]> {
  return notebook
    .output(0)
    .locator(".figure-canvas")
    .evaluate((canvas) =>
      ((canvas as { data?: { name?: string }[] }).data ?? []).map(({ name }) => name ?? ""),
    );
}

it("a curve is pinned, smoothed and cleared by keys, and a re-run leaves a ghost", async () => {
  await notebook.write(0, source);
  await notebook.run(0);
  await notebook.figure(0);
  const output = notebook.output(0);
  const keys = notebook.page.keyboard;

  await output.getByRole("button", { name: "Pin" }).focus();
  await keys.press("Enter");
  await expect.poll(names).toContain("rate 0.25");
  await output.getByRole("slider", { name: "Smooth" }).focus();
  await keys.press("End");
  await expect.poll(names).toEqual(["rate 0.25", "loss", "loss"]);
  await expect.poll(() => output.getByRole("slider", { name: "Smooth" }).inputValue()).toBe("0.99");

  await notebook.run(0);
  await expect.poll(names).toEqual(["last run", "rate 0.25", "loss", "loss"]);
  await output.getByText("stays").waitFor();
  const figure = output.getByRole("figure", {
    name: /^loss: loss [\d.]+ at step 39.*pinned: rate 0.25$/,
  });
  await figure.waitFor();

  await output.getByRole("button", { name: "Clear" }).focus();
  await keys.press("Space");
  await expect.poll(names).toEqual(["loss", "loss"]);
});

it("a figure on a phone keeps long names, titles and sentences inside its column", async () => {
  await notebook.page.setViewportSize({ width: 360, height: 720 });
  await notebook.write(
    0,
    `import { plot } from "descent";
const curve = plot.live({ title: "A title that is far too long for the width of a telephone", y: "loss" });
for (let i = 0; i < 9; i++) curve.push({ "validation of the second network": i, "a training set": 9 - i });`,
  );
  await notebook.run(0);
  await notebook.figure(0);
  const canvas = notebook.output(0).locator(".figure-canvas");
  /** What lies outside, measured in one breath: the page may scroll or draw between two looks. */
  const looks = () =>
    canvas.evaluate((figure) => {
      const column = figure.getBoundingClientRect();
      const boxes = (selector: string) =>
        [...figure.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
      const texts = boxes(".main-svg text");
      const labels = boxes(".annotation-text")
        .filter(({ left }) => left > 180)
        .toSorted((one, other) => one.top - other.top);
      return {
        hasTexts: texts.length > 4,
        outside: texts.filter(
          ({ left, right, top }) =>
            top < column.top - 1 || left < column.left - 1 || right > column.right + 1,
        ).length,
        labels: labels.length,
        labelsMeet: labels.some(({ top }, i) => top < (labels[i - 1]?.bottom ?? -Infinity) - 2),
      };
    });
  await expect.poll(looks).toEqual({ hasTexts: true, outside: 0, labels: 2, labelsMeet: false });
});

it("a network under watch says what to do, and shows what is chosen from its list", async () => {
  await notebook.write(
    0,
    `import { F, manualSeed, nn, noGrad, optim, plot, randn } from "descent";
manualSeed(1);
const net = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3));
noGrad(() => net.get("0").namedParameters()[0][1].mul_(0));
noGrad(() => net.get("0").namedParameters()[1][1].sub_(9));
const opt = optim.SGD(net.parameters(), { lr: 0.01 });
plot.watch(net);
for (let i = 0; i < 40; i++) {
  const loss = F.crossEntropy(net(randn([16, 4])), Array.from({ length: 16 }, (_, i) => i % 3));
  opt.zeroGrad(); loss.backward(); opt.step();
}`,
  );
  await notebook.run(0);
  await notebook.figure(0);
  const output = notebook.output(0);
  await output.getByText("8 of 8 units of ReLU 1 are dead").waitFor();
  for (const [view, drawn] of [
    ["units", "dead units"],
    ["flow", "first look"],
    ["weights", "Linear 2"],
    ["activations", "ReLU 1"],
  ] as const) {
    await output.getByRole("combobox", { name: "Show" }).selectOption(view);
    await expect.poll(names).toContain(drawn);
  }
  await output.getByText("Data", { exact: true }).click();
  const table = output.getByRole("region", { name: "Data of the figure" });
  await expect.poll(() => table.locator("th").allInnerTexts()).toEqual(["x", "y", "z"]);
});

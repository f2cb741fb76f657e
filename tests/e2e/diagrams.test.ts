/** Graphs, networks and trees in the page: reached by keys, stepped, folded, followed. */
import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const diagram = () => notebook.output(0).locator(".diagram");
const part = (id: string) => diagram().locator(`[data-part="${id}"]`);
const button = (name: string) => diagram().getByRole("button", { name, exact: true });
const reading = () => diagram().locator(".diagram-reading").innerText();
const says = () => diagram().locator(".diagram-says").innerText();
const focused = () =>
  notebook.page.evaluate(() => document.activeElement?.getAttribute("data-part") ?? null);
const press = (...keys: string[]) =>
  keys.reduce(
    (before, key) => before.then(() => notebook.page.keyboard.press(key)),
    Promise.resolve(),
  );
/** The rows of slopes as they are drawn, oldest node first. */
const slopes = () => diagram().locator(".diagram-slope").allTextContents();

async function show(source: string): Promise<void> {
  await notebook.write(0, source);
  await notebook.run(0);
  await diagram().locator(".diagram-picture [data-part]").first().waitFor({ state: "attached" });
}

const neuron = `import { plot, tensor } from "descent";
const w = tensor(1.5, { requiresGrad: true });
const miss = w.mul(2).sub(4);
const loss = miss
  .square();
plot.graph(loss);`;

const network = `import { F, nn, ones, plot } from "descent";
const net = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 2));
plot.graph(F.crossEntropy(net(ones([4, 2])), [0, 1, 0, 1]));`;

describe("a graph", () => {
  it("is stepped through backpropagation by buttons, arrow keys and the slider", async () => {
    await show(neuron);
    await expect.poll(slopes).toEqual(["slope −4", "slope −2", "slope −2", "slope 1"]);
    await expect.poll(says).toBe("mul passes its slope −2 back: to w, −2 × 2 = −4.");
    await button("Back").click();
    await expect.poll(slopes).toEqual(["–", "slope −2", "slope −2", "slope 1"]);
    await press("ArrowLeft", "ArrowLeft");
    await expect.poll(slopes).toEqual(["–", "–", "–", "slope 1"]);
    await expect
      .poll(says)
      .toMatch(/^The walk back begins at its end: loss grows as much as itself/);
    await press("ArrowLeft", "ArrowLeft");
    await expect.poll(says).toMatch(/^Forward only/);
    await diagram().getByRole("slider", { name: "Step of the walk back" }).focus();
    await press("ArrowRight", "ArrowRight");
    await expect.poll(says).toBe("loss passes its slope 1 back: to miss, 1 × −2 = −2.");
    await expect.poll(() => diagram().locator("path.diagram-active").count()).toBe(1);
  });

  it("is walked by arrow keys, and leads from a node to the line that made it", async () => {
    await show(neuron);
    await diagram().locator('[data-part][tabindex="0"]').focus();
    await expect.poll(reading).toContain("loss = square, 1, slope 1");
    await press("ArrowLeft");
    await expect.poll(reading).toContain("miss = sub, −1, slope −2");
    // Full stop and comma step from there.
    await press(",", ",", ",", ",");
    await expect.poll(reading).toContain("miss = sub, −1");
    await expect.poll(slopes).toEqual(["–", "–", "–", "–"]);
    await button("cell [1], line 3").click();
    await notebook.cell(0).locator(".monaco-editor.focused").waitFor();
    await notebook.page.keyboard.insertText("/*here*/");
    const line = notebook.cell(0).locator(".view-line", { hasText: "/*here*/" });
    await expect.poll(() => line.innerText()).toContain("miss");
  });

  it("folds modules by Enter and opens them by a press", async () => {
    await show(network);
    const first = "f1";
    await expect.poll(() => part(first).getAttribute("aria-expanded")).toBe("true");
    await part(first).focus();
    await press("Enter");
    await expect.poll(() => part("g1").getAttribute("aria-expanded")).toBe("false");
    await expect.poll(focused).toBe("g1");
    await expect.poll(() => part("g1").textContent()).toBe("0: Linear3 nodes");
    await part("g1").click();
    await part(first).waitFor();
    await part("f0").focus();
    await button("Fold").click();
    await part("g0").waitFor();
    await expect.poll(() => diagram().locator('[data-part^="f"]').count()).toBe(0);
  });

  it("tells its numbers in a table, and finds no fault with axe", async () => {
    await show(network);
    const data = diagram().locator(".figure-data > summary");
    await data.click();
    const rows = diagram().locator(".figure-rows tbody tr");
    expect((await rows.first().innerText()).split("\t").slice(0, 3)).toEqual([
      "",
      "data",
      "[4, 2]",
    ]);
    await expect
      .poll(() => diagram().locator(".figure-rows thead").innerText())
      .toMatch(/name.*slope.*from/s);
    await notebook.page.evaluate(axe.source);
    const found = await diagram().evaluate(async (element) => {
      const { axe: inPage } = globalThis as unknown as { axe: typeof axe };
      const { violations } = await inPage.run(element);
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
    });
    expect(found).toEqual([]);
  });

  it("stays as the reader left it when a knob draws it anew", async () => {
    await show(`import { plot, ui, Value } from "descent";
const at = ui.slider("at", { min: 1, max: 9, value: 2, step: 1 });
const a = new Value(at.value, "a");
plot.graph(a.mul(a).add(1));`);
    await button("Back").click();
    const before = await slopes();
    expect(before[0]).toBe("–");
    const knob = notebook.output(0).getByRole("slider", { name: "at", exact: true });
    await knob.focus();
    await press("ArrowRight");
    await expect.poll(() => part("n0").textContent()).toContain("a3");
    await expect.poll(slopes).toEqual(before);
  });
});

describe("a network", () => {
  it("reads units and weights by keys and follows training in place", async () => {
    await show(`import { nn, noGrad, plot, tensor } from "descent";
const net = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1));
noGrad(() => net.parameters().forEach((each, i) => each.fill_(i + 1)));
const wires = plot.network(net, { inputs: ["hours", "age"], example: tensor([1, -1]) });`);
    await part("u0.0").focus();
    await expect.poll(reading).toBe("hours, gives 1.");
    await press("ArrowRight");
    await expect
      .poll(reading)
      .toBe("unit 0 of Linear 0, gives 0.964, bias 2, strongest weights 1 from hours, 1 from age.");
    await press("Enter", "ArrowDown");
    await expect.poll(reading).toBe("age to unit 0 of Linear 0: weight 1");
    await press("Escape");
    await expect.poll(focused).toBe("u1.0");
    await notebook.insertBelow(0);
    const line = await part("w0.0.1").elementHandle();
    await notebook.write(1, "noGrad(() => net.get('0').weight.set([0, 1], -5));\nwires.update();");
    await notebook.run(1);
    await expect.poll(() => part("w0.0.1").getAttribute("aria-label")).toContain("weight −5");
    await expect.poll(() => part("w0.0.1").getAttribute("data-sign")).toBe("-1");
    // The same line, with another width: nothing was drawn anew.
    await expect.poll(() => line?.getAttribute("data-sign")).toBe("-1");
  });
});

describe("a tree", () => {
  it("is walked and folded by keys, and says the way to where one is", async () => {
    await show(`import { plot } from "descent";
plot.tree({
  question: "long?",
  yes: { question: "wide?", yes: { value: "virginica" }, no: { value: "versicolor" } },
  no: { value: "setosa", counts: { setosa: 50 } },
});`);
    await part("0").focus();
    await press("ArrowDown", "ArrowDown", "ArrowRight");
    await expect.poll(reading).toBe("long? yes: wide? no: versicolor");
    await press("ArrowUp", "Enter");
    await expect.poll(() => part("1").getAttribute("aria-expanded")).toBe("false");
    await expect.poll(() => part("3").count()).toBe(0);
    await part("1").click();
    await part("3").waitFor();
  });
});

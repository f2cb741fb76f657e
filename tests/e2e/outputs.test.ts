import { describe, expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
let asked: string[];
eachInANewNotebook((page) => {
  notebook = page;
  asked = [];
  notebook.page.on("request", (request) => {
    if (request.url().includes("evil.example")) asked.push(request.url());
  });
});

const evil = "https://evil.example";
const handler = "window.pwned = 1";

/** One bundle of each kind that becomes markup of the page, with what it tries. */
const hostile: [mime: string, value: string][] = [
  [
    "text/html",
    `<p>shown</p><script>${handler}</script><img src="x" onerror="${handler}">` +
      `<img src="${evil}/a.png" srcset="${evil}/b.png 2x"><a href="javascript:${handler}">link</a>` +
      `<style>body { background: url(${evil}/c.png) }</style><form action="${evil}"><input autofocus onfocus="${handler}"></form>` +
      `<div style="position:fixed;inset:0;background:\\75rl(${evil}/d.png)">cover</div>` +
      `<iframe src="${evil}"></iframe><link rel="stylesheet" href="${evil}/e.css"><base href="${evil}">` +
      `<svg><use href="${evil}/f.svg#a"/><animate onbegin="${handler}"/></svg><math><mtext><style><img src=x onerror="${handler}">`,
  ],
  [
    "image/svg+xml",
    `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="${handler}"><script>${handler}</script>` +
      `<image href="${evil}/a.png" width="9" height="9"/><rect fill="url(${evil}/b.svg#x)" width="9" height="9"/>` +
      `<foreignObject><img src="x" onerror="${handler}"></foreignObject><text>shown</text></svg>`,
  ],
  [
    "text/markdown",
    `shown ![a](${evil}/a.png) [b](javascript:${handler}) <img src=x onerror="${handler}"> ` +
      `$\\href{javascript:${handler}}{x}$ $\\includegraphics{${evil}/b.png}$`,
  ],
];

describe("a flood of text", () => {
  it("keeps a part in the page until it is unfolded", async () => {
    await notebook.write(0, "for (let i = 0; i < 40_000; i++) console.log(i);");
    await notebook.run(0);
    const text = () =>
      notebook
        .output(0)
        .locator("pre")
        .evaluate((pre) => pre.textContent ?? "");
    await expect.poll(text).toContain("39999\n");
    expect((await text()).split("\n").length).toBeLessThanOrEqual(201);
    // The part begins with a whole line.
    expect((await text()).split("\n", 2).map(Number)).toEqual([
      expect.any(Number),
      Number((await text()).split("\n", 1)[0]) + 1,
    ]);
    await notebook.output(0).getByRole("button", { name: "Show all 40,000 lines" }).click();
    await expect.poll(async () => (await text()).split("\n").length).toBe(40_001);
    await notebook.output(0).getByRole("button", { name: "Fold" }).click();
    await expect.poll(async () => (await text()).length).toBeLessThan(50_000);
  });

  it("in one long line folds as many lines do", async () => {
    await notebook.write(0, 'console.log("x".repeat(50_000));');
    await notebook.run(0);
    const pre = notebook.output(0).locator("pre");
    await expect.poll(() => pre.evaluate((element) => element.clientHeight)).toBeLessThan(500);
    await notebook.output(0).getByRole("button", { name: "Show all 50,001 characters" }).click();
    await expect.poll(() => pre.evaluate((element) => element.textContent?.length)).toBe(50_001);
  });
});

describe("a printed table", () => {
  it("keeps its columns on a narrow page: it scrolls, other text wraps", async () => {
    const words = JSON.stringify("a long name ".repeat(5));
    await notebook.write(0, `console.table([{ name: ${words}, knobs: 12, of: ${words} }]);`);
    await notebook.page.setViewportSize({ width: 360, height: 720 });
    await notebook.run(0);
    const pre = notebook.output(0).locator("pre");
    const lines = () =>
      pre.evaluate((element) =>
        Math.round(element.scrollHeight / parseFloat(getComputedStyle(element).lineHeight)),
      );
    await expect.poll(lines).toBe(3); // heads, rule, row
    expect(await pre.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
    await expect.poll(() => pre.getAttribute("tabindex")).toBe("0");
    await notebook.write(0, `console.log(${words}, "──");`);
    await notebook.run(0);
    await expect.poll(() => pre.evaluate((element) => element.scrollWidth)).toBeLessThan(361);
    expect(await lines()).toBeGreaterThan(1);
  });
});

describe("an output of a cell nobody has read", () => {
  it.each(hostile)(
    "as %s runs nothing, fetches nothing and covers nothing",
    async (mime, value) => {
      await notebook.write(0, `display({ ${JSON.stringify(mime)}: ${JSON.stringify(value)} });`);
      await notebook.run(0);
      const output = notebook.output(0);
      await output.getByText("shown").first().waitFor();
      const found = await output.evaluate((element) => ({
        forbidden: element.querySelectorAll(
          "script, style, form, input, iframe, link, base, [onerror], [onload], [onfocus], [onbegin], [srcset]",
        ).length,
        scripts: [...element.querySelectorAll("a")].filter((a) => a.protocol === "javascript:")
          .length,
        pwned: "pwned" in window,
      }));
      expect(found).toEqual({ forbidden: 0, scripts: 0, pwned: false });
      expect(asked).toEqual([]);
      // A div that is fixed to the window's edges stays inside its output.
      const covered = await notebook.page.evaluate(
        () => document.elementFromPoint(innerWidth / 2, 5)?.closest(".outputs") ?? null,
      );
      expect(covered).toBeNull();
      // The browser has logged what it refused.
      const uncaught = notebook.errors.splice(0).filter((each) => each.startsWith("uncaught"));
      expect(uncaught).toEqual([]);
    },
  );

  it("as a figure loads no picture from elsewhere and has a name", async () => {
    const figure = {
      data: [{ y: [1, 2] }],
      layout: { images: [{ source: `${evil}/a.png`, x: 0, y: 1, sizex: 1, sizey: 1 }] },
    };
    const bundle = {
      "application/vnd.plotly.v1+json": figure,
      "text/plain": "<Figure: two points>",
    };
    await notebook.write(0, `display(${JSON.stringify(bundle)});`);
    await notebook.run(0);
    await notebook.figure(0);
    await notebook.output(0).getByRole("figure", { name: "two points" }).waitFor();
    expect(asked).toEqual([]);
  });

  it("as a figure of a type we do not have says so and shows its text", async () => {
    const bundle = {
      "application/vnd.plotly.v1+json": { data: [{ type: "sankey" }] },
      "text/plain": "<Figure: a flow>",
    };
    await notebook.write(0, `display(${JSON.stringify(bundle)});`);
    await notebook.run(0);
    await notebook.output(0).getByText('has a trace of type "sankey"').waitFor();
    await notebook.output(0).getByText("<Figure: a flow>").waitFor();
  });
});

describe("a knob", () => {
  it("follows keys by its own steps and takes a typed number", async () => {
    await notebook.write(
      0,
      'import { ui } from "descent";\nconst w = ui.slider("w", { min: -1, max: 1, step: 0.5, value: 0 });',
    );
    await notebook.run(0);
    const slider = notebook.output(0).getByRole("slider", { name: "w" });
    const field = notebook.output(0).getByRole("textbox", { name: "w, exact" });
    await slider.focus();
    await notebook.page.keyboard.press("ArrowRight");
    await expect.poll(() => field.inputValue()).toBe("0.5");
    await notebook.page.keyboard.press("End");
    await expect.poll(() => field.inputValue()).toBe("1.0");
    await field.fill("-0.25");
    await field.press("Enter");
    await expect.poll(() => slider.inputValue()).toBe("-0.25");
  });
});

describe("text", () => {
  it("of ten thousand lines is one node in a box that scrolls", async () => {
    await notebook.write(0, "for (let i = 0; i < 10_000; i++) console.log(`line ${i}`);");
    await notebook.run(0);
    await notebook.output(0).getByRole("button", { name: "Show all 10,000 lines" }).waitFor();
    const box = notebook.output(0).locator(".output-text");
    const { nodes, height } = await box.evaluate((element) => ({
      nodes: element.childNodes.length,
      height: element.clientHeight,
    }));
    expect(nodes).toBe(1);
    expect(height).toBeLessThan(500);
    await expect.poll(() => box.innerText()).toContain("line 9999");
  });
});

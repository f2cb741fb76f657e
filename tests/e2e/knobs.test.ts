import { expect, it } from "vitest";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

const ui = 'import { ui } from "descent";\n';

it("knobs of every kind are set by keys, and a loop that never yields sees them", async () => {
  await notebook.write(
    0,
    `${ui}const name = ui.select("optimiser", ["SGD", "Adam"]);
const shift = ui.toggle("shift");
const size = ui.number("size", { value: 999, step: 1 });
const word = ui.text("word");
function wait() {
  for (;;) {
    if (name.value === "Adam" && shift.value && size.value === 1001 && word.value === "hi")
      return "all seen";
  }
}
wait()`,
  );
  await notebook.start(0);
  const output = notebook.output(0);
  const { keyboard } = notebook.page;
  await output.getByLabel("optimiser").focus();
  await keyboard.press("ArrowDown");
  await output.getByRole("switch", { name: "shift" }).focus();
  await keyboard.press("Space");
  const size = output.getByRole("spinbutton", { name: "size" });
  await size.focus();
  await keyboard.press("ArrowUp");
  await keyboard.press("ArrowUp");
  await expect.poll(() => size.inputValue()).toBe("1,001");
  await output.getByRole("textbox", { name: "word" }).focus();
  await keyboard.type("hi");
  await output.getByText("all seen").waitFor();
  await notebook.ended(0);
});

it("a button works in a loop that never yields, and when nothing runs", async () => {
  await notebook.write(
    0,
    `${ui}let enough = false;
ui.button("enough", () => { enough = true; console.log("pressed"); });
function wait() { for (;;) if (enough) return "went on"; }
wait()`,
  );
  await notebook.start(0);
  const button = notebook.output(0).getByRole("button", { name: "enough" });
  await button.click();
  await notebook.output(0).getByText("went on").waitFor();
  await notebook.ended(0);
  await button.focus();
  await notebook.page.keyboard.press("Enter");
  await expect
    .poll(() => notebook.output(0).innerText(), { timeout: 30_000 })
    .toMatch(/pressed[^]*pressed/);
});

it("Stop ends a button's function that runs for ever", async () => {
  await notebook.write(0, `${ui}ui.button("spin", () => { for (;;) {} });`);
  await notebook.run(0);
  await notebook.output(0).getByRole("button", { name: "spin" }).click();
  await notebook.page.getByRole("status", { name: "Kernel: Running" }).waitFor();
  await notebook.page.getByRole("button", { name: "Stop", exact: true }).click();
  await notebook.page.getByRole("status", { name: "Kernel: Ready" }).waitFor();
});

it("two cells show one knob, which keeps its value over a reload", async () => {
  await notebook.write(0, `${ui}const w = ui.slider("w", { min: 0, max: 10, step: 1, value: 1 });`);
  await notebook.insertBelow(0);
  await notebook.write(1, "display(w);\nw.value * 2000");
  await notebook.run(0);
  await notebook.run(1);
  const first = notebook.output(0).getByRole("slider", { name: "w" });
  const second = notebook.output(1).getByRole("slider", { name: "w" });
  await first.focus();
  await notebook.page.keyboard.press("End");
  await notebook.output(1).getByText("20000", { exact: true }).waitFor();
  await expect.poll(() => second.inputValue()).toBe("10");
  await second.focus();
  await notebook.page.keyboard.press("ArrowLeft");
  await notebook.output(1).getByText("18000", { exact: true }).waitFor();
  await expect.poll(() => first.inputValue()).toBe("9");
  await notebook.saved();
  await notebook.page.reload();
  await expect.poll(() => first.inputValue(), { timeout: 30_000 }).toBe("9");
  await notebook.run(0);
  await notebook.run(1);
  await notebook.output(1).getByText("18000", { exact: true }).waitFor();
});

/** Notebooks that ship, from top to bottom in Chromium; and the five cells that DESIGN prints. */
import { describe, expect, it } from "vitest";
import { fiveCells } from "../notebooks/five-cells.ts";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";
import { firstHalf, runNotebooks } from "./run-notebooks.ts";

runNotebooks(firstHalf);

describe("the five cells as printed, in Chromium", () => {
  let notebook: NotebookPage;
  eachInANewNotebook((page) => {
    notebook = page;
  });

  it(
    "run one after the other; the last model loads to the same accuracy",
    { timeout: 240_000 },
    async () => {
      await notebook.write(0, fiveCells.imports);
      await notebook.run(0);
      const run = async (source: string) => {
        await notebook.write(0, source);
        await notebook.run(0);
        return notebook.output(0).innerText();
      };
      expect(await run(fiveCells.mlp)).toMatch(/0\.9[6-9]|0\.9[6-9]\d+/);
      expect(await run(fiveCells.files)).toMatch(/digits\.safetensors[\s\S]*true/);
      await run(fiveCells.letters);
      await notebook.output(0).locator(".projector[data-stage]").waitFor();
      await run(fiveCells.knob);
      await notebook.insertBelow(0);
      await notebook.write(1, fiveCells.boundary);
      await notebook.start(1);
      const before = await notebook.figure(1);
      await notebook.output(0).getByRole("slider", { name: "learning rate" }).press("ArrowRight");
      await notebook.figureMoved(1, before);
      const regions = notebook.output(1).getByRole("figure", {
        name: /^regions of 2 classes .* 200 points, [\d.]+ % on their side/,
      });
      await regions.waitFor();
      await notebook
        .output(1)
        .getByRole("figure", { name: /^live curves: loss/ })
        .waitFor();
      await notebook.cell(1).getByRole("button", { name: "Finish" }).click();
      await notebook.ended(1);
    },
  );
});

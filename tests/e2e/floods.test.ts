import { expect, it } from "vitest";
import { soaking } from "../counts.ts";
import { floods, unfolded, worstFrameGap } from "./floods.ts";
import { eachInANewNotebook, type NotebookPage } from "./harness.ts";

let notebook: NotebookPage;
eachInANewNotebook((page) => {
  notebook = page;
});

// How smooth the page stays is a figure of `npm run bench`; that it answers and loses nothing is here.
it.each(soaking ? floods : floods.filter((_, at) => at % 2 === 0))(
  "$name: Stop works, head and tail stay, the rest is counted",
  async (flood) => {
    const gapMs = await worstFrameGap(notebook, flood, 40);
    console.log(`${flood.name}: worst frame gap ${gapMs.toFixed(0)} ms`);
    const text = await unfolded(notebook);
    for (const says of flood.says) expect(text).toMatch(says);
    expect(text.length).toBeLessThan(1_500_000);
    // The page still takes a keystroke, and the kernel a cell.
    await notebook.write(0, "6 * 7");
    await notebook.run(0);
    await expect.poll(() => notebook.output(0).innerText()).toBe("42");
  },
);

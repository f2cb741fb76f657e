import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIGURE_MIME, KNOB_MIME } from "../../kernel/protocol.ts";
import {
  type CellOutcome,
  type NotebookKernel,
  startNotebookKernel,
} from "../kernel/hosts/notebook-kernel.ts";
import { fiveCells } from "./five-cells.ts";
import { shippedData } from "./run-notebook.ts";

describe("the five cells as printed, in Node", () => {
  let kernel: NotebookKernel;
  beforeAll(async () => {
    kernel = await startNotebookKernel({ data: shippedData });
    expect((await kernel.run(fiveCells.imports)).status).toBe("ok");
  });
  afterAll(() => kernel[Symbol.asyncDispose]());

  const shows = (outcome: CellOutcome, mime: string) =>
    outcome.outputs.some(
      (output) => (output.kind === "display" || output.kind === "result") && mime in output.data,
    );
  const run = async (source: string) => {
    const outcome = await kernel.run(source);
    expect(outcome.error).toBeUndefined();
    expect(outcome.status).toBe("ok");
    return outcome;
  };

  it("1: an MLP learns the digits, live", { timeout: 120_000 }, async () => {
    const outcome = await run(fiveCells.mlp);
    expect(shows(outcome, FIGURE_MIME)).toBe(true);
    expect(Number(outcome.result)).toBeGreaterThanOrEqual(0.96);
    const bars = outcome.outputs.filter((output) => output.kind === "progress");
    expect(bars.at(-1)).toMatchObject({ done: 460, total: 460 });
  });

  it("5: after cell 1, a saved model loads to the same accuracy", async () => {
    expect((await run(fiveCells.files)).result).toBe("true");
    expect([...kernel.files.keys()]).toEqual(["digits.safetensors"]);
  });

  it("2: letters find each other", { timeout: 120_000 }, async () => {
    expect(shows(await run(fiveCells.letters), FIGURE_MIME)).toBe(true);
  });

  it("3 and 4: the boundary under a knob in the hand, until Finish", async () => {
    expect(shows(await run(fiveCells.knob), KNOB_MIME)).toBe(true);
    const running = kernel.run(fiveCells.boundary, "boundary");
    const told = (kind: string, words: RegExp) =>
      kernel.until(
        (notice) =>
          notice.kind === "output" &&
          notice.cell === "boundary" &&
          notice.output.kind === kind &&
          "data" in notice.output &&
          words.test(String(notice.output.data["text/plain"])),
      );
    await told("update", /regions of 2 classes .*; 200 points, [\d.]+ % on their side/);
    const lr = kernel.notices.find(
      (notice) =>
        notice.kind === "output" &&
        notice.output.kind === "display" &&
        KNOB_MIME in notice.output.data,
    );
    const knob = lr?.kind === "output" && lr.output.kind === "display" && lr.output.data[KNOB_MIME];
    kernel.client.setKnob((knob as { id: string }).id, 0.3);
    await told("update", /loss [\d.]+ at step .*learning rate 0\.3 from step/);
    await told("update", /regions of 2 classes .*; 200 points, (7|8|9)\d/);
    const bar = kernel.notices.findLast(
      (notice) => notice.kind === "output" && notice.output.kind === "progress",
    );
    const { loop } = (bar?.kind === "output" && bar.output) as { loop: number };
    kernel.client.steer({ kind: "finish", loop });
    expect((await running).status).toBe("ok");
    expect((await kernel.run("accuracy(net, train) > 0.6")).result).toBe("true");
  });
});

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

  it("3 and 4: a knob in the hand of a loop that runs until Stop", async () => {
    expect(shows(await run(fiveCells.knob), KNOB_MIME)).toBe(true);
    const running = kernel.run(fiveCells.boundary, "boundary");
    await kernel.until(
      (notice) =>
        notice.kind === "output" && notice.cell === "boundary" && notice.output.kind === "update",
    );
    kernel.client.interrupt();
    expect((await running).status).toBe("interrupted");
    expect((await kernel.run("typeof net")).result).toContain("function");
  });
});

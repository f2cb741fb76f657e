/** Runs a notebook of `notebooks/` as Run all does, in a real kernel, and gives what each cell put out. */
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parsePercent } from "../../app/formats/percent.ts";
import { withQuickSettings } from "../../app/notebook/parameters.ts";
import type { Cell, Notebook } from "../../app/notebook/document.ts";
import { runsWithAll } from "../../app/notebook/roles.ts";
import { openRuntime, transitionAll } from "../../app/notebook/runtime.ts";
import { staleCells } from "../../app/notebook/staleness.ts";
import { withParameters } from "../../kernel/compile/parameters.ts";
import { createDataSource } from "../../kernel/hosts/data-files.ts";
import { soaking } from "../counts.ts";
import type { Finished } from "./claims.ts";
import {
  type CellOutcome,
  type NotebookKernel,
  outcomeOf,
  startNotebookKernel,
} from "../kernel/hosts/notebook-kernel.ts";

const folder = new URL("../../notebooks/", import.meta.url);

/** The data sets as they ship. */
export const shippedData = createDataSource((file) =>
  readFile(new URL(`data/${file}`, folder)).then((bytes) => new Uint8Array(bytes)),
);

export function readNotebook(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}

/** A notebook as tests run it: its long cells with their quick settings, unless in a soak. */
export function notebookOf(file: string, seed = 42): Notebook {
  // With another seed the notebook is another throw.
  const text = readNotebook(file).replaceAll("manualSeed(42)", `manualSeed(${seed})`);
  const { notebook } = parsePercent(text);
  return soaking ? notebook : withQuickSettings(notebook, withParameters);
}

export interface NotebookRun extends Finished, AsyncDisposable {
  readonly outcomes: ReadonlyMap<string, CellOutcome>;
  /** The cells that a reader would find marked as stale. */
  readonly stale: Readonly<Record<string, string>>;
}

/** Runs a notebook; `between` is called after each of its cells, before the next. */
export async function runNotebook(
  file: string,
  seed = 42,
  between?: (kernel: NotebookKernel, cell: Cell) => Promise<void>,
): Promise<NotebookRun> {
  const notebook = notebookOf(file, seed);
  const cells = notebook.cells.filter(runsWithAll);
  const kernel = await startNotebookKernel({ data: shippedData });
  for (const cell of cells) {
    await kernel.run(cell.source, cell.id);
    await between?.(kernel, cell);
  }
  const outcomes = new Map<string, CellOutcome>(
    cells.map(({ id }) => [id, outcomeOf(kernel.notices, id)]),
  );
  const runtime = transitionAll(openRuntime(), kernel.notices);
  return {
    outcomes,
    stale: Object.fromEntries(staleCells(notebook, runtime)),
    drawn(cell) {
      const figure = outcomes.get(cell)?.outputs.findLast((output) => output.kind === "update");
      return Promise.resolve(JSON.stringify(figure?.kind === "update" ? figure.data : null));
    },
    async ask(expression) {
      const program = `console.log(JSON.stringify(${expression}))`;
      const { text, error } = await kernel.run(program, "asked-by-test");
      if (error !== undefined) throw new Error(`${expression}: ${error.message}`);
      return JSON.parse(text) as unknown;
    },
    [Symbol.asyncDispose]: () => kernel[Symbol.asyncDispose](),
  };
}

/** What a lesson adds to a notebook, each card once, in fixed states, for the specimen page. Nothing in it runs. */
import type { CellError, CellId, RunId } from "../../kernel/protocol.ts";
import type { Cell, Metadata } from "../notebook/document.ts";
import type { CellOutput } from "../notebook/outputs.ts";
import { type CellRuntime, openRuntime, untouched } from "../notebook/runtime.ts";
import { type NotebookState, openState } from "./store.ts";

const cell = (name: string, type: Cell["type"], source: string, metadata: Metadata = {}): Cell => ({
  id: `lesson-${name}` as CellId,
  type,
  source,
  metadata,
});
const guess = (name: string, source: string): Cell =>
  cell(name, "code", source, { tags: ["predict"] });
const part = (name: string, type: Cell["type"], tag: string, source: string, title?: string) =>
  cell(name, type, source, { tags: [tag], for: "lesson-ex", ...(title ? { title } : {}) });

const cells: readonly Cell[] = [
  cell(
    "opening",
    "markdown",
    "## What a lesson adds\n\nGuesses, open and made. A [parameter](#) is a knob.",
  ),
  guess("choice", 'const slowest = "?"; // "low", "high" or "shift"'),
  guess("chosen", 'const way = "up"; // "up" or "down"'),
  guess("number", 'const right: number | "?" = "?"; // of a hundred, from 50'),
  guess("counted", 'const knobs: number | "?" = 17; // knobs'),
  guess("words", 'const neighbour = "?"; // a letter'),
  cell("set-up", "code", "const pen = draw(net);", { tags: ["setup"], title: "a pen" }),
  cell("train", "code", "const net = nn.Linear(1, 1);", { title: "Train" }),
  cell("ex", "code", "const db = dZ; // dZ is [32, 10]", {
    tags: ["exercise"],
    title: "Your turn",
  }),
  part("check", "code", "check", "expect(db).shape([10]);"),
  part("hint", "markdown", "hint", "One bias was used by every row.", "where to look"),
  part("hint-2", "markdown", "hint", "`dZ.sum(___)`"),
  part("solution", "code", "solution", "const db = dZ.sum(0);"),
  cell(
    "quiz",
    "markdown",
    `### Two questions

Is \`lr\` a parameter of the model?

- [ ] Yes, it changes the line: it changes the steps, and no step changes it.
- [x] No, you chose it: training never turns it.

What does a bias do?

- [ ] It scales: that is what a weight does.
- [x] It shifts: whatever comes in, it is added.`,
    { tags: ["quiz"] },
  ),
];

function failed(message: string, name: string): Partial<CellRuntime> {
  const error: CellError = { kind: "runtime", name, message, frames: [], causes: [] };
  const outputs: readonly CellOutput[] = [{ kind: "error", error }];
  return { ended: "error", executionCount: 3, outputs };
}

export function specimenLesson(): NotebookState {
  const ran: Readonly<Record<string, Partial<CellRuntime>>> = {
    "lesson-set-up": failed(
      "net is not defined (run the cell that defines it first)",
      "ReferenceError",
    ),
    "lesson-check": failed(
      "db should be [10], got [32, 10]: each of the 32 rows used the same bias",
      "CheckError",
    ),
  };
  const state = openState({ cells, metadata: { title: "A lesson" } }, new Map());
  const [ex, setUp, train] = ["lesson-ex", "lesson-set-up", "lesson-train"] as CellId[];
  return {
    ...state,
    viewpoint: "student",
    runtime: {
      ...openRuntime(),
      cells: new Map(
        Object.entries(ran).map(([id, run]) => [
          id as CellId,
          { ...untouched, run: 1 as RunId, ...run },
        ]),
      ),
    },
    missing: setUp && train ? new Map([[setUp, { name: "net", maker: train }]]) : new Map(),
    resume: ex ?? null,
    learning: {
      ...state.learning,
      hints: { "lesson-ex": 1 },
      chosen: { "lesson-quiz/0": 1, "lesson-quiz/1": 0 },
    },
  };
}

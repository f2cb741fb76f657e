import { expect, test } from "vitest";
import { parseTraining, parseTrainingEvent } from "../../kernel/training.ts";
import { figure, training } from "../app/notebook/runs.fixture.ts";

test("a training is read back as it was told, NaN among its points", () => {
  const broken = figure({ curves: [{ name: "loss", x: [0, 1], y: [1, Number.NaN] }] });
  const told = training(7, { figures: [broken], seed: null, status: "running" });
  expect(parseTraining(structuredClone(told))).toEqual(told);
});

test.each([
  ["nothing", null],
  ["an unknown status", { ...training(1), status: "killed" }],
  ["a seed that is a text", { ...training(1), seed: "42" }],
  [
    "more figures than a cell has",
    { ...training(1), figures: Array.from({ length: 17 }, () => figure()) },
  ],
  ["names without end", { ...training(1), wrote: ["n".repeat(201)] }],
  ["a list of gaps", { ...training(1), wrote: Array.from({ length: 2_000 }) }],
  ["a knob without a value", { ...training(1), knobs: [{ id: "a", label: "a" }] }],
  [
    "settings that are functions",
    {
      ...training(1),
      learners: [{ kind: "A", settings: { lr: () => 1 }, schedules: [], models: [] }],
    },
  ],
])("%s is no training", (_, sent) => {
  expect(parseTraining(sent)).toBeNull();
});

test("recorded steps are counts", () => {
  const recorded = { steps: [0, 4, 8], shown: 4 };
  expect(parseTrainingEvent({ kind: "recorded", recorded })).toEqual({
    kind: "recorded",
    recorded,
  });
  expect(
    parseTrainingEvent({ kind: "recorded", recorded: { steps: [-1], shown: null } }),
  ).toBeNull();
  expect(parseTrainingEvent({ kind: "recorded", recorded: { steps: [1], shown: "1" } })).toBeNull();
});

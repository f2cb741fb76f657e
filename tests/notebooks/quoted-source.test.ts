/** Lesson 4 shows the engine's `Value` as it stands in the source, not as it once stood. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parsePercent } from "../../app/formats/percent.ts";
import { readNotebook } from "./run-notebook.ts";

test("the source that lesson 4 shows is the engine's", () => {
  const { notebook } = parsePercent(readNotebook("04-the-chain-rule.ts"));
  const shown = notebook.cells.find(({ id }) => id === "engine-source")?.source ?? "";
  const source = new URL("../../kernel/tensor/value.ts", import.meta.url);
  expect(/```ts\n([^]*?)```/.exec(shown)?.[1]).toBe(readFileSync(source, "utf8"));
});

/** Runs every check of every op on the backend of this process. */
import { describe, expect, test } from "vitest";
import { table } from "../../../kernel/tensor/ops/table.ts";
import { opCases } from "./ops.cases.ts";
import { opChecks } from "./ops.checks.ts";

for (const op of Object.keys(opCases))
  describe(op, () => {
    for (const { name, run } of opChecks.filter((each) => each.op === op)) test(name, run);
  });

test("every op of the table has cases", () => {
  expect(Object.keys(opCases).toSorted()).toEqual(Object.keys(table).toSorted());
});

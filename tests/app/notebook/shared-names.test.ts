import { expect, test } from "vitest";
import type { Cell } from "../../../app/notebook/document.ts";
import { openRuntime } from "../../../app/notebook/runtime.ts";
import { sharedNames } from "../../../app/notebook/shared-names.ts";
import type { CellId } from "../../../kernel/protocol.ts";

const cell = (id: string, tags: string[] = []): Cell => ({
  id: id as CellId,
  type: "code",
  source: id,
  metadata: tags.length > 0 ? { tags } : {},
});
const names = (defines: string[], imports: string[] = []) => ({
  defines,
  uses: [],
  assigns: [],
  imports,
  later: [],
});

test("sharedNames() tells each cell who else defines its names; imports and solutions do not count", () => {
  const cells = [cell("a"), cell("b"), cell("c"), cell("s", ["solution"])];
  const analysis = new Map([
    ["a" as CellId, names(["net", "nn", "x"], ["nn"])],
    ["b" as CellId, names(["net", "nn"], ["nn"])],
    ["c" as CellId, names(["net"])],
    ["s" as CellId, names(["x"])],
  ]);
  const shared = sharedNames({ cells, metadata: {} }, openRuntime(), analysis);
  expect(Object.fromEntries(shared)).toEqual({
    a: [{ name: "net", others: ["b", "c"] }],
    b: [{ name: "net", others: ["a", "c"] }],
    c: [{ name: "net", others: ["a", "b"] }],
  });
});

import { describe, expect, it } from "vitest";
import type { Cell } from "../../../app/notebook/document.ts";
import { createClipboard } from "../../../app/ui/cell-clipboard.ts";
import type { CellId } from "../../../kernel/protocol.ts";

const cell = (source: string): Cell => ({
  id: "a" as CellId,
  type: "markdown",
  source,
  metadata: { tags: ["x"] },
  attachments: { "p.png": { "image/png": "AAAA" } },
});

function createStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, text: string) => void items.set(key, text),
  };
}

describe("a clipboard of cells", () => {
  it("gives what another tab has put, with tags and pictures", () => {
    const storage = createStorage();
    createClipboard(storage).put([cell("one"), { ...cell("two"), id: "b" as CellId }]);
    expect(createClipboard(storage).get()).toEqual([
      cell("one"),
      { ...cell("two"), id: "b" as CellId },
    ]);
  });

  it("gives the last that any tab has put", () => {
    const storage = createStorage();
    const [here, there] = [createClipboard(storage), createClipboard(storage)];
    here.put([cell("here")]);
    there.put([cell("there")]);
    expect(here.get().map(({ source }) => source)).toEqual(["there"]);
    here.put([cell("here again")]);
    expect(here.get().map(({ source }) => source)).toEqual(["here again"]);
  });

  it("works in one tab where storage is refused or full", () => {
    const refuse = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const clipboard = createClipboard({ getItem: refuse, setItem: refuse });
    expect(clipboard.get()).toEqual([]);
    clipboard.put([cell("one")]);
    expect(clipboard.get()).toEqual([cell("one")]);
    const storage = createStorage();
    createClipboard(storage).put([cell("old")]);
    const full = createClipboard({ ...storage, setItem: refuse });
    full.put([cell("new")]);
    expect(full.get()).toEqual([cell("new")]);
  });

  it("is empty where storage holds no cells", () => {
    const storage = createStorage();
    storage.items.set("descent.clipboard", "<script>");
    expect(createClipboard(storage).get()).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import {
  createKeyReader,
  isOurs,
  type KeyPress,
  nameOf,
  printKeys,
  resolveKeys,
  SEQUENCE_MS,
} from "../../../app/ui/keys.ts";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return {
    key,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    repeat: false,
    isComposing: false,
    ...more,
  };
}

const table = [
  { id: "run", keys: ["Accel-Enter"], modes: ["command", "edit"] },
  { id: "delete", keys: ["D D"], modes: ["command"] },
  { id: "undo", keys: ["Z"], modes: ["command"] },
  { id: "redo", keys: ["Shift-Z"], modes: ["command"] },
  { id: "restart", keys: ["0 0"], modes: ["command"] },
] as const;

const reader = (isMac = false) => createKeyReader(table, isMac);

describe("nameOf()", () => {
  it("names letters in capitals and Shift with them", () => {
    expect(nameOf(press("z"))).toBe("Z");
    expect(nameOf(press("Z", { shiftKey: true }))).toBe("Shift-Z");
  });

  it("does not name Shift for a sign that already shows it", () => {
    expect(nameOf(press("?", { shiftKey: true }))).toBe("?");
  });

  it("puts modifiers in one order", () => {
    const all = { ctrlKey: true, altKey: true, metaKey: true, shiftKey: true };
    expect(nameOf(press("Enter", all))).toBe("Ctrl-Alt-Meta-Shift-Enter");
  });
});

describe("createKeyReader()", () => {
  it("needs both keys of a sequence", () => {
    const keys = reader();
    expect(keys.read(press("d"), "command", 0)).toBeNull();
    expect(keys.read(press("d"), "command", 100)?.id).toBe("delete");
    expect(keys.read(press("d"), "command", 200)).toBeNull();
  });

  it("forgets the first key after a while", () => {
    const keys = reader();
    keys.read(press("d"), "command", 0);
    expect(keys.read(press("d"), "command", SEQUENCE_MS + 1)).toBeNull();
    expect(keys.read(press("d"), "command", SEQUENCE_MS + 2)?.id).toBe("delete");
  });

  it("does not take a held key for the second press", () => {
    const keys = reader();
    keys.read(press("d"), "command", 0);
    expect(keys.read(press("d", { repeat: true }), "command", 30)).toBeNull();
    expect(keys.read(press("d", { repeat: true }), "command", 60)).toBeNull();
  });

  it("does not begin a sequence with a held key", () => {
    const keys = reader();
    expect(keys.read(press("d", { repeat: true }), "command", 0)).toBeNull();
    expect(keys.read(press("d"), "command", 30)).toBeNull();
  });

  it("breaks a sequence at another key, which keeps its own meaning", () => {
    const keys = reader();
    keys.read(press("d"), "command", 0);
    expect(keys.read(press("z"), "command", 50)?.id).toBe("undo");
    expect(keys.read(press("d"), "command", 100)).toBeNull();
  });

  it("reads nothing while an input method composes", () => {
    const keys = reader();
    expect(keys.read(press("z", { isComposing: true }), "command", 0)).toBeNull();
    expect(keys.read(press("Process"), "command", 0)).toBeNull();
  });

  it("keeps a sequence across a modifier that went down alone", () => {
    const keys = reader();
    keys.read(press("0"), "command", 0);
    keys.read(press("Shift", { shiftKey: true }), "command", 10);
    expect(keys.read(press("0"), "command", 20)?.id).toBe("restart");
  });

  it("reads letters as text in edit mode", () => {
    const keys = reader();
    expect(keys.read(press("z"), "edit", 0)).toBeNull();
    expect(keys.read(press("d"), "edit", 0)).toBeNull();
    expect(keys.read(press("d"), "command", 10)).toBeNull();
  });

  it("takes Accel for Meta on a Mac and for Ctrl elsewhere", () => {
    expect(reader().read(press("Enter", { ctrlKey: true }), "edit", 0)?.id).toBe("run");
    expect(reader().read(press("Enter", { metaKey: true }), "edit", 0)).toBeNull();
    expect(reader(true).read(press("Enter", { metaKey: true }), "edit", 0)?.id).toBe("run");
  });
});

describe("isOurs()", () => {
  it("leaves every key of a field alone", () => {
    expect(isOurs("field", press("a"))).toBe(false);
    expect(isOurs("field", press("Enter", { shiftKey: true }))).toBe(false);
  });

  it("leaves a button the keys that press it, and takes the others", () => {
    expect(isOurs("button", press("Enter"))).toBe(false);
    expect(isOurs("button", press(" "))).toBe(false);
    expect(isOurs("button", press("b"))).toBe(true);
    expect(isOurs("button", press("Enter", { shiftKey: true }))).toBe(true);
  });
});

describe("printKeys()", () => {
  it("prints signs a reader knows, by platform", () => {
    expect(printKeys("Accel-Enter", false)).toBe("Ctrl+Enter");
    expect(printKeys("Accel-S", true)).toBe("⌘S");
    expect(printKeys("D D", false)).toBe("D D");
    expect(printKeys("ArrowUp", false)).toBe("↑");
  });
});

describe("resolveKeys()", () => {
  it("orders modifiers as nameOf() does", () => {
    expect(resolveKeys("Shift-Accel-ArrowUp", false)).toEqual(["Ctrl-Shift-ArrowUp"]);
  });
});

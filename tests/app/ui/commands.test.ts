import { describe, expect, it } from "vitest";
import { commands } from "../../../app/ui/commands/index.ts";
import { resolveKeys } from "../../../app/ui/keys.ts";

const bindings = (isMac: boolean) =>
  commands.flatMap((command) =>
    command.modes.flatMap((mode) =>
      command.keys.map((keys) => ({ id: command.id, mode, steps: resolveKeys(keys, isMac) })),
    ),
  );

describe.each([
  ["a Mac", true],
  ["other systems", false],
])("commands on %s", (_, isMac) => {
  it("give each key of a mode to one command", () => {
    const owners = new Map<string, Set<string>>();
    for (const { id, mode, steps } of bindings(isMac)) {
      const key = `${mode}: ${steps.join(" ")}`;
      owners.set(key, (owners.get(key) ?? new Set()).add(id));
    }
    const shared = Array.from(owners).filter(([, ids]) => ids.size > 1);
    expect(shared).toEqual([]);
  });

  it("begin no sequence with a key that is a command by itself", () => {
    const all = bindings(isMac);
    const clashes = all.filter(
      ({ mode, steps }) =>
        steps.length === 2 &&
        all.some((other) => other.mode === mode && other.steps.join(" ") === steps[0]),
    );
    expect(clashes).toEqual([]);
  });
});

describe("commands", () => {
  it("have unique ids and titles", () => {
    expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
    expect(new Set(commands.map((command) => command.title)).size).toBe(commands.length);
  });

  it("bind no bare letter or digit in edit mode", () => {
    const bare = bindings(false).filter(
      ({ mode, steps }) => mode === "edit" && steps.some((step) => step.length === 1),
    );
    expect(bare).toEqual([]);
  });

  it("have the keys of Jupyter that this page promises", () => {
    const keysOf = (id: string) => commands.find((command) => command.id === id)?.keys;
    expect(keysOf("run-and-advance")).toEqual(["Shift-Enter"]);
    expect(keysOf("run-and-insert")).toEqual(["Alt-Enter"]);
    expect(keysOf("insert-above")).toEqual(["A"]);
    expect(keysOf("insert-below")).toEqual(["B"]);
    expect(keysOf("delete")).toEqual(["D D"]);
    expect(keysOf("interrupt")).toEqual(["I I"]);
    expect(keysOf("restart")).toEqual(["0 0"]);
    expect(keysOf("edit")).toEqual(["Enter"]);
  });
});

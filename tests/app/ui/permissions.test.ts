import { describe, expect, test } from "vitest";
import type { Notice } from "../../../kernel/hosts/notices.ts";
import type { CellId, RunId } from "../../../kernel/protocol.ts";
import { packagePatternOf } from "../../../app/notebook/packages.ts";
import { ownPermissions } from "../../../app/notebook/permissions.ts";
import { createPermissionActs } from "../../../app/ui/permission-acts.ts";
import {
  edited,
  isUntried,
  type NotebookState,
  notified,
  openState,
  redone,
  undone,
} from "../../../app/ui/store.ts";

const id = (name: string) => name as CellId;
const cell = (name: string) =>
  ({ id: id(name), type: "code", source: "1;", metadata: {} }) as const;
const opened = openState({ cells: [cell("a"), cell("b")], metadata: {} }, new Map());

const started = (name: string, run: number): Notice => ({
  kind: "started",
  cell: id(name),
  run: run as RunId,
  executionCount: run,
  names: null,
  source: "1;",
});
const blocked = (name: string, origin: string): Notice => ({
  kind: "blocked",
  cell: id(name),
  run: 1 as RunId,
  origin,
});

describe("hosts that cells ask for", () => {
  test("are noted once each, and no more than a reader would answer for", () => {
    const asked = [..."aabcdefg"].map((letter) => blocked("a", `https://${letter}.example`));
    const { blocked: noted } = notified(opened, asked, 0);
    expect(noted.map(({ origin }) => origin)).toEqual(
      [..."abcd"].map((letter) => `https://${letter}.example`),
    );
  });

  function acting(state: NotebookState) {
    const told: string[] = [];
    let current = state;
    const acts = createPermissionActs({
      get: () => current,
      set: (next) => (current = { ...current, ...next }),
      dispatch: (edit) => (current = edited(current, edit)),
      restart: () => told.push(`restart with ${current.permissions.origins.join()}`),
      run: (cells) => told.push(`run ${[...cells].join()}`),
    });
    return { acts, told, state: () => current };
  }

  test("are allowed in a new kernel, and who asked runs again where nothing else had run", () => {
    const state = notified(opened, [started("a", 1), blocked("a", "https://x.example")], 0);
    const { acts, told, state: now } = acting(state);
    acts.allow("https://x.example");
    expect(told).toEqual(["restart with https://x.example", "run a"]);
    expect(now().blocked).toEqual([]);
    acts.disallow("https://x.example");
    expect(told.at(-1)).toBe("restart with ");
  });

  test("bring packages from another place in a new kernel, and back from the usual one", () => {
    const { acts, told, state } = acting(opened);
    acts.takePackagesFrom("https://x.example/{name}@{version}");
    expect(told).toEqual(["restart with "]);
    expect(packagePatternOf(state().notebook.metadata)).toBe("https://x.example/{name}@{version}");
    acts.takePackagesFrom(null);
    expect(state().notebook.metadata).toEqual({});
  });

  test("run nothing again where other cells had names to lose", () => {
    const notices = [started("b", 1), started("a", 2), blocked("a", "https://x.example")];
    const { acts, told } = acting(notified(opened, notices, 0));
    acts.allow("https://x.example");
    expect(told).toEqual(["restart with https://x.example"]);
  });
});

test("a package's version goes into the metadata, and undo takes nothing of it back", () => {
  const notice: Notice = {
    kind: "package",
    cell: id("a"),
    run: 1 as RunId,
    wanted: "d3",
    version: "7.9.0",
  };
  const pinned = notified(opened, [notice], 0);
  expect(pinned.notebook.metadata).toEqual({ descent: { packages: { d3: "7.9.0" } } });
  expect(undone(pinned)).toBe(pinned);
  const titled = edited(opened, { kind: "set-notebook-metadata", metadata: { title: "A" } });
  const both = notified(titled, [notice], 0);
  expect(undone(both).notebook.metadata).toEqual({ descent: { packages: { d3: "7.9.0" } } });
  expect(redone(undone(both)).notebook.metadata).toEqual(both.notebook.metadata);
});

test("a notebook from elsewhere is untried until a cell of it runs; one's own never is", () => {
  expect(isUntried(opened)).toBe(true);
  expect(isUntried(notified(opened, [started("a", 1)], 0))).toBe(false);
  expect(isUntried({ ...opened, permissions: ownPermissions })).toBe(false);
  expect(isUntried(openState({ cells: [], metadata: {} }, new Map()))).toBe(false);
});

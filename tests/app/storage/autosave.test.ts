import { describe, expect, test } from "vitest";
import { createAutosave } from "../../../app/storage/autosave.ts";
import { fakeClock, settle } from "./clock.ts";

/** An autosave on a fake clock, with a disk that takes `diskMs` and fails while `broken` is set. */
function setUp(diskMs = 0) {
  const clock = fakeClock();
  const disk: string[] = [];
  const told: string[] = [];
  const fault: { broken: Error | null } = { broken: null };
  const save = (value: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const write = (): void => {
        if (fault.broken) return reject(fault.broken);
        disk.push(value);
        resolve();
      };
      if (diskMs === 0) write();
      else clock.after(diskMs, write);
    });
  const autosave = createAutosave(save, (state) => told.push(state.kind), clock);
  return { autosave, clock, disk, told, fault };
}

describe("autosave", () => {
  test("saves within a second of a change", async () => {
    const { autosave, clock, disk, told } = setUp();
    autosave.changed("a");
    expect(disk).toEqual([]);
    await clock.pass(1000);
    expect(disk).toEqual(["a"]);
    expect(told).toEqual(["unsaved", "saving", "saved"]);
  });

  test("saves within a second even while changes never rest", async () => {
    const { autosave, clock, disk } = setUp();
    for (let i = 0; i < 20; i += 1) {
      autosave.changed(`key ${i}`);
      await clock.pass(100);
    }
    expect(disk).toEqual(["key 8", "key 17"]);
  });

  test("saves once after a burst of changes", async () => {
    const { autosave, clock, disk } = setUp();
    for (const value of "abc") autosave.changed(value);
    await clock.pass(5000);
    expect(disk).toEqual(["c"]);
  });

  test("saves again what changed while it was saving, never two at a time", async () => {
    const { autosave, clock, disk } = setUp(50);
    autosave.changed("a");
    await clock.pass(420);
    autosave.changed("b");
    expect(disk).toEqual([]);
    await clock.pass(2000);
    expect(disk).toEqual(["a", "b"]);
    expect(autosave.state().kind).toBe("saved");
  });

  test("rests as long as a slow disk worked, but never leaves a change unsaved for long", async () => {
    const { autosave, clock, disk } = setUp(3_000);
    autosave.changed("a");
    await clock.pass(3_500);
    expect(disk).toEqual(["a"]);
    autosave.changed("b");
    await clock.pass(1_900);
    autosave.changed("c");
    await clock.pass(3_200);
    expect(disk).toEqual(["a", "c"]);
  });

  test("flush() saves at once, also what changed during a save", async () => {
    const { autosave, clock, disk } = setUp(50);
    autosave.changed("a");
    const first = autosave.flush();
    await clock.pass(10);
    autosave.changed("b");
    const second = autosave.flush();
    await clock.pass(100);
    await Promise.all([first, second]);
    expect(disk).toEqual(["a", "b"]);
  });

  test("flush() of nothing saves nothing", async () => {
    const { autosave, disk, told } = setUp();
    await autosave.flush();
    expect(disk).toEqual([]);
    expect(told).toEqual([]);
  });

  test("a failed save is told with its reason, kept and tried again", async () => {
    const { autosave, clock, disk, fault } = setUp();
    fault.broken = new Error("disk full");
    autosave.changed("a");
    await clock.pass(1000);
    expect(autosave.state()).toEqual({ kind: "failed", error: fault.broken });
    fault.broken = null;
    await clock.pass(5000);
    expect(disk).toEqual(["a"]);
    expect(autosave.state().kind).toBe("saved");
  });

  test("a change after a failed save is saved in its place", async () => {
    const { autosave, clock, disk, fault } = setUp();
    fault.broken = new Error("disk full");
    autosave.changed("a");
    await autosave.flush();
    fault.broken = null;
    autosave.changed("b");
    expect(autosave.state().kind).toBe("failed");
    await clock.pass(1000);
    expect(disk).toEqual(["b"]);
  });

  test("flush() gives up on a disk that fails", async () => {
    const { autosave, fault } = setUp();
    fault.broken = new Error("disk full");
    autosave.changed("a");
    await autosave.flush();
    expect(autosave.state().kind).toBe("failed");
  });

  test("close() starts no further save", async () => {
    const { autosave, clock, disk } = setUp();
    autosave.changed("a");
    autosave.close();
    autosave.changed("b");
    await clock.pass(10_000);
    await settle();
    expect(disk).toEqual([]);
  });
});

/** When long work is done on a page that is scrolled: with frames and a clock of our own. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";

let frames: ((now: number) => void)[] = [];
let scroll = () => {};
let nowMs = 0;

/** Shows frames of 16 ms, each after a scroll if the reader scrolls. */
async function show(count: number, isScrolled = false): Promise<void> {
  for (let i = 0; i < count; i++) {
    nowMs += 16;
    if (isScrolled) scroll();
    for (const frame of frames.splice(0)) frame(nowMs);
    await vi.waitFor(() => Promise.resolve());
  }
}

beforeEach(() => {
  vi.resetModules();
  frames = [];
  nowMs = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs);
  vi.stubGlobal("requestAnimationFrame", (frame: (now: number) => void) => frames.push(frame));
  vi.stubGlobal("addEventListener", (_: string, listener: () => void) => (scroll = listener));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const load = async () => {
  const { followScrolling, whenStill } = await import("../../../app/outputs/still-page.ts");
  followScrolling();
  return whenStill;
};

test("work waits for two frames of a page that stands still", async () => {
  const whenStill = await load();
  const done: string[] = [];
  whenStill(() => done.push("scene"));
  await show(1);
  expect(done).toEqual([]);
  await show(1);
  expect(done).toEqual(["scene"]);
});

test("nothing is done while the page is scrolled, and not at once after", async () => {
  const whenStill = await load();
  const done: string[] = [];
  whenStill(() => done.push("scene"));
  await show(40, true);
  await show(4);
  expect(done).toEqual([]);
  await show(12);
  expect(done).toEqual(["scene"]);
});

test("who began to scroll during long work does not wait for the next", async () => {
  const whenStill = await load();
  const done: string[] = [];
  whenStill(() => {
    done.push("one");
    // The browser tells of it when the work is over.
    nowMs += 2000;
  });
  whenStill(() => done.push("other"));
  await show(2);
  await show(30, true);
  expect(done).toEqual(["one"]);
  await show(14);
  expect(done).toEqual(["one", "other"]);
});

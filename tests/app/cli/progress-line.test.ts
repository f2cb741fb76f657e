import { expect, test } from "vitest";
import { createProgressLine, type ProgressSink } from "../../../app/cli/progress-line.ts";

function open(sink: Omit<ProgressSink, "write">) {
  const written: string[] = [];
  const clock = { ms: 0 };
  const line = createProgressLine(
    { ...sink, write: (text: string) => written.push(text) },
    () => clock.ms,
  );
  const tell = (ms: number, done: number) => {
    clock.ms = ms;
    line.tell("fit", { done, total: 460, perSecond: 90 });
  };
  return { written, line, tell };
}

test("a terminal has one line, written over ten times a second and out of the way of other text", () => {
  const { written, line, tell } = open({ isTTY: true, columns: 24 });
  for (const ms of [0, 50, 100, 120, 210]) tell(ms, ms);
  expect(written).toEqual([
    "\rfit: 100 of 460 · 90 pe\u001b[K",
    "\rfit: 210 of 460 · 90 pe\u001b[K",
  ]);
  line.clear();
  line.clear();
  expect(written.slice(2)).toEqual(["\r\u001b[K"]);
});

test("a log has a line every ten seconds, and none for a quick loop", () => {
  const { written, line, tell } = open({});
  for (const ms of [0, 5_000, 10_000, 15_000, 20_000]) tell(ms, ms / 100);
  line.clear();
  expect(written).toEqual([
    "fit: 100 of 460 · 90 per second · 4.0 s left\n",
    "fit: 200 of 460 · 90 per second · 2.9 s left\n",
  ]);
});

import { expect, test } from "vitest";
import {
  ACKNOWLEDGED,
  applyControl,
  ATTENTION,
  createControl,
  INTERRUPT,
  KNOB_SLOTS,
  PRESS,
  STOP_RUN,
  TICK,
  tick,
  viewControl,
} from "../../../kernel/hosts/control.ts";
import type { RunId } from "../../../kernel/protocol.ts";

test("both sides of shared memory see the same block", () => {
  const control = createControl(true);
  const other = viewControl(control.memory);
  applyControl(control, { kind: "knob", slot: KNOB_SLOTS - 1, value: 0.25 });
  applyControl(control, { kind: "interrupt", run: 7 as RunId });
  expect(other.knobs[KNOB_SLOTS - 1]).toBe(0.25);
  expect([other.flags[ATTENTION], other.flags[STOP_RUN]]).toEqual([INTERRUPT, 7]);
});

test("bits of attention stand beside each other", () => {
  const control = createControl(false);
  tick(control);
  applyControl(control, { kind: "interrupt", run: 1 as RunId });
  expect(control.flags[ATTENTION]).toBe(INTERRUPT | TICK);
});

test("acknowledgements only ever go up, and slots outside the block are ignored", () => {
  const control = createControl(false);
  applyControl(control, { kind: "acknowledge", batch: 5 });
  applyControl(control, { kind: "acknowledge", batch: 3 });
  applyControl(control, { kind: "knob", slot: KNOB_SLOTS, value: 1 });
  applyControl(control, { kind: "knob", slot: -1, value: 1 });
  expect(control.flags[ACKNOWLEDGED]).toBe(5);
});

test("presses only ever go up, and ask for attention", () => {
  const control = createControl(false);
  applyControl(control, { kind: "press", slot: 1, value: 2 });
  applyControl(control, { kind: "press", slot: 1, value: 1 });
  applyControl(control, { kind: "press", slot: KNOB_SLOTS, value: 1 });
  expect(control.knobs[1]).toBe(2);
  expect(control.flags[ATTENTION]).toBe(PRESS);
});

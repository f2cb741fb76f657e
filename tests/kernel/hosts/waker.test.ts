import { expect, test } from "vitest";
import type { ControlMessage } from "../../../kernel/hosts/control.ts";
import { createWaker } from "../../../kernel/hosts/waker.ts";

const knob: ControlMessage = { kind: "knob", slot: 0, value: 1 };
const text: ControlMessage = { kind: "text", slot: 0, text: "an" };
const press: ControlMessage = { kind: "press", slot: 0, value: 1 };

function heard() {
  const told: ControlMessage[] = [];
  return { told, waker: createWaker((message) => void told.push(message)) };
}

test("a busy kernel is told of presses, not of knobs, which it finds in the block", () => {
  const { told, waker } = heard();
  waker.wrote(text);
  waker.busy(true);
  for (const message of [knob, text, press]) waker.wrote(message);
  expect(told).toEqual([text, press]);
});

test("a kernel that comes to rest is told of what it may not have seen, once", () => {
  const { told, waker } = heard();
  waker.busy(true);
  waker.wrote(knob);
  waker.wrote(text);
  waker.busy(false);
  expect(told).toEqual([text]);
  waker.busy(true);
  waker.busy(false);
  expect(told).toEqual([text]);
});

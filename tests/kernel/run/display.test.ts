import { describe, expect, test } from "vitest";
import type { DisplayId, OutputEvent } from "../../../kernel/protocol.ts";
import { createDisplay, DISPLAY } from "../../../kernel/run/display.ts";

function open() {
  const events: OutputEvent[] = [];
  let count = 0;
  const display = createDisplay({
    emit: (event) => events.push(event),
    nextId: () => `d${(count += 1)}` as DisplayId,
  });
  return { events, display };
}
const text = (kind: "display" | "update", value: string, display: string) => ({
  kind,
  data: { "text/plain": value },
  metadata: {},
  display,
});

describe("display()", () => {
  test("gives a handle that shows another value in its place, and nothing as a result", () => {
    const { events, display } = open();
    const line = display(1);
    display(2);
    line.update(3);
    expect(events).toEqual([
      text("display", "1", "d1"),
      text("display", "2", "d2"),
      text("update", "3", "d1"),
    ]);
    expect((Reflect.get(line, DISPLAY) as () => unknown)()).toEqual({});
  });

  test("keeps an id of one's own over several displays and updates", () => {
    const { events, display } = open();
    display(1, { id: "state" });
    display(2, { id: "state", update: true });
    display(3, { id: "state" });
    display(4, { id: "state", update: true });
    expect(events).toEqual([
      text("display", "1", "d1"),
      text("update", "2", "d1"),
      text("display", "3", "d2"),
      text("update", "4", "d1"),
      text("update", "4", "d2"),
    ]);
  });

  test("waits for a bundle that is promised, and for its updates", async () => {
    const { events, display } = open();
    const late = (value: string) => ({ [DISPLAY]: () => Promise.resolve({ "text/plain": value }) });
    await display(late("a")).update(late("b")).shown;
    expect(events).toEqual([text("display", "a", "d1"), text("update", "b", "d1")]);
  });

  test.each([
    [{ update: true }, "display: an update needs the id of a display"],
    [{ id: "x", update: true }, 'display: nothing was shown as "x" yet'],
    [{ id: 3 }, "display: a number for the id - wanted a text"],
    [{ ID: "x" }, 'display: option "ID" - wanted id, update'],
  ])("refuses %o", (options, message) => {
    const { events, display } = open();
    expect(() => display(1, options as never)).toThrow(message);
    expect(events).toEqual([]);
  });
});

import { expose } from "comlink";
import { expect, test } from "vitest";
import { connectKernel } from "../../../kernel/hosts/connection.ts";
import type { ControlMessage } from "../../../kernel/hosts/control.ts";
import type { Engine, Program, RunId } from "../../../kernel/protocol.ts";

const report = {
  status: "ok",
  durationMs: 1,
  left: 0,
  wrote: [],
  readKnobs: [],
  trained: false,
  drew: false,
};

test("a run after a knob was moved begins when the move has come", async () => {
  const { port1, port2 } = new MessageChannel();
  const told: string[] = [];
  const run = () => {
    told.push("run");
    return report;
  };
  expose({ run }, port2);
  let arrive = () => {};
  const connection = connectKernel({
    port: port1,
    shared: true,
    guard: "plain",
    engine: { backend: "reference", threads: 1 } as unknown as Engine,
    control: ({ kind }: ControlMessage) => void told.push(kind),
    controlled: () =>
      new Promise((resolve) => {
        arrive = () => {
          told.push("arrived");
          resolve();
        };
      }),
    onBackground: () => {},
    terminate: () => {},
    ended: new Promise(() => {}),
  });
  const program = { run: 1 as RunId } as Program;
  await connection.api.run(program);
  connection.turnKnob({ kind: "knob", slot: 0, value: 4 });
  const done = connection.api.run({ ...program, run: 2 as RunId });
  // Stop is heard while it waits.
  connection.interrupt();
  arrive();
  await done;
  await connection.api.run({ ...program, run: 3 as RunId });
  expect(told).toEqual(["run", "knob", "interrupt", "arrived", "run", "run"]);
  port1.close();
});

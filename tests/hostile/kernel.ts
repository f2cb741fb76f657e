/**
 * Entry of a kernel that has been taken over, in place of the true one: each run sends batch after
 * batch of hostile events as fast as the page acknowledges them, then ends well.
 */
import { ACKNOWLEDGED, viewControl } from "../../kernel/hosts/control.ts";
import { hostileBatch } from "./messages.ts";
import { createChance } from "./values.ts";

declare const EVENTS: number;
const EACH = 20;

interface Request {
  readonly id?: string;
  readonly path?: readonly string[];
  readonly argumentList?: readonly {
    readonly value: { readonly cell: string; readonly run: number };
  }[];
}

export function start({ memory }: { readonly memory: ArrayBufferLike }, port: MessagePort): void {
  const { flags } = viewControl(memory);
  const chance = createChance(20_261_123);
  let batch = 0;

  const turn = () => new Promise((resolve) => setTimeout(resolve, 4));
  async function attack(cell: string, run: number): Promise<void> {
    for (let sent = 0; sent < EVENTS; sent += EACH) {
      while (batch - Atomics.load(flags, ACKNOWLEDGED) >= 2) await turn();
      batch += 1;
      try {
        const { events } = hostileBatch(chance, batch, cell, run, EACH);
        // Each batch is drawn in place of the one before: five hundred figures would be slow, not hostile.
        const clear = { cell, run, event: { kind: "clear", wait: false } };
        port.postMessage({ batch, events: [clear, ...events] });
      } catch {
        // A value that no port takes: this batch is not sent, and its number not used.
        batch -= 1;
      }
    }
    while (batch > Atomics.load(flags, ACKNOWLEDGED)) await turn();
  }

  port.onmessage = ({ data }: MessageEvent<Request>) => {
    const answer = (value: unknown) => port.postMessage({ id: data.id, type: "RAW", value });
    const program = data.argumentList?.[0]?.value;
    if (data.path?.[0] !== "run" || program === undefined) return answer(undefined);
    const report = {
      status: "ok",
      durationMs: 1,
      left: 0,
      wrote: [],
      readKnobs: [],
      trained: false,
      drew: false,
    };
    void attack(program.cell, program.run).then(() => answer(report));
  };
  postMessage({ kind: "ready", engine: { backend: "reference", threads: 1 } });
}

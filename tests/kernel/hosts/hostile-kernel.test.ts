import { transform } from "esbuild";
import { expect, test } from "vitest";
import { parseIpynb, printIpynb } from "../../../app/formats/ipynb.ts";
import { resultsOf } from "../../../app/notebook/runtime.ts";
import { newCell } from "../../../app/notebook/document.ts";
import { notified, openState } from "../../../app/ui/store.ts";
import { createCompiler } from "../../../kernel/compile/index.ts";
import { createKernelClient } from "../../../kernel/hosts/client.ts";
import { connectKernel } from "../../../kernel/hosts/connection.ts";
import type { KernelConnection, KernelEnd, KernelHost } from "../../../kernel/hosts/host.ts";
import { isFileName } from "../../../kernel/file-name.ts";
import { soaking } from "../../counts.ts";
import { hostileAnswer, hostileBatch, hostileMessage } from "../../hostile/messages.ts";
import { type Chance, createChance } from "../../hostile/values.ts";

type Listener = (event: { data: unknown }) => void;

/** What the kernel on the other side of a port may do: `send` clones as a port does. */
interface Seized {
  readonly send: (message: unknown) => void;
  readonly run: number;
}

/** Kernels that do as `attack` says whenever they are asked to run, and answer as they like. */
function hostOf(attack: (kernel: Seized) => void, answer: (id: unknown) => object): KernelHost {
  return {
    start(): Promise<KernelConnection> {
      const listeners = new Set<Listener>();
      let end: (end: KernelEnd) => void = () => {};
      const ended = new Promise<KernelEnd>((resolve) => (end = resolve));
      const send = (message: unknown) => {
        let data: unknown;
        try {
          data = structuredClone(message);
        } catch {
          // What a port would not take either.
          return;
        }
        for (const listener of listeners) listener({ data });
      };
      const connection = connectKernel({
        port: {
          addEventListener: (_: string, listener: unknown) =>
            void listeners.add(listener as Listener),
          removeEventListener: (_: string, listener: unknown) =>
            void listeners.delete(listener as Listener),
          postMessage(request: { id?: unknown; path?: string[]; argumentList?: unknown[] }) {
            if (request.path?.[0] === "run") {
              const [first] = request.argumentList as [{ value: { run: number } }];
              attack({ send, run: first.value.run });
            }
            send(answer(request.id));
          },
        },
        shared: true,
        guard: "plain",
        engine: { backend: "reference", threads: 1 },
        control: () => {},
        onBackground: () => {},
        terminate: () => end({ reason: "the kernel was stopped", checkpoint: null }),
        ended,
      });
      return Promise.resolve(connection);
    },
  };
}

async function attacked(rounds: number, each: number, chance: Chance) {
  const cell = { ...newCell("code", "1;"), id: "a" as never };
  let state = openState({ cells: [cell], metadata: {} }, new Map());
  const files = new Map<string, Uint8Array>();
  const refused: unknown[] = [];
  let batch = 0;
  const client = createKernelClient({
    host: hostOf(
      ({ send, run }) => {
        for (let sent = 0; sent < each; sent++) {
          batch = chance.next() < 0.1 ? chance.whole(100) : batch + 1;
          if (chance.next() < 0.5) send(hostileBatch(chance, batch, "a", run, 1));
          else send(hostileMessage(chance));
        }
      },
      (id) => hostileAnswer(chance, id),
    ),
    compiler: createCompiler(transform),
    files: {
      read: (name) => Promise.resolve(files.get(name) ?? null),
      write: (name, bytes) => Promise.resolve(void files.set(name, bytes)),
    },
    data: { names: [], fetch: () => Promise.reject(new Error("none")) },
    notify(notices) {
      state = notified(state, notices, 0);
    },
  });
  const note = (error: unknown) => refused.push(error);
  process.on("unhandledRejection", note);
  process.on("uncaughtException", note);
  for (let round = 0; round < rounds; round++) {
    await client.run([{ cell: cell.id, source: "1;" }]);
  }
  client.close();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  process.off("uncaughtException", note);
  return { state, files, refused };
}

const rounds = soaking ? 2_500 : 50;

test(
  `a host survives ${rounds * 40} messages of a kernel that has been taken over`,
  { timeout: 600_000 },
  async () => {
    const { state, files, refused } = await attacked(rounds, 40, createChance(20_261_123));
    expect(refused).toEqual([]);
    expect("pwned" in {}).toBe(false);
    expect("pwned" in globalThis).toBe(false);
    expect([...files.keys()].filter((name) => !isFileName(name))).toEqual([]);
    // No more is kept than a cell may have, and a file of it can be written and read.
    for (const { outputs, mistakes } of state.runtime.cells.values()) {
      expect(outputs.length).toBeLessThanOrEqual(501);
      expect(mistakes.length).toBeLessThanOrEqual(17);
    }
    expect(state.blocked.length).toBeLessThanOrEqual(4);
    const text = printIpynb(state.notebook, resultsOf(state.notebook, state.runtime));
    expect(parseIpynb(text).notebook.cells).toHaveLength(1);
  },
);

test("a kernel that floods its host with what is no batch is ended, and the cell says why", async () => {
  const reasons: (string | undefined)[] = [];
  const client = createKernelClient({
    host: hostOf(
      ({ send }) => {
        for (let sent = 0; sent < 500; sent++) send({ id: "x", type: "RAW", value: sent });
      },
      (id) => ({ id: `not ${String(id)}` }),
    ),
    compiler: createCompiler(transform),
    files: { read: () => Promise.resolve(null), write: () => Promise.resolve() },
    data: { names: [], fetch: () => Promise.reject(new Error("none")) },
    notify(notices) {
      for (const notice of notices)
        if (notice.kind === "kernel" && notice.status === "dead") reasons.push(notice.reason);
    },
  });
  await client.run([{ cell: "a" as never, source: "1;" }]);
  expect(reasons).toEqual(["the kernel sent what no kernel sends"]);
});

test("an error whose message is a list of four thousand million gaps costs a host nothing", async () => {
  const message = Object.assign([1], { length: 2 ** 32 - 1 });
  const statuses: string[] = [];
  const client = createKernelClient({
    host: hostOf(
      () => {},
      (id) => ({
        id,
        type: "HANDLER",
        name: "throw",
        value: { isError: true, value: { message } },
      }),
    ),
    compiler: createCompiler(transform),
    files: { read: () => Promise.resolve(null), write: () => Promise.resolve() },
    data: { names: [], fetch: () => Promise.reject(new Error("none")) },
    notify(notices) {
      for (const notice of notices) if (notice.kind === "finished") statuses.push(notice.status);
    },
  });
  await client.run([{ cell: "a" as never, source: "1;" }]);
  expect(statuses).toEqual(["killed"]);
});

import { describe, expect, test } from "vitest";
import { lockNotebook, type LockChannel, type LockParts } from "../../../app/storage/lock.ts";
import { fakeClock, settle } from "./clock.ts";

type Grant = (lock: Lock | null) => unknown;

/** A browser's lock manager for one name, after https://w3c.github.io/web-locks/. */
function fakeLocks(): NonNullable<LockParts["locks"]> {
  let holder: { reject: (error: Error) => void } | null = null;
  const line: (() => void)[] = [];
  const lock = { name: "", mode: "exclusive" } as Lock;

  function grant(call: Grant, resolve: (value: unknown) => void, reject: (e: Error) => void): void {
    const mine = { reject };
    holder = mine;
    void Promise.resolve(call(lock)).then((value) => {
      if (holder === mine) {
        holder = null;
        line.shift()?.();
      }
      return resolve(value);
    });
  }
  function request(_name: string, options: LockOptions, call: Grant): Promise<unknown> {
    return new Promise((resolve, reject) => {
      queueMicrotask(() => {
        if (options.steal) {
          holder?.reject(new DOMException("stolen", "AbortError"));
          grant(call, resolve, reject);
        } else if (holder === null) grant(call, resolve, reject);
        else if (options.ifAvailable) resolve(call(null));
        else {
          const next = (): void => grant(call, resolve, reject);
          line.push(next);
          options.signal?.addEventListener("abort", () => {
            const at = line.indexOf(next);
            if (at >= 0) line.splice(at, 1);
            reject(new DOMException("aborted", "AbortError"));
          });
        }
      });
    });
  }
  return { request: request as LockManager["request"] };
}

/** Two tabs or more in one browser. */
function setUp() {
  const clock = fakeClock();
  const locks = fakeLocks();
  const channels = new Set<(event: MessageEvent) => void>();
  const open = (events: { beforeHandover?: () => Promise<void> } = {}) => {
    const told: string[] = [];
    let hear: ((event: MessageEvent) => void) | null = null;
    const mine = (event: MessageEvent): void => hear?.(event);
    const channel: LockChannel = {
      addEventListener: (_type, listener) => {
        hear = listener;
      },
      postMessage: (data) => {
        for (const other of channels) {
          if (other !== mine) other({ data } as MessageEvent);
        }
      },
      close: () => channels.delete(mine),
    };
    channels.add(mine);
    const lock = lockNotebook(
      "n",
      {
        gained: () => told.push("gained"),
        lost: () => told.push("lost"),
        beforeHandover: events.beforeHandover ?? (() => Promise.resolve()),
      },
      { locks, openChannel: () => channel, after: (delayMs, call) => clock.after(delayMs, call) },
    );
    return { ...lock, told };
  };
  return { clock, open };
}

describe("lockNotebook()", () => {
  test("gives the notebook to the first tab and lets the second read", async () => {
    const { open } = setUp();
    const first = open();
    await settle();
    const second = open();
    await settle();
    expect(first.told).toEqual(["gained"]);
    expect(second.told).toEqual(["lost"]);
  });

  test("gives it to the waiting tab when the first closes", async () => {
    const { open } = setUp();
    const first = open();
    await settle();
    const second = open();
    await settle();
    first.release();
    await settle();
    expect(second.told).toEqual(["lost", "gained"]);
  });

  test("takeOver() waits until the holder has saved", async () => {
    const { open } = setUp();
    const saved: (() => void)[] = [];
    const saving = new Promise<void>((resolve) => {
      saved.push(resolve);
    });
    const first = open({ beforeHandover: () => saving });
    await settle();
    const second = open();
    await settle();
    second.takeOver();
    await settle();
    expect(second.told).toEqual(["lost"]);
    for (const done of saved) done();
    await settle();
    expect(first.told).toEqual(["gained", "lost"]);
    expect(second.told).toEqual(["lost", "gained"]);
  });

  test("takeOver() takes it from a holder that does not answer, and the holder is told", async () => {
    const { clock, open } = setUp();
    const first = open({ beforeHandover: () => new Promise(() => {}) });
    await settle();
    const second = open();
    await settle();
    second.takeOver();
    await clock.pass(1999);
    expect(second.told).toEqual(["lost"]);
    await clock.pass(1);
    expect(first.told).toEqual(["gained", "lost"]);
    expect(second.told).toEqual(["lost", "gained"]);
  });

  test("can go back and forth", async () => {
    const { clock, open } = setUp();
    const first = open();
    await settle();
    const second = open();
    await settle();
    second.takeOver();
    await clock.pass(5000);
    first.takeOver();
    await clock.pass(5000);
    expect(first.told).toEqual(["gained", "lost", "gained"]);
    expect(second.told).toEqual(["lost", "gained", "lost"]);
  });

  test("a tab that took it by force hands it over once, and not to itself", async () => {
    const { clock, open } = setUp();
    const first = open({ beforeHandover: () => new Promise(() => {}) });
    await settle();
    const second = open();
    await settle();
    second.takeOver();
    await clock.pass(5000);
    first.takeOver();
    await clock.pass(5000);
    expect(first.told).toEqual(["gained", "lost", "gained"]);
    expect(second.told).toEqual(["lost", "gained", "lost"]);
  });

  test("hands over even when saving fails: the text is still in the tab", async () => {
    const { open } = setUp();
    const first = open({ beforeHandover: () => Promise.reject(new Error("disk full")) });
    await settle();
    const second = open();
    await settle();
    second.takeOver();
    await settle();
    expect(first.told).toEqual(["gained", "lost"]);
    expect(second.told).toEqual(["lost", "gained"]);
  });

  test("without locks in the browser the tab may write", () => {
    const told: string[] = [];
    lockNotebook(
      "n",
      {
        gained: () => told.push("gained"),
        lost: () => told.push("lost"),
        beforeHandover: () => Promise.resolve(),
      },
      {
        locks: undefined,
        openChannel: () => {
          throw new Error("no channel is wanted");
        },
        after: () => () => {},
      },
    );
    expect(told).toEqual(["gained"]);
  });
});

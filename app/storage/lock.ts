/**
 * One writer for each notebook: a Web Lock, held by the tab that opened it first. Others read, and
 * can ask for it: the holder saves and lets go; one that does not answer loses it.
 */

export interface LockEvents {
  /** This tab may write. What it shows may be old: load again if it was read-only before. */
  gained(): void;
  /** Another tab writes. */
  lost(): void;
  /** Another tab asks: save what is not saved. The lock goes when this has settled. */
  beforeHandover(): Promise<void>;
}

export interface NotebookLock {
  /** Asks the holder for the notebook; after a grace time takes it. Without effect for the holder. */
  takeOver(): void;
  /** Lets go, or stops waiting. */
  release(): void;
}

/** What the browser lends: passed in by tests. */
export interface LockParts {
  readonly locks: Pick<LockManager, "request"> | undefined;
  readonly openChannel: (name: string) => LockChannel;
  /** Calls once after a time; the answer takes it back. */
  readonly after: (delayMs: number, call: () => void) => () => void;
}

export interface LockChannel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  close(): void;
}

/** How long a holder may take to save and let go. */
const GRACE_MS = 2_000;
const ASK = "hand over";

/**
 * Takes the lock of a notebook if it is free, and waits for it otherwise. `gained` or `lost` tells
 * which, soon. Where the browser has no locks (an insecure address), this tab may write.
 */
export function lockNotebook(
  notebook: string,
  events: LockEvents,
  parts: LockParts = browserParts(),
): NotebookLock {
  const { locks } = parts;
  if (locks === undefined) {
    events.gained();
    return { takeOver: () => {}, release: () => {} };
  }
  const name = `descent-notebook-${notebook}`;
  const channel = parts.openChannel(name);
  /** Ends our hold; null while another tab has it. */
  let letGo: (() => void) | null = null;
  let line = new AbortController();
  let cancelSteal: (() => void) | null = null;
  let released = false;

  /** Asks for the lock and, once granted, holds it until `letGo`. */
  async function request(manager: Locks, options: LockOptions): Promise<void> {
    let mine: (() => void) | null = null;
    try {
      await manager.request(name, options, (lock) => {
        if (released) return undefined;
        if (lock === null) {
          events.lost();
          waitInLine(manager);
          return undefined;
        }
        return new Promise<void>((resolve) => {
          mine = resolve;
          letGo = resolve;
          cancelSteal?.();
          events.gained();
        });
      });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError")) throw error;
      // Out of the line by our own wish, unless it was ours: then another tab took it.
      if (mine !== null && letGo === mine) lose(manager);
    }
  }

  function waitInLine(manager: Locks): void {
    line = new AbortController();
    void request(manager, { signal: line.signal });
  }

  function lose(manager: Locks): void {
    letGo = null;
    events.lost();
    waitInLine(manager);
  }

  async function handOver(manager: Locks): Promise<void> {
    const held = letGo;
    if (held === null) return;
    // Even unsaved: this tab keeps its text and can download it, and the asker would take the lock.
    await Promise.allSettled([events.beforeHandover()]);
    if (letGo !== held) return;
    held();
    lose(manager);
  }

  channel.addEventListener("message", ({ data }) => {
    if (data === ASK) void handOver(locks);
  });
  void request(locks, { ifAvailable: true });

  return {
    takeOver() {
      if (letGo !== null || released) return;
      channel.postMessage(ASK);
      cancelSteal?.();
      cancelSteal = parts.after(GRACE_MS, () => {
        // Else we would stand in line behind ourselves.
        line.abort();
        void request(locks, { steal: true });
      });
    },
    release() {
      released = true;
      cancelSteal?.();
      channel.close();
      line.abort();
      letGo?.();
      letGo = null;
    },
  };
}

type Locks = NonNullable<LockParts["locks"]>;

function browserParts(): LockParts {
  return {
    // Absent in insecure contexts, despite the type.
    locks: navigator.locks,
    openChannel: (name) => new BroadcastChannel(name),
    after(delayMs, call) {
      const timer = setTimeout(call, delayMs);
      return () => clearTimeout(timer);
    },
  };
}

/**
 * A worker of the page's own whose code the page keeps once it has come: it starts again and again, also
 * without a connection.
 */

export interface OwnWorker {
  /** Fetches the code, to start without asking for it. @throws Error for a code that does not come */
  fetch(): Promise<void>;
  start(): Worker;
}

/** `url` is what `?worker&url` gives: one file that imports no other. */
export function ownWorker(url: string): OwnWorker {
  let kept: string | null = null;
  return {
    async fetch() {
      // In development it is many files, which only their server can join.
      if (kept !== null || import.meta.env.DEV) return;
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      kept = URL.createObjectURL(await response.blob());
    },
    start: () => new Worker(kept ?? url, { type: "module" }),
  };
}

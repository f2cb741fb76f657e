/** The page's side: a worker for each contestant, asked one at a time by the harness. */
import type { Answered, Asked, Question } from "../engines/messages.ts";

const workers = new Map<string, Worker>();
let asked = 0;

function worker(name: string): Worker {
  const found = workers.get(name);
  if (found === undefined) throw new Error(`no worker "${name}"`);
  return found;
}

const lab = {
  isIsolated: (): boolean => globalThis.crossOriginIsolated,

  open(name: string, url: string): void {
    workers.set(name, new Worker(url, { type: "module", name }));
  },

  close(name: string): void {
    workers.get(name)?.terminate();
    workers.delete(name);
  },

  ask(name: string, question: Question): Promise<Answered> {
    const target = worker(name);
    const id = ++asked;
    return new Promise((resolve) => {
      const settle = (answered: Answered): void => {
        target.removeEventListener("message", onMessage);
        target.removeEventListener("error", onError);
        resolve(answered);
      };
      const onMessage = ({ data }: MessageEvent<Answered>): void => {
        if (data.id === id) settle(data);
      };
      const onError = (event: ErrorEvent): void =>
        settle({ id, error: event.message ?? "the worker did not load" });
      target.addEventListener("message", onMessage);
      target.addEventListener("error", onError);
      target.postMessage({ id, question } satisfies Asked);
    });
  },
};

export type Lab = typeof lab;

declare global {
  var lab: Lab;
}
globalThis.lab = lab;

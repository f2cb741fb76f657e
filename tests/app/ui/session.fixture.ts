/** An open notebook without a page and without a kernel's thread. Wants Vitest's fake timers. */
import { vi } from "vitest";
import type { KernelClient, Notice, RunRequest, Steering } from "../../../kernel/hosts/notices.ts";
import type { CellId, KnobValue } from "../../../kernel/protocol.ts";
import type { Cell, Notebook } from "../../../app/notebook/document.ts";
import type { AttachedFiles } from "../../../app/ui/attached-files.ts";
import { createClipboard } from "../../../app/ui/cell-clipboard.ts";
import { createNotebookSession } from "../../../app/ui/notebook-session.ts";
import { type NotebookState, openState } from "../../../app/ui/store.ts";

export const id = (name: string) => name as CellId;
export const code = (name: string, tags: string[] = []): Cell => ({
  id: id(name),
  type: "code",
  source: `${name};`,
  metadata: tags.length > 0 ? { tags } : {},
});

const noFiles: AttachedFiles = {
  list: () => Promise.resolve([]),
  write: () => Promise.resolve(),
  remove: () => Promise.resolve(),
};

/** Of `x = y`: it makes x and reads y. */
export function namesIn(_: CellId, source: string) {
  const [made = "", read = ""] = source.split(" = ");
  const words = (text: string) => text.match(/\w+/g) ?? [];
  return { defines: words(made), uses: words(read), assigns: [], imports: [], later: [] };
}

/** A notebook in a session whose kernel notes what it was asked; `finish` ends the runs under way. */
export function openSession(
  cells: readonly Cell[],
  readOnly = false,
  original: Notebook | null = null,
  keepAside: (state: NotebookState) => Promise<void> = () => Promise.resolve(),
  clipboard = createClipboard({ getItem: () => null, setItem: () => undefined }),
) {
  const runs: (readonly string[])[] = [];
  const knobs: [string, KnobValue][] = [];
  const presses: string[] = [];
  const restarts: number[] = [];
  const analysed: string[] = [];
  const steered: Steering[] = [];
  const texts: [string, string][] = [];
  const manners: RunRequest["how"][] = [];
  let ends: (() => void)[] = [];
  let notify: (notices: readonly Notice[]) => Promise<void> = () => Promise.resolve();
  const kernel: KernelClient = {
    run: (requests: readonly RunRequest[]) => {
      manners.push(...requests.map(({ how }) => how));
      runs.push(requests.map((request) => request.cell));
      return new Promise((resolve) => ends.push(resolve));
    },
    interrupt: () => undefined,
    steer: (how) => void steered.push(how),
    restore: () => Promise.resolve(),
    restart: () => Promise.resolve(void restarts.push(1)),
    setKnob: (knob, value) => void knobs.push([knob, value]),
    analyze: (cell, source) => {
      analysed.push(source);
      return Promise.resolve(source.includes("broken") ? null : namesIn(cell, source));
    },
    pressKnob: (knob) => {
      presses.push(knob);
      if (!knob.startsWith("a/")) return null;
      return knob.endsWith("!") ? "answered" : "counted";
    },
    close: () => undefined,
  };
  const session = createNotebookSession({
    state: { ...openState({ cells, metadata: {} }, new Map()), readOnly },
    openKernel: (receive) => {
      notify = receive;
      return kernel;
    },
    saveFile: () => undefined,
    saveText: (_, text, ending) => void texts.push([ending, text]),
    saveStudentCopy: () => undefined,
    original: () => Promise.resolve(original),
    keepAside: keepAside,
    takeOver: () => undefined,
    files: noFiles,
    clipboard,
    downloadFile: () => Promise.resolve(),
    usualPackages: "https://cdn.example/{name}@{version}",
  });
  return {
    session,
    runs,
    knobs,
    presses,
    restarts,
    analysed,
    steered,
    texts,
    manners,
    notify: (...notices: Notice[]) => notify(notices),
    finish: async () => {
      for (const end of ends) end();
      ends = [];
      await vi.advanceTimersByTimeAsync(0);
    },
    ids: () => session.store.getState().notebook.cells.map((cell) => cell.id as string),
  };
}

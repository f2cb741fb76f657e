/** A kernel in a worker thread, driven as an owner would drive it, with all it told in a list. */
import { transform } from "esbuild";
import { createCompiler } from "../../../kernel/compile/index.ts";
import { nodeKernelFiles } from "../../../kernel/hosts/bundle.mjs";
import { createKernelClient } from "../../../kernel/hosts/client.ts";
import type { DataSource, KernelHost, NotebookFiles } from "../../../kernel/hosts/host.ts";
import { createNodeHost } from "../../../kernel/hosts/node.ts";
import type { Notice, Output, RunRequest } from "../../../kernel/hosts/notices.ts";
import type { CellError, CellId, KnobValue } from "../../../kernel/protocol.ts";
import type { Past } from "../../../kernel/training.ts";

const kernelFiles = nodeKernelFiles();

export interface NotebookKernel extends AsyncDisposable {
  readonly client: ReturnType<typeof createKernelClient>;
  readonly notices: readonly Notice[];
  readonly files: Map<string, Uint8Array>;
  /** Runs one cell and gives what it put out. */
  run(source: string, cell?: string): Promise<CellOutcome>;
  /** Resolves when a notice that fits has come, or has come already. */
  until(fits: (notice: Notice) => boolean): Promise<Notice>;
}

export interface CellOutcome {
  readonly status: string;
  readonly outputs: readonly Output[];
  /** What was printed, both streams. */
  readonly text: string;
  /** The text of the cell's result. */
  readonly result: string | undefined;
  readonly error: CellError | undefined;
}

export interface NotebookKernelOptions {
  readonly graceMs?: number;
  readonly knobs?: Readonly<Record<string, KnobValue>>;
  readonly data?: DataSource;
  readonly past?: (cell: CellId) => Past;
  /** Stands between the client and Node's host. */
  readonly through?: (host: KernelHost) => KernelHost;
  readonly onNotices?: (notices: readonly Notice[]) => void | Promise<void>;
}

export async function startNotebookKernel(
  options: NotebookKernelOptions = {},
): Promise<NotebookKernel> {
  const notices: Notice[] = [];
  const files = new Map<string, Uint8Array>();
  const waiting = new Set<() => void>();
  const notebookFiles: NotebookFiles = {
    read: (name) => Promise.resolve(files.get(name) ?? null),
    write: (name, bytes) => Promise.resolve(void files.set(name, bytes)),
  };
  const nodeHost = createNodeHost({ ...(await kernelFiles), folder: process.cwd() });
  const client = createKernelClient({
    host: options.through?.(nodeHost) ?? nodeHost,
    compiler: createCompiler(transform),
    files: notebookFiles,
    data: options.data ?? { names: [], fetch: () => Promise.reject(new Error("no data here")) },
    async notify(told) {
      notices.push(...told);
      for (const check of waiting) check();
      await options.onNotices?.(told);
    },
    ...(options.graceMs === undefined ? {} : { graceMs: options.graceMs }),
    ...(options.knobs === undefined ? {} : { knobs: options.knobs }),
    ...(options.past === undefined ? {} : { past: options.past }),
  });

  const until: NotebookKernel["until"] = (fits) =>
    new Promise((resolve) => {
      const check = () => {
        const found = notices.find(fits);
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });

  return {
    client,
    notices,
    files,
    until,
    async run(source, cell = "cell") {
      const from = notices.length;
      await client.run([request(cell, source)]);
      return outcomeOf(notices.slice(from), cell);
    },
    [Symbol.asyncDispose]: () => Promise.resolve(client.close()),
  };
}

export function request(cell: string, source: string): RunRequest {
  return { cell: cell as CellId, source };
}

/** What the last run of a cell among `notices` came to. */
export function outcomeOf(notices: readonly Notice[], cell: string): CellOutcome {
  const ofCell = notices.filter((notice) => "cell" in notice && notice.cell === cell);
  const outputs = ofCell.flatMap((notice) => (notice.kind === "output" ? [notice.output] : []));
  const end = ofCell.findLast((notice) => notice.kind === "finished");
  const result = outputs.findLast((output) => output.kind === "result");
  const error = outputs.findLast((output) => output.kind === "error");
  return {
    status: end?.kind === "finished" ? end.status : "cancelled",
    outputs,
    text: outputs.flatMap((output) => (output.kind === "stream" ? [output.text] : [])).join(""),
    result: result?.data["text/plain"] as string | undefined,
    error: error?.error,
  };
}

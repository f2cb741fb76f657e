/** `descent run`: a notebook's cells in the kernel that the page uses, in a worker thread. */
import { access, constants, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { transform } from "esbuild";
import { createCompiler } from "../../kernel/compile/index.ts";
import { createKernelClient } from "../../kernel/hosts/client.ts";
import { createDataSource } from "../../kernel/hosts/data-files.ts";
import type { NotebookFiles } from "../../kernel/hosts/host.ts";
import { createNodeHost } from "../../kernel/hosts/node.ts";
import type { Notice, RunRequest } from "../../kernel/hosts/notices.ts";
import { FormatError } from "../formats/format-error.ts";
import { parseIpynb, printIpynb } from "../formats/ipynb.ts";
import { parsePercent } from "../formats/percent.ts";
import { type Cell, type Notebook, tagsOf } from "../notebook/document.ts";
import { openRuntime, resultsOf, transitionAll } from "../notebook/runtime.ts";
import { runsWithAll } from "../notebook/roles.ts";
import { createTranscript } from "./transcript.ts";

/** Signals that come closer together are one press of a key. */
const ONE_PRESS_MS = 300;

/** Where the parts of Descent lie that are not bundled into the command line. */
export interface Installation {
  /** The bundle of the kernel's worker thread. */
  readonly workerFile: string;
  /** The bundle of the threads that help it. */
  readonly threadFile: string;
  readonly dataFolder: string;
}

export interface RunFileRequest {
  readonly file: string;
  /** Where to keep the notebook with its outputs; null: nowhere. */
  readonly output: string | null;
}

/**
 * Runs all cells that Run all would run; resolves to the process's exit code.
 * @throws FormatError for a file that is no notebook, and what the file system throws.
 */
export async function runFile(
  request: RunFileRequest,
  installation: Installation,
): Promise<number> {
  const notebook = parseNotebook(request.file, await readFile(request.file, "utf8"));
  // Found out now, and not after hours of training.
  if (request.output !== null) await access(dirname(resolve(request.output)), constants.W_OK);
  const transcript = createTranscript(notebook, process.stdout, process.stderr);
  let runtime = openRuntime();
  let isStopped = false;
  let isFailed = false;

  const client = createKernelClient({
    host: createNodeHost({
      workerFile: installation.workerFile,
      threadFile: installation.threadFile,
      folder: dirname(resolve(request.file)),
    }),
    compiler: createCompiler(transform),
    files: filesIn(process.cwd()),
    data: createDataSource((name) => readFile(join(installation.dataFolder, name))),
    notify(notices) {
      runtime = transitionAll(runtime, notices);
      for (const notice of notices) transcript.tell(notice);
      isFailed ||= notices.some((notice) => isFailure(notice, notebook));
    },
  });

  // The first stops the cell and keeps the outputs so far; a second ends a cell that cannot hear.
  // npx passes a Ctrl-C on to a process that has had it from the terminal: that is one press.
  let stoppedAt = -Infinity;
  const stop = () => {
    const isEcho = performance.now() - stoppedAt < ONE_PRESS_MS;
    stoppedAt = performance.now();
    isStopped = true;
    if (!isEcho) client.interrupt();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    await client.run(notebook.cells.filter(isRun).map(toRequest)).finally(() => client.close());
    if (request.output !== null) {
      await writeFile(request.output, printIpynb(notebook, resultsOf(notebook, runtime)));
    }
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
  if (isStopped) return 130;
  return isFailed ? 1 : 0;
}

function parseNotebook(file: string, text: string): Notebook {
  if (file.endsWith(".ipynb")) return parseIpynb(text).notebook;
  if (file.endsWith(".ts")) return parsePercent(text).notebook;
  throw new FormatError("a notebook's name ends in .ts or .ipynb");
}

function isRun(cell: Cell): boolean {
  return runsWithAll(cell) && cell.source.trim() !== "";
}

function toRequest(cell: Cell): RunRequest {
  return { cell: cell.id, source: cell.source, raisesException: mayFail(cell) };
}

function mayFail(cell: Cell): boolean {
  return tagsOf(cell).includes("raises-exception");
}

function isFailure(notice: Notice, notebook: Notebook): boolean {
  if (notice.kind !== "finished" || notice.status === "ok") return false;
  const cell = notebook.cells.find(({ id }) => id === notice.cell);
  return !(notice.status === "error" && cell !== undefined && mayFail(cell));
}

/** The kernel has checked that names are plain. */
function filesIn(folder: string): NotebookFiles {
  return {
    async read(name) {
      try {
        return await readFile(join(folder, name));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
        throw error;
      }
    },
    write: (name, bytes) => writeFile(join(folder, name), bytes),
  };
}

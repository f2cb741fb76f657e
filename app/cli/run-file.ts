/** `descent run`: a notebook's cells in the kernel that the page uses, in a worker thread. */
import { access, constants, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { transform } from "esbuild";
import { createCompiler } from "../../kernel/compile/index.ts";
import { withParameters } from "../../kernel/compile/parameters.ts";
import { createKernelClient } from "../../kernel/hosts/client.ts";
import { createDataSource } from "../../kernel/hosts/data-files.ts";
import type { NotebookFiles } from "../../kernel/hosts/host.ts";
import { createNodeHost } from "../../kernel/hosts/node.ts";
import type { Notice, RunRequest } from "../../kernel/hosts/notices.ts";
import type { Engine } from "../../kernel/protocol.ts";
import { decodeText } from "../../kernel/text-encoding.ts";
import { FormatError } from "../formats/format-error.ts";
import { parseIpynb, printIpynb } from "../formats/ipynb.ts";
import { parsePercent } from "../formats/percent.ts";
import { type Cell, isJsonObject, type Notebook, tagsOf } from "../notebook/document.ts";
import { engineWords } from "../notebook/engine-words.ts";
import { withParameterValues } from "../notebook/parameters.ts";
import { openRuntime, resultsOf, type Runtime, transitionAll } from "../notebook/runtime.ts";
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
  /** Values for variables of the cell tagged `parameters`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly seed: number | undefined;
  /** The run is stopped then; null: it may take what it takes. */
  readonly timeoutMs: number | null;
  readonly quiet: boolean;
}

/** The notebook cannot be kept where it was asked to. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/** Something asked of the notebook's parameters that they cannot give. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
}

/**
 * Runs all cells that Run all would run; resolves to the process's exit code.
 * @throws FormatError for a file that is no notebook, ParameterError for values it has no place for,
 * OutputError where its outputs cannot be kept, and what the file system throws.
 */
export async function runFile(
  request: RunFileRequest,
  installation: Installation,
): Promise<number> {
  const notebook = withValues(
    parseNotebook(request.file, textOf(await readFile(request.file))),
    request.parameters,
  );
  if (request.output !== null) await checkOutput(request.output);
  const transcript = createTranscript(notebook, process.stdout, process.stderr);
  let runtime = openRuntime();
  const startedAt = performance.now();
  let isStopped = false;
  let isOutOfTime = false;
  let engine: Engine | undefined;
  let isFailed = false;
  let left = 0;

  const client = createKernelClient({
    host: createNodeHost({
      workerFile: installation.workerFile,
      threadFile: installation.threadFile,
      folder: dirname(resolve(request.file)),
      ...(request.seed === undefined ? {} : { seed: request.seed }),
    }),
    compiler: createCompiler(transform),
    files: filesIn(process.cwd()),
    data: createDataSource((name) => readFile(join(installation.dataFolder, name))),
    notify(notices) {
      runtime = transitionAll(runtime, notices);
      for (const notice of notices) {
        if (notice.kind === "kernel") engine = notice.engine ?? engine;
        if (notice.kind === "finished") left = notice.report?.left ?? 0;
        transcript.tell(notice);
      }
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
  const { timeoutMs } = request;
  const clock =
    timeoutMs === null
      ? undefined
      : setTimeout(() => {
          isOutOfTime = true;
          process.stderr.write(`descent run: stopped after ${timeoutMs / 1000} s (--timeout)\n`);
          client.interrupt();
        }, timeoutMs);
  try {
    await client.run(notebook.cells.filter(isRun).map(toRequest)).finally(() => client.close());
    if (request.output !== null) {
      await writeFile(request.output, printIpynb(notebook, resultsOf(notebook, runtime)));
    }
  } finally {
    clearTimeout(clock);
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
  const isWhole = !isStopped && !isOutOfTime && !isFailed;
  if (left > 0 && isWhole) process.stderr.write(wordsForLeft(left));
  if (!request.quiet) {
    process.stderr.write(summary(runtime, engine, performance.now() - startedAt));
  }
  if (isStopped) return 130;
  if (isOutOfTime) return 124;
  return isFailed ? 1 : 0;
}

/** Found out now, and not after hours of training. @throws OutputError, and what the file system throws */
async function checkOutput(output: string): Promise<void> {
  // Another name would most likely be the notebook's own source.
  if (!/\.ipynb$/i.test(output)) {
    throw new OutputError(`--output ${output} - wanted a name that ends in .ipynb`);
  }
  await access(dirname(resolve(output)), constants.W_OK);
  const there = await stat(output).catch(() => null);
  if (there === null) return;
  if (there.isDirectory()) throw new OutputError(`--output ${output} is a folder`);
  await access(output, constants.W_OK);
}

function withValues(notebook: Notebook, values: ReadonlyMap<string, string>): Notebook {
  try {
    return withParameterValues(notebook, values, withParameters);
  } catch (error) {
    if (!(error instanceof RangeError || error instanceof SyntaxError)) throw error;
    throw new ParameterError(`--param: ${error.message}`, { cause: error });
  }
}

/** A timer that repeats would have it run for ever, so nothing is waited for. */
function wordsForLeft(left: number): string {
  const what = left === 1 ? "1 timer or loop was" : `${left} timers or loops were`;
  return `descent run: ${what} still to go on after the last cell, and did not: await what shall be done\n`;
}

/** "descent run: 5 cells in 1.2 s, WebAssembly SIMD, 2 threads". */
function summary({ cells }: Runtime, engine: Engine | undefined, elapsedMs: number): string {
  const ran = Array.from(cells.values()).filter((cell) => cell.run !== null).length;
  const words = engine === undefined ? "no kernel started" : engineWords(engine, true);
  const time = `${(elapsedMs / 1000).toFixed(1)} s`;
  return `descent run: ${ran} ${ran === 1 ? "cell" : "cells"} in ${time}, ${words}\n`;
}

/** @throws FormatError for what is no text */
function textOf(bytes: Uint8Array): string {
  try {
    return decodeText(bytes);
  } catch {
    throw new FormatError("the file is not UTF-8 text");
  }
}

function parseNotebook(file: string, text: string): Notebook {
  if (file.endsWith(".ipynb")) return inOurLanguage(parseIpynb(text).notebook);
  if (file.endsWith(".ts")) return parsePercent(text).notebook;
  throw new FormatError("a notebook's name ends in .ts or .ipynb");
}

/** @throws FormatError for cells of Python, R or Julia, which would fail one by one. */
function inOurLanguage(notebook: Notebook): Notebook {
  const { language_info: info, kernelspec: spec } = notebook.metadata;
  const language = (isJsonObject(info) && info["name"]) || (isJsonObject(spec) && spec["language"]);
  if (typeof language !== "string" || /^(?:type|java)script$/i.test(language)) return notebook;
  throw new FormatError(`its cells are in ${language} - wanted TypeScript or JavaScript`);
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

/** Also what nobody caught while its cell came to its end. */
function isFailure(notice: Notice, notebook: Notebook): boolean {
  const isError = notice.kind === "output" && notice.output.kind === "error";
  if (!isError && (notice.kind !== "finished" || notice.status === "ok")) return false;
  const cell = notebook.cells.find(({ id }) => id === notice.cell);
  const isOwn = isError || (notice.kind === "finished" && notice.status === "error");
  return !(isOwn && cell !== undefined && mayFail(cell));
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

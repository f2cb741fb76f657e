/** What was asked on the command line, and how the process ends. */
import { parseArgs } from "node:util";
import { FormatError } from "../formats/format-error.ts";
import {
  type Installation,
  OutputError,
  ParameterError,
  runFile,
  type RunFileRequest,
} from "./run-file.ts";

const USAGE = `descent run <notebook.ts | notebook.ipynb> [options]

Runs the cells of a notebook in order, prints what they put out, and stops at the first error.
Files that cells save and load are in the current folder; packages that they import are in the
node_modules beside the notebook. Ctrl-C stops the running cell and keeps what was done.
The run is over with its last cell: timers that wait then are counted and dropped.
  -o, --output <file>     keep the notebook with its outputs as .ipynb
  -p, --param name=value  set a variable of the cell tagged "parameters"; may be given again
      --seed <n>          start the random numbers from n, until a cell calls manualSeed
      --timeout <s>       stop after so many seconds, as Ctrl-C does
  -q, --quiet             do not say at the end what computed, and how long

Exit codes: 0 all cells ran, 1 a cell failed, 2 the request could not be followed,
124 out of time, 130 stopped.
`;

/** See `USAGE` for the exit codes. */
export async function main(args: readonly string[], installation: Installation): Promise<number> {
  const request = parseRequest(args);
  if (typeof request === "string") {
    const wantsHelp = args.length === 0 || args.includes("--help") || args.includes("-h");
    (wantsHelp ? process.stdout : process.stderr).write(wantsHelp ? USAGE : `${request}\n`);
    return wantsHelp ? 0 : 2;
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      // Who reads our output has seen enough, as `head` does: only a file is left to run for.
      if (request.output === null) process.exit(1);
    });
  }
  try {
    return await runFile(request, installation);
  } catch (error) {
    const isAsked = [FormatError, OutputError, ParameterError].some(
      (kind) => error instanceof kind,
    );
    if (!(error instanceof Error) || (!isAsked && !isSystemError(error))) throw error;
    process.stderr.write(`descent run: ${request.file}: ${error.message}\n`);
    return 2;
  }
}

/** The request, or a sentence why it is none. */
function parseRequest(args: readonly string[]): RunFileRequest | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        output: { type: "string", short: "o" },
        param: { type: "string", short: "p", multiple: true },
        seed: { type: "string" },
        timeout: { type: "string" },
        quiet: { type: "boolean", short: "q" },
      },
    });
    const [command, file, ...more] = positionals;
    if (command !== "run") return `descent: there is no command "${command ?? ""}", only run`;
    if (file === undefined || more.length > 0) {
      return `descent run: wanted one notebook, got ${positionals.length - 1}`;
    }
    const parameters = new Map<string, string>();
    for (const pair of values.param ?? []) {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
      if (name === undefined || value === undefined)
        return `descent run: --param ${pair} - wanted name=value`;
      parameters.set(name.trim(), value);
    }
    const seed = values.seed === undefined ? undefined : Number(values.seed);
    if (seed !== undefined && (!Number.isSafeInteger(seed) || values.seed?.trim() === ""))
      return `descent run: --seed ${values.seed} - wanted a whole number`;
    const seconds = values.timeout === undefined ? null : Number(values.timeout);
    // A timer of Node's holds no more.
    if (seconds !== null && !(seconds > 0 && seconds * 1000 < 2 ** 31))
      return `descent run: --timeout ${values.timeout} - wanted seconds, more than 0 and at most 2 million`;
    return {
      file,
      output: values.output ?? null,
      parameters,
      seed,
      timeoutMs: seconds === null ? null : seconds * 1000,
      quiet: values.quiet === true,
    };
  } catch (error) {
    return `descent: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A file that is not there, a full disk: the message says it all. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

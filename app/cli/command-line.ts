/** What was asked on the command line, and how the process ends. */
import { parseArgs } from "node:util";
import { FormatError } from "../formats/format-error.ts";
import { type Installation, runFile } from "./run-file.ts";

const USAGE = `descent run <notebook.ts | notebook.ipynb> [-o <out.ipynb>]

Runs the cells of a notebook in order, prints what they put out, and stops at the first error.
Files that cells save and load are in the current folder. Ctrl-C stops the running cell.
  -o, --output <file>   keep the notebook with its outputs as .ipynb
`;

/** Exit codes: 0 all cells ran, 1 a cell failed, 2 the request could not be followed, 130 stopped. */
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
    if (!(error instanceof FormatError) && !isSystemError(error)) throw error;
    process.stderr.write(`descent run: ${request.file}: ${error.message}\n`);
    return 2;
  }
}

/** The request, or a sentence why it is none. */
function parseRequest(args: readonly string[]): { file: string; output: string | null } | string {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { output: { type: "string", short: "o" } },
    });
    const [command, file, ...more] = positionals;
    if (command !== "run") return `descent: there is no command "${command ?? ""}", only run`;
    if (file === undefined || more.length > 0) {
      return `descent run: wanted one notebook, got ${positionals.length - 1}`;
    }
    return { file, output: values.output ?? null };
  } catch (error) {
    return `descent: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** A file that is not there, a full disk: the message says it all. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

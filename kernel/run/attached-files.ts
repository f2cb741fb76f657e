/**
 * `files` in cells: what the reader has attached to the notebook, as bytes, text, JSON, a table or a
 * tensor. In Node these are the files of the current folder.
 */
import { decodeNpy, type Tensor } from "../tensor/index.ts";
import { decodeText } from "../text-encoding.ts";
import { type CsvOptions, type CsvTable, parseCsv } from "./csv.ts";
import { placed } from "./errors.ts";
import { surface } from "./surface.ts";

/**
 * The bytes of the notebook's file `name`.
 * @throws Error when the notebook has no such file; TypeError when `name` is no plain file name.
 * @example const header = (await files.bytes("scan.bin")).subarray(0, 16)
 */
export async function bytes(name: string): Promise<Uint8Array> {
  return placed(read)("files.bytes", name);
}

/**
 * The text of the notebook's file `name`: UTF-8, or UTF-16 that says so in its first bytes.
 * @throws Error when there is no such file, TypeError when it is neither.
 * @example const lines = (await files.text("notes.txt")).split("\n")
 */
export async function text(name: string): Promise<string> {
  return placed(textOf)("files.text", name);
}

/**
 * The value in the notebook's JSON file `name`, which the caller knows the type of.
 * @throws Error when there is no such file, SyntaxError when it is not JSON.
 * @example const config = await files.json<{ lr: number }>("config.json")
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- only the caller can know
export async function json<Value = unknown>(name: string): Promise<Value> {
  return placed(jsonOf)(name) as Promise<Value>;
}

async function jsonOf(name: string): Promise<unknown> {
  const source = await textOf("files.json", name);
  try {
    return JSON.parse(source);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new SyntaxError(`files.json: ${JSON.stringify(name)} is no JSON: ${why}`, {
      cause: error,
    });
  }
}

/**
 * The columns of the notebook's table `name`, by the names in its first line: numbers where every
 * field of a column is one or empty (NaN), else text. `data.from` takes them as they are.
 * @throws Error when there is no such file; SyntaxError naming the line that does not fit.
 * @example const iris = data.from(await files.csv("iris.csv"), { label: "species" })
 */
export async function csv(name: string, options: CsvOptions = {}): Promise<CsvTable> {
  return placed(csvOf)(name, options);
}

async function csvOf(name: string, options: CsvOptions): Promise<CsvTable> {
  return parseCsv(`files.csv: ${JSON.stringify(name)}`, await textOf("files.csv", name), options);
}

/**
 * The tensor in the notebook's NumPy file `name`.
 * @throws Error when there is no such file, SyntaxError saying what is wrong with it.
 * @example const images = await files.npy("images.npy")
 */
export async function npy(name: string): Promise<Tensor> {
  return placed(async () => decodeNpy(await read("files.npy", name)))();
}

async function read(operation: string, name: string): Promise<Uint8Array> {
  const found = await surface().readFile(name, operation);
  if (found !== null) return found;
  const error = new Error(`${operation}: this notebook has no file ${JSON.stringify(name)}`);
  throw Object.assign(error, {
    hint: "Attach it by Files in the bar, or drop it on the page; `descent run` looks in the current folder.",
  });
}

async function textOf(operation: string, name: string): Promise<string> {
  const found = await read(operation, name);
  try {
    return decodeText(found);
  } catch (error) {
    throw new TypeError(
      `${operation}: ${JSON.stringify(name)} is not UTF-8 text - read it by files.bytes`,
      { cause: error },
    );
  }
}

/** A notebook without a kernel around it: compiles cells and runs them against real boxes. */
import { transform, type TransformResult } from "esbuild";
import type { CellFunction, CellInterface } from "../../../kernel/compile/cell-interface.ts";
import type { CompiledCell, Guard } from "../../../kernel/compile/compiler.ts";
import { createCompiler } from "../../../kernel/compile/index.ts";
import type { Transform } from "../../../kernel/compile/strip-types.ts";
import type { CellError, CellId, RunId } from "../../../kernel/protocol.ts";
import { caught } from "../../../kernel/run/plain-errors.ts";
import { createScope } from "../../../kernel/run/scope.ts";

export interface TestNotebook {
  /** Compiles and runs a cell; resolves to its result. @throws what the cell throws, or its {@link Refused}. */
  run(source: string): Promise<unknown>;
  compile(source: string): Promise<CompiledCell>;
  /** The value of a top-level name. */
  read(name: string): unknown;
  readonly flags: Int32Array;
  /** How often guards called. */
  readonly calls: { slow: number; yield: number };
  /** What the last compiled cell of this run id was made of. */
  readonly maps: ReadonlyMap<RunId, string>;
}

const transformed = new Map<string, Promise<TransformResult>>();

/** esbuild, asked once for each text however many notebooks of a test file compile it. */
export const transformOnce: Transform = (text, options) => {
  const key = `${options.loader} ${text}`;
  const result = transformed.get(key) ?? transform(text, options);
  transformed.set(key, result);
  return result;
};

/** A cell that did not compile. */
export class Refused extends Error {
  readonly error: CellError;

  constructor(error: CellError) {
    super(error.message);
    this.error = error;
  }
}

export interface NotebookOptions {
  readonly guard?: Guard;
  readonly modules?: Readonly<Record<string, object>>;
  /** Raises both flags and keeps them raised, so that every guard calls. */
  readonly forced?: boolean;
  /** Called by each slow path; may throw. */
  readonly onSlow?: (flags: Int32Array) => void;
  /** Called at the end of each turn that tells what it made. */
  readonly onSeen?: (values: Readonly<Record<string, unknown>>) => void;
}

export function createNotebook(options: NotebookOptions = {}): TestNotebook {
  const { guard = "plain", modules = {}, forced = false } = options;
  const compiler = createCompiler(transformOnce);
  const scope = createScope();
  const flags = new Int32Array(2);
  const calls = { slow: 0, yield: 0 };
  const maps = new Map<RunId, string>();
  let runs = 0;
  const raise = () => flags.fill(guard === "countdown" ? -1 : 1, 0, 1).fill(1, 1, 2);
  const kernel: CellInterface = {
    box: (name) => scope.box(name),
    define: (name, kind) => scope.define(name, kind),
    peek: (box, name) => scope.peek(box, name),
    import: (specifier) => {
      const found = modules[specifier];
      return found
        ? Promise.resolve(found)
        : Promise.reject(new Error(`import: no module "${specifier}"`));
    },
    named: (namespace, name, specifier) => {
      if (!(name in namespace)) throw new SyntaxError(`import: "${specifier}" has no ${name}`);
      return Reflect.get(namespace, name) as unknown;
    },
    slow: () => {
      calls.slow += 1;
      if (forced) raise();
      options.onSlow?.(flags);
    },
    seen: (values) => options.onSeen?.(values),
    yield: () => {
      calls.yield += 1;
      return Promise.resolve();
    },
    now: () => runs,
    back: (run, value) => {
      if (run !== runs) throw new Error(`went on for run ${String(run)} in run ${runs}`);
      return value;
    },
    caught,
  };
  async function compile(source: string, run = 0 as RunId): Promise<CompiledCell> {
    const result = await compiler.compile({ cell: `cell-${run}` as CellId, run, source, guard });
    if (!result.ok) throw new Refused(result.error);
    maps.set(run, result.cell.map);
    return result.cell;
  }

  return {
    compile,
    flags,
    calls,
    maps,
    async run(source) {
      runs += 1;
      const { code } = await compile(source, runs as RunId);
      scope.beginRun();
      if (forced) raise();
      // The kernel's way: indirect eval, so that a cell sees globals only.
      // oxlint-disable-next-line no-eval
      const cell = (0, eval)(code) as CellFunction;
      return cell(kernel, flags);
    },
    read: (name) => scope.box(name).v,
  };
}

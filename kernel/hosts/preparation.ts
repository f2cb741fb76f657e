/** What stands between a cell's text and its run: a kernel that has started, a program, data sets. */
import type { CompiledCell, Compiler } from "../compile/compiler.ts";
import type { CellError } from "../protocol.ts";
import { loadedIn } from "./data-files.ts";
import { dataMissing, internalError, messageOf } from "./ended-errors.ts";
import type { DataSource, KernelConnection } from "./host.ts";
import type { QueueItem } from "./queue-item.ts";

/** The kernel that a run is for. */
export interface Prepared {
  readonly connection: Promise<KernelConnection>;
  /** Data sets it has. */
  readonly provided: Set<string>;
  /** Its end is wanted. */
  readonly discarded: boolean;
}

export interface Ready {
  readonly connection: KernelConnection;
  readonly cell: CompiledCell;
}

/** Gives all that a run needs; or why it cannot be. */
export type Prepare = (item: QueueItem, kernel: Prepared) => Promise<Ready | CellError | "killed">;

export function createPreparation(compiler: Compiler, data: DataSource): Prepare {
  async function compile({ request, run }: QueueItem, { guard }: KernelConnection) {
    const { cell, source } = request;
    try {
      return await compiler.compile({ cell, run, source, guard });
    } catch (error) {
      const message = `the compiler failed: ${messageOf(error)}`;
      return { ok: false, error: internalError("Compiler", message) } as const;
    }
  }

  /** Brings the data sets that a cell names; or says which one it loads and cannot have. */
  async function provideData(
    connection: KernelConnection,
    { provided }: Prepared,
    literals: readonly string[],
    source: string,
  ): Promise<CellError | null> {
    for (const name of new Set(literals)) {
      if (!data.names.includes(name) || provided.has(name)) continue;
      let bytes: Uint8Array;
      try {
        bytes = await data.fetch(name);
      } catch (error) {
        if (loadedIn(source).includes(name)) return dataMissing(name, messageOf(error));
        // A text that happens to be a name: nothing is missing.
        continue;
      }
      await connection.api.provideData(name, bytes);
      provided.add(name);
    }
    return null;
  }

  return async function prepare(item, kernel) {
    let connection: KernelConnection;
    try {
      connection = await kernel.connection;
    } catch (error) {
      return internalError("Kernel", `the kernel did not start: ${messageOf(error)}`);
    }
    const compiled = await compile(item, connection);
    if (!compiled.ok) return compiled.error;
    try {
      const { source } = item.request;
      const missing = await provideData(connection, kernel, compiled.cell.literals, source);
      if (missing !== null) return kernel.discarded ? "killed" : missing;
    } catch (error) {
      return kernel.discarded ? "killed" : internalError("Data", messageOf(error));
    }
    return { connection, cell: compiled.cell };
  };
}

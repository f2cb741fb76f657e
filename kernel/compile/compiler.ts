/** What a compiler of cells takes and gives; `index.ts` has the one implementation. */
import type { CellError, CellId, RunId } from "../protocol.ts";

/**
 * How loops notice that the host wants something, chosen by the engine that will run the code.
 * `plain`: a typed-array read, free on V8. `atomic`: `Atomics.load`, free on Firefox, which hoists
 * plain reads out of endless loops. `countdown`: no shared memory; every so many iterations the
 * clock is read.
 */
export type Guard = "plain" | "atomic" | "countdown";

export interface CompileRequest {
  readonly cell: CellId;
  readonly run: RunId;
  readonly source: string;
  readonly guard: Guard;
}

/** Which top-level names of a notebook a cell makes, reads and assigns: the edges of staleness. */
export interface CellNames {
  readonly defines: readonly string[];
  readonly uses: readonly string[];
  /** Names of other cells that this one assigns to. */
  readonly assigns: readonly string[];
  /** Those of `defines` that are imported: the same in whichever cell imports them. */
  readonly imports: readonly string[];
  /** Those of `uses` that are read only when another cell calls a function of this one. */
  readonly later: readonly string[];
}

export interface CompiledCell {
  readonly code: string;
  /** Composed source map, generated text to the cell's own text: JSON of a version 3 map. */
  readonly map: string;
  readonly names: CellNames;
  /** Import specifiers other than the built-in ones, in order of appearance. */
  readonly packages: readonly string[];
  /** String literals of the cell, so that a host can have named data sets at hand before the run. */
  readonly literals: readonly string[];
}

export type CompileResult =
  | { readonly ok: true; readonly cell: CompiledCell }
  | { readonly ok: false; readonly error: CellError };

export interface Compiler {
  compile(request: CompileRequest): Promise<CompileResult>;
}

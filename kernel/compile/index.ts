/**
 * The compiler of cells: TypeScript in, the program of one run out. Text to text; it runs none of
 * it. Steps: strip types, read the tree, analyse names, add resumptions and guards, rewrite, wrap,
 * compose maps.
 */
import type { Program } from "acorn";
import { MagicString } from "magic-string";
import type { CellError, CellId } from "../protocol.ts";
import { nameAvoiding } from "./alias.ts";
import { analyze, type Analysis } from "./analyze.ts";
import type { CompiledCell, Compiler, Guard } from "./compiler.ts";
import { fromAcorn, fromEsbuild, fromOverflow, fromProblem } from "./diagnostics.ts";
import { addGuards, type Parameters } from "./guards.ts";
import { constants, intrinsics } from "./intrinsics.ts";
import { addResumptions } from "./resumptions.ts";
import { rewriteCell } from "./rewrite.ts";
import { composeMaps, nameSource } from "./sourcemap.ts";
import { stripTypes, type Stripped, type Transform } from "./strip-types.ts";
import { parseModule } from "./tree.ts";
import { addressComments, wrapBody } from "./wrap.ts";

/** A compiled cell before it belongs to a run. */
type Translation = Omit<CompiledCell, "code" | "map"> & {
  readonly body: string;
  readonly map: string;
};

const CACHED_CELLS = 200;

/**
 * A compiler that strips types with `transform`: native esbuild's in Node, esbuild-wasm's in the
 * browser. It never runs a cell. Its one memory besides a cache is which names of the language
 * some cell has redefined: from then on cells read those from their boxes too, while cells
 * compiled before keep the language's own until they run again.
 */
export function createCompiler(transform: Transform): Compiler {
  const cache = new Map<string, Translation>();
  const direct = new Set(intrinsics);

  async function translate(
    cell: CellId,
    source: string,
    guard: Guard,
  ): Promise<Translation | CellError> {
    const stripped = await stripTypes(transform, source);
    if (!stripped.ok) return fromEsbuild(stripped.failure, cell);
    const { code, map } = stripped.stripped;
    const program = parse(stripped.stripped, cell);
    if ("kind" in program) return program;
    const analysis = analyze(program, source, direct);
    const problem = analysis.problems[0];
    if (problem !== undefined) return fromProblem(problem, code, map, cell);
    for (const name of analysis.definitions.keys()) if (!constants.has(name)) direct.delete(name);
    const edited = generate(code, program, analysis, guard);
    return {
      body: edited.toString(),
      map: composeMaps([edited.generateMap({ hires: "boundary" }).toString(), map]),
      names: analysis.names,
      packages: analysis.packages,
      literals: analysis.literals,
    };
  }

  return {
    async compile({ cell, run, source, guard }) {
      const key = `${guard} ${direct.size} ${source}`;
      let translation = cache.get(key);
      if (translation === undefined) {
        const result = await translate(cell, source, guard).catch((error: unknown) => {
          const overflow = fromOverflow(error, cell);
          if (overflow === null) throw error;
          return overflow;
        });
        if ("kind" in result) return { ok: false, error: result };
        translation = result;
        cache.set(key, translation);
        const oldest = cache.keys().next();
        if (cache.size > CACHED_CELLS && !oldest.done) cache.delete(oldest.value);
      }
      const { body, map: composed, ...rest } = translation;
      const map = nameSource(composed, cell, source);
      return { ok: true, cell: { ...rest, code: body + addressComments(cell, run, map), map } };
    },
  };
}

function parse({ code, map }: Stripped, cell: CellId): Program | CellError {
  try {
    return parseModule(code);
  } catch (error) {
    return fromAcorn(error, code, map, cell);
  }
}

function generate(code: string, program: Program, analysis: Analysis, guard: Guard): MagicString {
  const text = new MagicString(code);
  // The first line of a script for a shell is none of a function's.
  if (code.startsWith("#!")) text.update(0, 2, "//");
  const parameters: Parameters = {
    kernel: nameAvoiding("$k", analysis.identifiers),
    flags: nameAvoiding("$f", analysis.identifiers),
    run: nameAvoiding("$r", analysis.identifiers),
    error: nameAvoiding("$e", analysis.identifiers),
  };
  // Where edits meet at one place, the later one lies outside.
  const waits = addResumptions(text, program, analysis, parameters);
  addGuards(text, program, analysis, guard, parameters);
  const prologue = rewriteCell(text, program, analysis, parameters);
  wrapBody(text, waits + prologue, parameters);
  return text;
}

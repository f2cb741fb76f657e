/**
 * TypeScript and JSX out, JavaScript and a source map back: the one place that calls esbuild.
 * Types are erased, not checked.
 */
import type { TransformFailure, TransformOptions, TransformResult } from "esbuild";
import { MagicString } from "magic-string";
import { composeMaps, mappedAfter } from "./sourcemap.ts";

/** `transform` of native esbuild or of esbuild-wasm. */
export type Transform = (input: string, options: TransformOptions) => Promise<TransformResult>;

export interface Stripped {
  readonly code: string;
  /** Version 3 map of `code` to the text given, as JSON. */
  readonly map: string;
}

export type StripResult =
  | { readonly ok: true; readonly stripped: Stripped }
  | { readonly ok: false; readonly failure: TransformFailure };

const options: TransformOptions = {
  target: "esnext",
  // Decorators: acorn cannot read them. `using`: Node 20 cannot run it.
  supported: { decorators: false, using: false },
  sourcemap: "external",
  charset: "utf8",
  jsx: "transform",
  jsxFactory: "h",
  jsxFragment: "Fragment",
  treeShaking: false,
  logLevel: "silent",
  // Without verbatimModuleSyntax an import that no line of this cell uses would vanish, and with
  // it the names of the cells below.
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
};

/**
 * Makes the text a module, so strict rules hold and a function in a block stays in it. At the end,
 * where it moves no position.
 */
const MODULE_MARK = "\nexport {};";

/** Strips `source`; a `failure` is about `source` alone and in esbuild's terms: see `diagnostics.ts`. */
export async function stripTypes(transform: Transform, source: string): Promise<StripResult> {
  if (looksLikeObject(source)) {
    // `{ a: 1, b: 2 }` is meant as an object, though JavaScript begins a block there.
    const edits = new MagicString(source).prepend("(").append("\n)");
    const object = await stripEither(transform, edits.toString());
    if (object.ok) {
      const brackets = edits.generateMap({ hires: true, source: "cell" }).toString();
      return done(object.stripped.code, composeMaps([object.stripped.map, brackets]));
    }
  }
  const result = await stripEither(transform, source);
  return result.ok ? { ok: true, stripped: restoreLastValue(source, result.stripped) } : result;
}

function looksLikeObject(source: string): boolean {
  const text = withoutTrailingComments(source);
  return (
    /^(?:\s|\/\/[^\n]*\n|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*\{/.test(text) && text.endsWith("}")
  );
}

async function stripEither(transform: Transform, source: string): Promise<StripResult> {
  const first = await attempt(transform, source + MODULE_MARK, "ts");
  if (first.ok) return first;
  // `ts` reads `<T>x` as a cast, `tsx` as an element; most cells have neither.
  if (source.includes("<")) {
    const second = await attempt(transform, source + MODULE_MARK, "tsx");
    if (second.ok) return second;
  }
  // The mark must not appear in the message ("Unexpected export" for an unclosed bracket), and
  // only a closing tag tells that elements were meant.
  const bare = await attempt(transform, source, /<\/|\/>/.test(source) ? "tsx" : "ts");
  return bare.ok ? first : bare;
}

function done(code: string, map: string): StripResult {
  return { ok: true, stripped: { code, map } };
}

async function attempt(
  transform: Transform,
  text: string,
  loader: "ts" | "tsx",
): Promise<StripResult> {
  try {
    const { code, map } = await transform(text, { ...options, loader });
    return done(code, map);
  } catch (error) {
    if (isFailure(error)) return { ok: false, failure: error };
    throw error;
  }
}

function isFailure(error: unknown): error is TransformFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

const CONSTANT_TAIL =
  /(?:^|[\n;{}])[ \t]*((?:(?:[-+!~]|void\b)\s*)*(?:\d[\w.]*|NaN|Infinity|undefined|true|false|null))[\s;]*$/;

/**
 * esbuild drops a last line like `-5`, `!0` or `undefined`, and the line before it would become
 * the result. Puts such a line back.
 */
function restoreLastValue(source: string, stripped: Stripped): Stripped {
  const text = withoutTrailingComments(source);
  const match = CONSTANT_TAIL.exec(text);
  const constant = match?.[1];
  if (constant === undefined || match === null) return stripped;
  const start = match.index + match[0].indexOf(constant);
  if (mappedAfter(stripped.map, source, start)) return stripped;
  return { code: `${stripped.code.trimEnd()}\n(${constant});\n`, map: stripped.map };
}

function withoutTrailingComments(source: string): string {
  return source.replace(/(?:\s|;|\/\/[^\n]*(?:\n|$)|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)+$/, "");
}

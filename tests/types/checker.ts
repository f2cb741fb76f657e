/**
 * Checks the text of cells as the notebook will: TypeScript's language service under the options of
 * DESIGN section 6, with "descent" read from the sources or from the declarations emitted of them.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { isCertain, sentenceOf } from "../../app/language/shape-mistakes.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const entry = join(root, "kernel/descent.ts");
const cell = join(root, "cell.ts");

/** What cells are checked with: strict, but nothing that a learner would trip over. */
const cellOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.esnext.d.ts", "lib.webworker.d.ts"],
  types: [],
  strict: true,
  noImplicitAny: false,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  paths: { descent: [entry] },
};

/** The declarations that tsc emits for the kernel, by the paths they would be written to. */
export function emittedDeclarations(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const program = ts.createProgram([entry], {
    ...cellOptions,
    types: ["node"],
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
  });
  const { emitSkipped, diagnostics } = program.emit(undefined, (path, text) => {
    files.set(path, text);
  });
  if (emitSkipped || diagnostics.length > 0)
    throw new Error(diagnostics.map((each) => textOf(each.messageText)).join("\n"));
  return files;
}

function textOf(message: string | ts.DiagnosticMessageChain): string {
  return ts.flattenDiagnosticMessageText(message, "\n");
}

export interface Checker {
  /** The text of every diagnostic of this cell, syntax included. */
  diagnostics(text: string): string[];
  /** As the editor shows them: sentences about shapes that are certain, and the text of others. */
  shown(text: string): string[];
  /** What hovering over the first `name` shows. */
  hover(text: string, name: string): string;
  /** How many types checking the program with this text instantiates. */
  instantiations(text: string): number;
}

/** A checker over the sources, or over `declarations` in their place. */
export function createChecker(declarations?: ReadonlyMap<string, string>): Checker {
  let source = "";
  let version = 0;
  const exists = (path: string) =>
    path === cell ||
    (declarations === undefined
      ? ts.sys.fileExists(path)
      : declarations.has(path) || (!isSource(path) && ts.sys.fileExists(path)));
  const read = (path: string) => {
    if (path === cell) return source;
    return declarations?.get(path) ?? ts.sys.readFile(path);
  };
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => cellOptions,
    getScriptFileNames: () => [cell],
    getScriptVersion: (path) => (path === cell ? String(version) : "0"),
    getScriptSnapshot: (path) => {
      const text = exists(path) ? read(path) : undefined;
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: exists,
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
  const service = ts.createLanguageService(host);
  const load = (text: string) => {
    // A module, so that await is allowed and names are the cell's own.
    source = `${text}\nexport {};\n`;
    version++;
  };
  return {
    diagnostics(text) {
      load(text);
      return [
        ...service.getSyntacticDiagnostics(cell),
        ...service.getSemanticDiagnostics(cell),
      ].map((each) => textOf(each.messageText));
    },
    shown(text) {
      load(text);
      const program = service.getProgram();
      if (program === undefined) throw new Error("internal: the service has no program");
      return service.getSemanticDiagnostics(cell).flatMap((each) => {
        const sentence = sentenceOf(each);
        if (sentence === null) return [textOf(each.messageText)];
        return isCertain(program, each) ? [sentence] : [];
      });
    },
    hover(text, name) {
      load(text);
      const info = service.getQuickInfoAtPosition(cell, source.indexOf(name));
      return ts.displayPartsToString(info?.displayParts);
    },
    instantiations(text) {
      load(text);
      const program = service.getProgram();
      if (program === undefined) throw new Error("internal: the service has no program");
      program.getSemanticDiagnostics(program.getSourceFile(cell));
      return program.getInstantiationCount();
    },
  };
}

function isSource(path: string): boolean {
  return path.startsWith(join(root, "kernel/")) && /(?<!\.d)\.ts$/.test(path);
}

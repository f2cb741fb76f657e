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

/**
 * A checker over the sources, or over `declarations` in their place. Cells given beforehand share one
 * program, each a file of its own; every other one costs a program more.
 */
export function createChecker(
  declarations?: ReadonlyMap<string, string>,
  cells: readonly string[] = [],
): Checker {
  let sources = new Map<string, string>();
  let paths = new Map<string, string>();
  let made = 0;
  const exists = (path: string) =>
    sources.has(path) ||
    (declarations === undefined
      ? ts.sys.fileExists(path)
      : declarations.has(path) || (!isSource(path) && ts.sys.fileExists(path)));
  const read = (path: string) =>
    sources.get(path) ?? declarations?.get(path) ?? ts.sys.readFile(path);
  const host: ts.LanguageServiceHost = {
    getCompilationSettings: () => cellOptions,
    getScriptFileNames: () => [...sources.keys()],
    // A path never gets another text.
    getScriptVersion: () => "0",
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
  const load = (texts: readonly string[]) => {
    paths = new Map(texts.map((text) => [text, join(root, `cell-${made++}.ts`)]));
    // Modules, so that await is allowed and names are each cell's own.
    sources = new Map([...paths].map(([text, path]) => [path, `${text}\nexport {};\n`]));
  };
  load(cells);
  const pathOf = (text: string): string => {
    if (!paths.has(text)) load([text]);
    const path = paths.get(text);
    if (path === undefined) throw new Error("internal: a cell was not loaded");
    return path;
  };
  const programOf = () => {
    const program = service.getProgram();
    if (program === undefined) throw new Error("internal: the service has no program");
    return program;
  };
  return {
    diagnostics(text) {
      const cell = pathOf(text);
      return [
        ...service.getSyntacticDiagnostics(cell),
        ...service.getSemanticDiagnostics(cell),
      ].map((each) => textOf(each.messageText));
    },
    shown(text) {
      const cell = pathOf(text);
      const program = programOf();
      return service.getSemanticDiagnostics(cell).flatMap((each) => {
        const sentence = sentenceOf(each);
        if (sentence === null) return [textOf(each.messageText)];
        return isCertain(program, each) ? [sentence] : [];
      });
    },
    hover(text, name) {
      const cell = pathOf(text);
      const at = sources.get(cell)?.indexOf(name) ?? -1;
      return ts.displayPartsToString(service.getQuickInfoAtPosition(cell, at)?.displayParts);
    },
    instantiations(text) {
      // Alone in a program of its own: what others have instantiated would come for nothing.
      load([text]);
      const cell = pathOf(text);
      const program = programOf();
      program.getSemanticDiagnostics(program.getSourceFile(cell));
      return program.getInstantiationCount();
    },
  };
}

function isSource(path: string): boolean {
  return path.startsWith(join(root, "kernel/")) && /(?<!\.d)\.ts$/.test(path);
}

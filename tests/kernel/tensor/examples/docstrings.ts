/**
 * What the engine exports and how each export is documented, read from the sources by the TypeScript
 * compiler: functions, classes and their methods, through namespaces and classes made callable.
 */
import { fileURLToPath } from "node:url";
import ts from "typescript";

export interface Documented {
  /** As a cell writes it: `nn.Linear`, `Tensor.sum`. */
  readonly path: string;
  readonly kind: "function" | "class" | "method" | "value";
  readonly text: string;
  readonly examples: readonly string[];
  /** Where to write what is missing: `kernel/tensor/creation/create.ts:12`. */
  readonly place: string;
}

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const entry = `${root}kernel/tensor/index.ts`;

/** Every value that `kernel/tensor/index.ts` exports, and every public method of its classes. */
export function documentedExports(): Documented[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram([entry], options);
  const checker = program.getTypeChecker();
  const found = new Map<ts.Declaration, Documented>();

  const record = (path: string, symbol: ts.Symbol, kind: Documented["kind"]): void => {
    const declaration = symbol.declarations?.find(isOurs);
    // What a class inherits is recorded with the first that has it.
    if (declaration === undefined || found.has(declaration)) return;
    const tags = symbol.getJsDocTags(checker);
    if (tags.some((tag) => tag.name === "internal")) return;
    found.set(declaration, {
      path,
      kind,
      text: ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim(),
      examples: tags
        .filter((tag) => tag.name === "example")
        .map((tag) => ts.displayPartsToString(tag.text).trim()),
      place: placeOf(declaration),
    });
    if (kind !== "class") return;
    for (const member of checker.getDeclaredTypeOfSymbol(symbol).getProperties())
      if (isPublicMethod(member)) record(`${path}.${member.name}`, member, "method");
  };

  const visit = (prefix: string, module: ts.Symbol): void => {
    const namespaces: [string, ts.Symbol][] = [];
    for (const each of checker.getExportsOfModule(module)) {
      if (each.declarations?.some(isTypeOnly)) continue;
      const symbol = unwrapped(each, checker);
      const path = `${prefix}${each.name}`;
      if (symbol.flags & ts.SymbolFlags.ValueModule) namespaces.push([path, symbol]);
      else if (symbol.flags & ts.SymbolFlags.Function) record(path, symbol, "function");
      else if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) {
        if (symbol.flags & ts.SymbolFlags.Value) record(path, symbol, "class");
      } else if (symbol.flags & ts.SymbolFlags.Value) record(path, symbol, "value");
    }
    for (const [path, namespace] of namespaces) visit(`${path}.`, namespace);
  };
  const source = program.getSourceFile(entry);
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${entry} exports nothing`);
  visit("", module);
  return [...found.values()];
}

/** What a name stands for: through re-exports, and the class behind `callable(Class)`. */
function unwrapped(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declaration = target.valueDeclaration;
  if (declaration === undefined || !ts.isVariableDeclaration(declaration)) return target;
  let { initializer } = declaration;
  while (initializer && ts.isAsExpression(initializer)) initializer = initializer.expression;
  if (initializer === undefined || !ts.isCallExpression(initializer)) return target;
  const [argument] = initializer.arguments;
  const isCallable = initializer.expression.getText() === "callable";
  const behind = isCallable && argument ? checker.getSymbolAtLocation(argument) : undefined;
  return behind === undefined ? target : unwrapped(behind, checker);
}

/** `export type { ... }` brings a class's type alone. */
function isTypeOnly(declaration: ts.Declaration): boolean {
  return ts.isExportSpecifier(declaration) && ts.isTypeOnlyExportDeclaration(declaration);
}

function isOurs(declaration: ts.Declaration): boolean {
  return declaration.getSourceFile().fileName.startsWith(`${root}kernel/tensor/`);
}

/** Methods and accessors; what overrides a documented method needs no sentence of its own. */
function isPublicMethod(member: ts.Symbol): boolean {
  const declaration = member.declarations?.find(isOurs);
  if (declaration === undefined || member.name.startsWith("__")) return false;
  if (!ts.isMethodDeclaration(declaration) && !ts.isGetAccessor(declaration)) return false;
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override;
  if (ts.getCombinedModifierFlags(declaration) & hidden) return false;
  // `forward` is described by its class.
  return !ts.isPrivateIdentifier(declaration.name) && member.name !== "forward";
}

function placeOf(declaration: ts.Declaration): string {
  const file = declaration.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(declaration.getStart());
  return `${file.fileName.slice(root.length)}:${line + 1}`;
}

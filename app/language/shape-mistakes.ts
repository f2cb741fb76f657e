/**
 * Diagnostics about shapes as the editor shows them: one sentence, and only where it is certain. A
 * variable that is assigned twice has the shape of its first value in its type, and an element of a
 * list that of any of them; so a sentence counts only if every tensor it speaks of can be followed,
 * through names that never change, to where its sizes are written.
 */
import ts from "typescript";
import { changedNames } from "./changed-names.ts";

/** A sentence of the engine: its op, a colon, both shapes, what was wanted; quotes in it are escaped. */
const quoted = /"(\w+: (?:[^"\\]|\\.)+ - (?:[^"\\]|\\.)+)"/;

/** The sentence about shapes in a diagnostic's text; null when it is about something else. */
export function sentenceOf(diagnostic: ts.Diagnostic): string | null {
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  return quoted.exec(text)?.[1]?.replaceAll(/\\(.)/g, "$1") ?? null;
}

/** Whether the tensors of a diagnostic about shapes are known to have the shapes in their types. */
export function isCertain(program: ts.Program, diagnostic: ts.Diagnostic): boolean {
  const { file, start, length } = diagnostic;
  if (file === undefined || start === undefined || length === undefined) return false;
  const call = callAround(file, start, start + length);
  return call !== null && new Trace(program, file).follows(call);
}

/** The call whose arguments lie from `start` to `end`. */
function callAround(file: ts.SourceFile, start: number, end: number): ts.Node | null {
  let found: ts.Node = file;
  const descend = (node: ts.Node): void => {
    if (node.getStart(file) > start || node.getEnd() < end) return;
    found = node;
    ts.forEachChild(node, descend);
  };
  descend(file);
  // One argument is a node of its own; several are only spanned by their call.
  const isArgument = found.getStart(file) === start && found.getEnd() === end;
  const call = isArgument ? outermost(found, start, end).parent : found;
  return ts.isCallExpression(call) || ts.isNewExpression(call) ? call : null;
}

/** Of nodes that span the same text the one nearest to the root. */
function outermost(node: ts.Node, start: number, end: number): ts.Node {
  const { parent } = node;
  return parent.getStart() === start && parent.getEnd() === end
    ? outermost(parent, start, end)
    : node;
}

/** Follows expressions to what they are made of. */
class Trace {
  readonly #checker: ts.TypeChecker;
  readonly #cells: ts.SourceFile;
  readonly #isLibrary: (file: ts.SourceFile) => boolean;
  readonly #changed: ReadonlySet<ts.Symbol>;
  readonly #open = new Set<ts.Node>();

  constructor(program: ts.Program, cells: ts.SourceFile) {
    this.#checker = program.getTypeChecker();
    this.#cells = cells;
    this.#isLibrary = (file) => program.isSourceFileDefaultLibrary(file);
    this.#changed = changedNames(this.#checker, cells);
  }

  follows(node: ts.Node): boolean {
    if (this.#open.has(node)) return false;
    this.#open.add(node);
    const result = this.#expression(node);
    this.#open.delete(node);
    return result;
  }

  #expression(node: ts.Node): boolean {
    if (ts.isLiteralExpression(node) || ts.isPrefixUnaryExpression(node)) return true;
    if (constants.has(node.kind)) return true;
    if (
      ts.isParenthesizedExpression(node) ||
      ts.isAsExpression(node) ||
      ts.isSatisfiesExpression(node) ||
      ts.isNonNullExpression(node) ||
      ts.isSpreadElement(node)
    )
      return this.follows(node.expression);
    if (ts.isBinaryExpression(node)) return arithmetic.has(node.operatorToken.kind);
    if (ts.isArrayLiteralExpression(node)) return this.#all(node.elements);
    if (ts.isObjectLiteralExpression(node)) return this.#all(node.properties);
    if (ts.isPropertyAssignment(node)) return this.follows(node.initializer);
    if (ts.isIdentifier(node)) return this.#name(node);
    if (ts.isPropertyAccessExpression(node))
      return this.follows(node.expression) && this.#name(node.name);
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      return this.follows(node.expression) && this.#all(node.arguments ?? []);
    if (ts.isArrowFunction(node) || ts.isFunctionLike(node)) return this.#result(node);
    return false;
  }

  #all(nodes: readonly ts.Node[]): boolean {
    return nodes.every((node) => this.follows(node));
  }

  /** A name of the engine, or one of the cells that never changes and is made of such. */
  #name(node: ts.Identifier | ts.MemberName): boolean {
    const symbol = this.#checker.getSymbolAtLocation(node);
    if (symbol === undefined || this.#changed.has(symbol)) return false;
    const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
    if (declaration === undefined) return false;
    const file = declaration.getSourceFile();
    // What JavaScript's own methods give, such as an element of a list, is not followed.
    if (file !== this.#cells) return !this.#isLibrary(file) || isNumber(this.#typeOf(node));
    return this.#declared(declaration);
  }

  #typeOf(node: ts.Node): ts.Type {
    return this.#checker.getTypeAtLocation(node);
  }

  #declared(declaration: ts.Declaration): boolean {
    if (ts.isImportSpecifier(declaration) || ts.isNamespaceImport(declaration)) return true;
    if (ts.isParameter(declaration)) return declaration.type !== undefined;
    if (ts.isBindingElement(declaration)) {
      const owner = ts.walkUpBindingElementsAndPatterns(declaration);
      return ts.isVariableDeclaration(owner) && this.#initialised(owner);
    }
    if (ts.isVariableDeclaration(declaration) || ts.isPropertyDeclaration(declaration))
      return this.#initialised(declaration);
    if (ts.isPropertyAssignment(declaration)) return this.follows(declaration.initializer);
    return ts.isFunctionDeclaration(declaration) && this.#result(declaration);
  }

  #initialised({ initializer }: ts.VariableDeclaration | ts.PropertyDeclaration): boolean {
    return initializer !== undefined && this.follows(initializer);
  }

  /** What a function gives back, when it is written as one expression or promised by its type. */
  #result(node: ts.SignatureDeclaration): boolean {
    if (node.type !== undefined) return true;
    if (!("body" in node) || node.body === undefined) return false;
    const body = node.body as ts.Node;
    if (!ts.isBlock(body)) return this.follows(body);
    const given = returnsOf(body);
    const [only] = given;
    return given.length === 1 && only?.expression !== undefined && this.follows(only.expression);
  }
}

const constants: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
  ts.SyntaxKind.ThisKeyword,
]);

/** Their result is a number, whose value no type knows. */
const arithmetic: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusToken,
  ts.SyntaxKind.MinusToken,
  ts.SyntaxKind.AsteriskToken,
  ts.SyntaxKind.AsteriskAsteriskToken,
  ts.SyntaxKind.SlashToken,
  ts.SyntaxKind.PercentToken,
]);

function isNumber(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.NumberLike) !== 0;
}

/** The return statements of a function, without those of functions inside it. */
function returnsOf(body: ts.Block): ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) found.push(node);
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, walk);
  };
  walk(body);
  return found;
}

/** Names of a file that stand for more than one value: assigned again, or changed from inside. */
import ts from "typescript";

const known = new WeakMap<ts.SourceFile, ReadonlySet<ts.Symbol>>();

/** Methods of the engine that change a layer's layers. */
const changing: ReadonlySet<string> = new Set(["append", "push", "insert", "splice"]);

/** Variables and properties that an assignment, `++` or a loop writes, or a changing method is called on. */
export function changedNames(checker: ts.TypeChecker, file: ts.SourceFile): ReadonlySet<ts.Symbol> {
  const before = known.get(file);
  if (before !== undefined) return before;
  const names = new Set<ts.Symbol>();
  const add = (target: ts.Node): void => {
    // `net[0] = layer` changes net, `[a, b] = [b, a]` both.
    if (ts.isElementAccessExpression(target)) return add(target.expression);
    if (ts.isArrayLiteralExpression(target) || ts.isObjectLiteralExpression(target))
      return ts.forEachChild(target, add);
    if (ts.isPropertyAssignment(target)) return add(target.initializer);
    if (ts.isSpreadElement(target) || ts.isSpreadAssignment(target)) return add(target.expression);
    if (ts.isShorthandPropertyAssignment(target)) {
      const symbol = checker.getShorthandAssignmentValueSymbol(target);
      if (symbol !== undefined) names.add(symbol);
      return;
    }
    if (!ts.isIdentifier(target) && !ts.isPropertyAccessExpression(target)) return;
    const symbol = checker.getSymbolAtLocation(target);
    if (symbol !== undefined) names.add(symbol);
  };
  const walk = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && isAssignment(node.operatorToken.kind)) add(node.left);
    else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
      if (steps.has(node.operator)) add(node.operand);
    } else if (
      (ts.isForOfStatement(node) || ts.isForInStatement(node)) &&
      !ts.isVariableDeclarationList(node.initializer)
    )
      add(node.initializer);
    else if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      changing.has(node.expression.name.text)
    )
      add(node.expression.expression);
    ts.forEachChild(node, walk);
  };
  walk(file);
  known.set(file, names);
  return names;
}

const steps: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.PlusPlusToken,
  ts.SyntaxKind.MinusMinusToken,
]);

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** What a cell shows: the value of its last expression, unless that is only something done. */
import type { Program } from "acorn";
import type { Node } from "./tree.ts";

/**
 * The statement whose value is the cell's result: its last, when that is an expression and not
 * an assignment, `++`, `--`, `void e`, `xs.push(x)` or a timer's start; else null. A semicolon changes nothing. A
 * result that is a promise is awaited, since the cell's function returns it.
 */
export function resultStatement(program: Program): Node | null {
  return ending(program.body.filter((node) => !isEmpty(node)).at(-1));
}

function ending(statement: Node | undefined): Node | null {
  if (statement === undefined) return null;
  if (statement.type === "TryStatement" && isDisposal(statement)) {
    return ending(statement.block.body.at(-1));
  }
  if (statement.type === "ExpressionStatement") {
    return isQuiet(statement.expression) ? null : statement;
  }
  // `export default 5` reads as the cell's value too.
  if (statement.type !== "ExportDefaultDeclaration") return null;
  return isDeclaration(statement.declaration) ? null : statement;
}

/** `export {}`, a lone semicolon. */
function isEmpty(node: Node): boolean {
  if (node.type === "EmptyStatement") return true;
  return node.type === "ExportNamedDeclaration" && !node.declaration && !node.source;
}

function isDeclaration(node: Node): boolean {
  return node.type === "FunctionDeclaration" || node.type === "ClassDeclaration";
}

/** esbuild wraps what follows a `using` in a try that disposes. */
function isDisposal(statement: Extract<Node, { type: "TryStatement" }>): boolean {
  const first = statement.finalizer?.body[0];
  const call =
    first?.type === "ExpressionStatement"
      ? first.expression
      : first?.type === "VariableDeclaration"
        ? first.declarations[0]?.init
        : null;
  return (
    call?.type === "CallExpression" &&
    call.callee.type === "Identifier" &&
    call.callee.name.startsWith("__callDispose")
  );
}

/** They give a number, or in Node an object, that nobody reads who does not keep it. */
const timers = new Set(["setTimeout", "setInterval"]);

function isQuiet(expression: Node): boolean {
  switch (expression.type) {
    case "AssignmentExpression":
    case "UpdateExpression":
      return true;
    case "UnaryExpression":
      return expression.operator === "void";
    case "SequenceExpression": {
      const last = expression.expressions.at(-1);
      return last !== undefined && isQuiet(last);
    }
    case "CallExpression": {
      const { callee } = expression;
      if (callee.type === "Identifier") return timers.has(callee.name);
      if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return false;
      return !callee.computed && callee.property.name === "push";
    }
    default:
      return false;
  }
}

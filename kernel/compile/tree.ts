/** The syntax tree of a cell after its types are gone: acorn's, and one way to walk it. */
import { parse, type AnyNode, type Program } from "acorn";

export type Node = AnyNode;
export type FunctionNode = Extract<
  Node,
  { type: "FunctionDeclaration" | "FunctionExpression" | "ArrowFunctionExpression" }
>;
export type ClassNode = Extract<Node, { type: "ClassDeclaration" | "ClassExpression" }>;
export type LoopNode = Extract<
  Node,
  {
    type:
      | "ForStatement"
      | "ForInStatement"
      | "ForOfStatement"
      | "WhileStatement"
      | "DoWhileStatement";
  }
>;

/** @throws acorn's SyntaxError, with `pos`, where the text is not a module. */
export function parseModule(text: string): Program {
  return parse(text, { ecmaVersion: "latest", sourceType: "module" });
}

export function isFunction(node: Node): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" ||
    node.type === "FunctionExpression" ||
    node.type === "ArrowFunctionExpression"
  );
}

export function isLoop(node: Node): node is LoopNode {
  return (
    node.type === "ForStatement" ||
    node.type === "ForInStatement" ||
    node.type === "ForOfStatement" ||
    node.type === "WhileStatement" ||
    node.type === "DoWhileStatement"
  );
}

/** A function or class that takes the name of what it is assigned to. */
export function isAnonymous(node: Node): boolean {
  return (isFunction(node) || node.type === "ClassExpression") && (node.id ?? null) === null;
}

/** Calls `visit` with each direct child, in the order of the text. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item);
    } else if (isNode(value)) {
      visit(value);
    }
  }
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === "object" &&
    value !== null &&
    "type" in value &&
    typeof value.type === "string" &&
    "start" in value
  );
}

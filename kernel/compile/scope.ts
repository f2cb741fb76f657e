/**
 * Which names a piece of syntax declares, and where. Pure questions about nodes; `analyze.ts`
 * walks them.
 */
import type { Program } from "acorn";
import type { DefinitionKind } from "./cell-interface.ts";
import { forEachChild, isFunction, isLoop, type FunctionNode, type Node } from "./tree.ts";

/** Names of one block or function, and those around it. The cell's own top level has no scope. */
export interface Scope {
  readonly names: ReadonlySet<string>;
  readonly parent: Scope | null;
}

export function isDeclared(name: string, scope: Scope | null): boolean {
  for (let at = scope; at !== null; at = at.parent) if (at.names.has(name)) return true;
  return false;
}

/** Adds the names that `pattern` binds to `names`. */
export function addBindings(pattern: Node, names: Set<string>): void {
  switch (pattern.type) {
    case "Identifier":
      names.add(pattern.name);
      return;
    case "ObjectPattern":
      for (const property of pattern.properties) {
        addBindings(property.type === "RestElement" ? property.argument : property.value, names);
      }
      return;
    case "ArrayPattern":
      for (const element of pattern.elements) if (element !== null) addBindings(element, names);
      return;
    case "RestElement":
      addBindings(pattern.argument, names);
      return;
    case "AssignmentPattern":
      addBindings(pattern.left, names);
      return;
    default:
      return;
  }
}

/** `let`, `const`, `class` and `function` that stand directly in a block. */
export function lexicalNames(statements: readonly Node[]): Set<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    if (statement.type === "VariableDeclaration" && statement.kind !== "var") {
      for (const { id } of statement.declarations) addBindings(id, names);
    } else if (
      (statement.type === "FunctionDeclaration" || statement.type === "ClassDeclaration") &&
      statement.id !== null
    ) {
      names.add(statement.id.name);
    }
  }
  return names;
}

/** Adds every `var` of a function body or cell, however deep in blocks, but not in functions. */
export function addVars(node: Node, names: Set<string>): void {
  if (isFunction(node) || node.type === "StaticBlock" || node.type === "ClassBody") return;
  if (node.type === "VariableDeclaration" && node.kind === "var") {
    for (const { id } of node.declarations) addBindings(id, names);
  }
  forEachChild(node, (child) => addVars(child, names));
}

export function functionNames(node: FunctionNode): Set<string> {
  const names = new Set<string>();
  for (const parameter of node.params) addBindings(parameter, names);
  if (node.type !== "ArrowFunctionExpression") names.add("arguments");
  if (node.body.type === "BlockStatement") {
    for (const name of lexicalNames(node.body.body)) names.add(name);
    for (const statement of node.body.body) addVars(statement, names);
  }
  return names;
}

/** The names a node makes for what is inside it; null when it makes none. */
export function innerNames(node: Node): Set<string> | null {
  if (isFunction(node)) return functionNames(node);
  if (node.type === "BlockStatement") return lexicalNames(node.body);
  if (node.type === "StaticBlock") {
    const names = lexicalNames(node.body);
    for (const statement of node.body) addVars(statement, names);
    return names;
  }
  if (node.type === "SwitchStatement") {
    return lexicalNames(node.cases.flatMap((branch) => branch.consequent));
  }
  if (node.type === "CatchClause") {
    const names = new Set<string>();
    if (node.param) addBindings(node.param, names);
    return names;
  }
  if (isLoop(node)) {
    const head = node.type === "ForStatement" ? node.init : "left" in node ? node.left : null;
    return lexicalNames(head ? [head] : []);
  }
  return null;
}

/** What a cell's own top level defines, in order of appearance; a repeated name keeps its last kind. */
export function cellDefinitions(program: Program): Map<string, DefinitionKind> {
  const kinds = new Map<string, DefinitionKind>();
  const add = (pattern: Node, kind: DefinitionKind) => {
    const names = new Set<string>();
    addBindings(pattern, names);
    for (const name of names) kinds.set(name, kind);
  };
  for (const statement of program.body) {
    const node = exported(statement);
    if (node.type === "ImportDeclaration") {
      for (const { local } of node.specifiers) add(local, "import");
    } else if (node.type === "VariableDeclaration" && node.kind !== "var") {
      for (const { id } of node.declarations) add(id, node.kind === "const" ? "const" : "let");
    } else if (node.type === "ClassDeclaration") {
      if (node.id !== null) add(node.id, "class");
    } else if (node.type === "FunctionDeclaration") {
      if (node.id !== null) add(node.id, "function");
    } else {
      const names = new Set<string>();
      addVars(node, names);
      for (const name of names) kinds.set(name, "var");
    }
  }
  return kinds;
}

/** The declaration or expression behind an `export`; any other statement is its own. */
export function exported(statement: Node): Node {
  if (statement.type === "ExportNamedDeclaration") return statement.declaration ?? statement;
  if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
  return statement;
}

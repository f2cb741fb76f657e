/**
 * Which names a cell reads only when one of its functions is called by another cell. Such a function
 * sees whatever the name stands for then, so the cell itself does not depend on it.
 */
import type { Identifier, Program } from "acorn";
import { addBindings } from "./scope.ts";
import { type ClassNode, isFunction, type Node } from "./tree.ts";

/** The names among `uses` that stand in functions and classes the cell itself has no use for. */
export function laterUses(
  program: Program,
  references: readonly { readonly node: Identifier }[],
  uses: ReadonlySet<string>,
): string[] {
  const waiting = new Map<Node, ReadonlySet<string>>();
  for (const statement of program.body) {
    const names = declaredOnly(statement);
    if (names !== null) waiting.set(statement, names);
  }
  if (waiting.size === 0) return [];
  const atOnce = new Set<string>();
  const inside = new Map<Node, Set<string>>();
  let at = 0;
  for (const { node } of references.toSorted((a, b) => a.node.start - b.node.start)) {
    while ((program.body[at]?.end ?? Infinity) < node.end) at += 1;
    const statement = program.body[at];
    if (statement !== undefined && waiting.has(statement) && !isInherited(statement, node)) {
      inside.set(statement, (inside.get(statement) ?? new Set()).add(node.name));
    } else atOnce.add(node.name);
  }
  // What a name stands for is used where the name is.
  for (let grew = true; grew;) {
    grew = false;
    for (const [statement, names] of waiting) {
      if (!Array.from(names).some((name) => atOnce.has(name))) continue;
      waiting.delete(statement);
      for (const name of inside.get(statement) ?? []) atOnce.add(name);
      grew = true;
    }
  }
  return Array.from(uses).filter((name) => !atOnce.has(name));
}

/** The names of a statement that does nothing but declare functions or a class; null for any other. */
function declaredOnly(statement: Node): ReadonlySet<string> | null {
  const names = new Set<string>();
  switch (statement.type) {
    case "ExportNamedDeclaration":
      return statement.declaration ? declaredOnly(statement.declaration) : null;
    case "FunctionDeclaration":
      if (statement.id !== null) names.add(statement.id.name);
      return names;
    case "ClassDeclaration":
      if (statement.id !== null) names.add(statement.id.name);
      return runsNothing(statement) ? names : null;
    case "VariableDeclaration":
      for (const { id, init } of statement.declarations) {
        if (!init || !isFunction(init) || id.type !== "Identifier") return null;
        addBindings(id, names);
      }
      return names;
    default:
      return null;
  }
}

/** Whether a class only says what its instances will do. */
function runsNothing({ body }: ClassNode): boolean {
  return body.body.every(
    (member) =>
      member.type !== "StaticBlock" &&
      !member.computed &&
      !(member.type === "PropertyDefinition" && member.static),
  );
}

/** `class A extends B`: B is read where it stands. */
function isInherited(statement: Node, node: Identifier): boolean {
  const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
  if (declared?.type !== "ClassDeclaration" || !declared.superClass) return false;
  const { start, end } = declared.superClass;
  return start <= node.start && node.end <= end;
}

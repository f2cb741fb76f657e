/**
 * What a cell declares at its top level, and each of its `var`s, as assignments to boxes. Functions
 * stay declarations: `rewrite.ts` puts them into their boxes before the cell begins.
 */
import type { Program, VariableDeclaration } from "acorn";
import type { MagicString } from "magic-string";
import type { Analysis } from "./analyze.ts";
import type { Alias } from "./alias.ts";
import { addBindings, exported } from "./scope.ts";
import { forEachChild, isFunction, type ClassNode, type Node } from "./tree.ts";

/** Edits the declarations of `program` in `text`, where the identifiers are rewritten already. */
export function rewriteDeclarations(
  text: MagicString,
  program: Program,
  { definitions, helpers }: Analysis,
  alias: Alias,
): void {
  function statement(outer: Node): void {
    const node = exported(outer);
    if (node !== outer) text.update(outer.start, node.start, "");
    if (node.type === "VariableDeclaration") variables(node, true);
    if (node.type === "ClassDeclaration") assignClass(node);
    else if (isNamelessDefault(node)) enclose(node.start, node.end, ";");
    else varsOf(node);
  }

  /** Blocks of the cell: only their `var`s belong to it. */
  function varsOf(node: Node): void {
    if (isFunction(node) || node.type === "ClassBody") return;
    forEachChild(node, (child) => {
      varsOf(child);
      if (child.type !== "VariableDeclaration" || child.kind !== "var") return;
      variables(child, node.type !== "ForStatement" && !("left" in node));
    });
  }

  function assignClass(node: ClassNode): void {
    if (!node.id) enclose(node.start, node.end, ";");
    else if (definitions.has(node.id.name)) {
      text.prependRight(node.start, `${alias(node.id.name)}.v=`).appendLeft(node.end, ";");
    }
  }

  /** `const a = 1, { b } = c` -> `$a$.v = 1, ({ b: $b$.v } = c)` */
  function variables(node: VariableDeclaration, isStatement: boolean): void {
    const names = new Set<string>();
    for (const { id } of node.declarations) addBindings(id, names);
    const first = node.declarations[0];
    // esbuild's own variables stay variables, and it never mixes them with the cell's.
    if (first === undefined || ![...names].some((name) => definitions.has(name))) return;
    text.update(node.start, first.start, "");
    for (const { id, init, start, end } of node.declarations) {
      if (init) {
        if (id.type === "ObjectPattern") enclose(start, end);
      } else if (isStatement || node.declarations.length > 1) {
        // `let x;` gives undefined at each run; `var x;` only declares.
        if (node.kind === "var") text.update(start, end, "void 0");
        else text.appendLeft(end, " = void 0");
      }
    }
  }

  function enclose(start: number, end: number, after = ""): void {
    text.prependRight(start, "(").appendLeft(end, `)${after}`);
  }

  for (const node of program.body) if (!helpers.has(node)) statement(node);
}

/** `export default function () {}` */
function isNamelessDefault(node: Node): boolean {
  return node.type === "FunctionDeclaration" && !node.id;
}

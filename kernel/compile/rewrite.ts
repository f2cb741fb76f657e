/**
 * From a cell's analysis to the body of its function: names become boxes, declarations become
 * assignments, imports become calls, and the last expression is returned.
 */
import type { ImportDeclaration, Program, VariableDeclaration } from "acorn";
import type MagicString from "magic-string";
import type { Analysis, Reference } from "./analyze.ts";
import type { Parameters } from "./guards.ts";
import { resultStatement } from "./result.ts";
import { addBindings, exported } from "./scope.ts";
import { forEachChild, isFunction, type Node } from "./tree.ts";

/** The variable that holds the box of `name`. Messages of engines spell it: see `frames.ts`. */
export type Alias = (name: string) => string;

/** Edits `text`, the text of `program`, and returns what must run first, on one line. */
export function rewriteCell(
  text: MagicString,
  program: Program,
  analysis: Analysis,
  parameters: Parameters,
): string {
  const alias = aliases(analysis.identifiers);
  const { kernel } = parameters;

  for (const reference of analysis.references) {
    text.update(reference.node.start, reference.node.end, spell(reference, alias, kernel));
  }
  for (const { node, name } of analysis.inferred) {
    // A function assigned to a property takes no name from it; one in an object literal does.
    text.prependRight(node.start, name === "__proto__" ? `({["__proto__"]:` : `({${name}:`);
    text.appendLeft(node.end, `}).${name}`);
  }
  for (const node of analysis.dynamicImports) {
    text.update(node.start, node.start + "import".length, `${kernel}.import`);
  }

  const declarations = new Declarations(text, analysis, alias);
  const functions: string[] = [];
  for (const statement of program.body) {
    if (analysis.helpers.has(statement)) continue;
    declarations.visit(statement);
    const node = exported(statement);
    if (node.type === "FunctionDeclaration" && node.id !== null) {
      if (analysis.definitions.has(node.id.name)) functions.push(node.id.name);
    }
  }
  const result = resultStatement(program);
  if (result !== null) {
    // The statement and not its expression: `(class {})` has brackets that belong to neither.
    const end = text.original[result.end - 1] === ";" ? result.end - 1 : result.end;
    text.prependRight(result.start, "return (").appendLeft(end, ")");
  }
  rewriteModules(text, program, alias, kernel);

  return [
    ...analysis.names.defines.map((name) => {
      const kind = analysis.definitions.get(name) ?? "let";
      return `const ${alias(name)}=${kernel}.define(${JSON.stringify(name)},"${kind}");`;
    }),
    ...otherNames(analysis).map(
      (name) => `const ${alias(name)}=${kernel}.box(${JSON.stringify(name)});`,
    ),
    // Declared functions can be called above their line.
    ...functions.map((name) => `${alias(name)}.v=${name};`),
  ].join("");
}

function otherNames({ names }: Analysis): string[] {
  return [...new Set([...names.uses, ...names.assigns])];
}

function aliases(taken: ReadonlySet<string>): Alias {
  return (name) => {
    let alias = `$${name}$`;
    while (taken.has(alias)) alias = `$${alias}`;
    return alias;
  };
}

function spell({ node, form, shorthand }: Reference, alias: Alias, kernel: string): string {
  const box = alias(node.name);
  if (form === "typeof") return `${kernel}.peek(${box},${JSON.stringify(node.name)})`;
  // A bare `$f$.v()` would pass the box as `this`.
  if (form === "called") return `(0,${box}.v)`;
  return shorthand ? `${node.name}: ${box}.v` : `${box}.v`;
}

/** Turns what a cell declares at its top level, and each of its `var`s, into assignments. */
class Declarations {
  readonly #text: MagicString;
  readonly #analysis: Analysis;
  readonly #alias: Alias;

  constructor(text: MagicString, analysis: Analysis, alias: Alias) {
    this.#text = text;
    this.#analysis = analysis;
    this.#alias = alias;
  }

  visit(statement: Node): void {
    const node = exported(statement);
    if (node !== statement) this.#text.update(statement.start, node.start, "");
    if (node.type === "VariableDeclaration") {
      this.#declaration(node, true);
      for (const { init } of node.declarations) if (init) this.#vars(init);
    } else if (node.type === "ClassDeclaration") {
      this.#class(node);
    } else if (isFunction(node) && node.type === "FunctionDeclaration" && node.id === null) {
      // `export default function () {}`
      this.#text.prependRight(node.start, "(").appendLeft(node.end, ");");
    } else {
      this.#vars(node);
    }
  }

  /** Blocks of the cell: only their `var`s belong to it. */
  #vars(node: Node): void {
    if (isFunction(node) || node.type === "ClassBody") return;
    forEachChild(node, (child) => {
      if (child.type !== "VariableDeclaration") return this.#vars(child);
      for (const { init } of child.declarations) if (init) this.#vars(init);
      if (child.kind !== "var") return;
      const isHead = "left" in node && node.left === child;
      const isInit = node.type === "ForStatement" && node.init === child;
      this.#declaration(child, !isHead && !isInit);
    });
  }

  #class(node: Extract<Node, { type: "ClassDeclaration" }>): void {
    if (node.id === null) {
      this.#text.prependRight(node.start, "(").appendLeft(node.end, ");");
    } else if (this.#analysis.definitions.has(node.id.name)) {
      const box = this.#alias(node.id.name);
      this.#text.prependRight(node.start, `${box}.v=`).appendLeft(node.end, ";");
    }
  }

  /** `const a = 1, { b } = c` -> `$a$.v = 1, ({ b: $b$.v } = c)`; the identifiers are rewritten already. */
  #declaration(node: VariableDeclaration, isStatement: boolean): void {
    const names = new Set<string>();
    for (const { id } of node.declarations) addBindings(id, names);
    const own = [...names].filter((name) => this.#analysis.definitions.has(name));
    if (own.length === 0) return;
    if (own.length < names.size) throw new Error(`internal: ${own.join()} declared with a helper`);

    const first = node.declarations[0];
    if (first === undefined) return;
    this.#text.update(node.start, first.start, "");
    for (const declarator of node.declarations) {
      if (declarator.init) {
        if (declarator.id.type !== "ObjectPattern") continue;
        this.#text.prependRight(declarator.start, "(").appendLeft(declarator.end, ")");
      } else if (isStatement || node.declarations.length > 1) {
        // `let x;` gives undefined at each run; `var x;` only declares.
        if (node.kind === "var") this.#text.update(declarator.start, declarator.end, "void 0");
        else this.#text.appendLeft(declarator.end, " = void 0");
      }
    }
  }
}

/** Imports move to the top, as hoisting has it; what a cell exports, it already defines. */
function rewriteModules(text: MagicString, program: Program, alias: Alias, kernel: string): void {
  const top = program.body.find((node) => node.type !== "ImportDeclaration")?.start;
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      text.update(node.start, node.end, importText(node, alias, kernel));
      if (top !== undefined && node.start > top) text.move(node.start, node.end, top);
    } else if (node.type === "ExportAllDeclaration") {
      text.update(node.start, node.end, `await ${importCall(node.source.value, kernel)};`);
    } else if (node.type === "ExportNamedDeclaration" && !node.declaration) {
      const source = node.source ? `await ${importCall(node.source.value, kernel)};` : ";";
      text.update(node.start, node.end, source);
    }
  }
}

function importCall(specifier: unknown, kernel: string): string {
  return `${kernel}.import(${JSON.stringify(specifier)})`;
}

/** One line, so that an error of it maps to the line of the import. */
function importText(node: ImportDeclaration, alias: Alias, kernel: string): string {
  const specifier = JSON.stringify(node.source.value);
  if (node.specifiers.length === 0) return `await ${importCall(node.source.value, kernel)};`;
  const assignments = node.specifiers.map((item) => {
    const box = `${alias(item.local.name)}.v`;
    if (item.type === "ImportNamespaceSpecifier") return `${box}=$m;`;
    const name =
      item.type === "ImportDefaultSpecifier"
        ? "default"
        : item.imported.type === "Identifier"
          ? item.imported.name
          : String(item.imported.value);
    return `${box}=${kernel}.named($m,${JSON.stringify(name)},${specifier});`;
  });
  return `{const $m=await ${importCall(node.source.value, kernel)};${assignments.join("")}}`;
}

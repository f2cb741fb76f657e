/**
 * What a cell means, scope by scope: which names it defines, reads and assigns, which of its
 * identifiers stand for boxes, and what it does that a cell may not. Changes no text.
 */
import type { Identifier, Program } from "acorn";
import type { DefinitionKind } from "./cell-interface.ts";
import type { CellNames } from "./compiler.ts";
import { laterUses } from "./later-uses.ts";
import { cellDefinitions, innerNames, isDeclared, type Scope } from "./scope.ts";
import { forEachChild, isAnonymous, isFunction, type ClassNode, type Node } from "./tree.ts";

/** How an identifier that stands for a box appears, which decides how it is rewritten. */
export type Form = "plain" | "called" | "typeof";

export interface Reference {
  readonly node: Identifier;
  readonly form: Form;
  /** `{ x }`: the property's key must stay when its value is rewritten. */
  readonly shorthand: boolean;
}

/** An error of the cell itself, at an offset of the stripped text. */
export interface Problem {
  readonly at: number;
  readonly length: number;
  readonly message: string;
  readonly hint: string;
}

export interface Analysis {
  readonly definitions: ReadonlyMap<string, DefinitionKind>;
  readonly names: CellNames;
  readonly references: readonly Reference[];
  /** Functions and classes without a name of their own, and the name they would be given. */
  readonly inferred: readonly { readonly node: Node; readonly name: string }[];
  /** `import(...)` expressions. */
  readonly dynamicImports: readonly Node[];
  readonly packages: readonly string[];
  readonly literals: readonly string[];
  /** Of the cell's own text, which esbuild may have renamed. */
  readonly words: ReadonlySet<string>;
  /** Every identifier of the text, so that a generated name can avoid them. */
  readonly identifiers: ReadonlySet<string>;
  /** Top-level statements that esbuild wrote for itself: they are not the cell's code. */
  readonly helpers: ReadonlySet<Node>;
  readonly problems: readonly Problem[];
}

/**
 * `source` is the cell's own text: a top-level name that is not in it is esbuild's. `direct` holds
 * the names that are read from the language and not from a box, unless the cell defines them.
 */
export function analyze(program: Program, source: string, direct: ReadonlySet<string>): Analysis {
  const definitions = new Map<string, DefinitionKind>();
  const generated = new Set<string>();
  const words = new Set(source.match(/[\p{ID_Continue}$]+/gu));
  for (const [name, kind] of cellDefinitions(program)) {
    if (!words.has(name)) generated.add(name);
    else definitions.set(name, kind === "var" && isMerged(name, source) ? "enum" : kind);
  }

  const references: Reference[] = [];
  const inferred: { node: Node; name: string }[] = [];
  const dynamicImports: Node[] = [];
  const packages = new Set<string>();
  const literals = new Set<string>();
  const identifiers = new Set<string>();
  const uses = new Set<string>();
  const assigns = new Set<string>();
  const problems: Problem[] = [];
  const helpers = new Set(program.body.filter((statement) => isHelper(statement, generated)));

  /** Whether a name used in `scope` stands for a box. */
  function isBoxed(name: string, scope: Scope | null): boolean {
    if (isDeclared(name, scope) || generated.has(name)) return false;
    return definitions.has(name) || !direct.has(name);
  }

  function reads(node: Identifier, scope: Scope | null, form: Form, shorthand = false): void {
    identifiers.add(node.name);
    if (!isBoxed(node.name, scope)) return;
    references.push({ node, form, shorthand });
    if (!definitions.has(node.name)) uses.add(node.name);
  }

  function writes(node: Identifier, scope: Scope | null, shorthand: boolean): void {
    identifiers.add(node.name);
    if (!isBoxed(node.name, scope)) return;
    references.push({ node, form: "plain", shorthand });
    if (!definitions.has(node.name)) assigns.add(node.name);
  }

  /** An assignment of the cell's code, not the declaration itself. */
  function refuseConstant(node: Identifier, scope: Scope | null): void {
    if (!isBoxed(node.name, scope)) return;
    const kind = definitions.get(node.name);
    if (kind !== "const" && kind !== "import") return;
    problems.push({
      at: node.start,
      length: node.name.length,
      message: `${node.name} = ...: ${node.name} is ${kind === "const" ? "a const" : "imported"} and keeps its value`,
      hint:
        kind === "const"
          ? `Write let ${node.name} where it is defined to assign it again`
          : `Assign to a variable of another name`,
    });
  }

  /** Identifiers that a pattern assigns or declares; defaults and computed keys are read. */
  function pattern(node: Node, scope: Scope | null, declares: boolean, shorthand = false): void {
    switch (node.type) {
      case "Identifier":
        if (!declares) refuseConstant(node, scope);
        writes(node, scope, shorthand);
        return;
      case "ObjectPattern":
        for (const property of node.properties) {
          if (property.type === "RestElement") pattern(property.argument, scope, declares);
          else {
            if (property.computed) visit(property.key, scope);
            pattern(property.value, scope, declares, property.shorthand);
          }
        }
        return;
      case "ArrayPattern":
        for (const element of node.elements) {
          if (element !== null) pattern(element, scope, declares);
        }
        return;
      case "RestElement":
        pattern(node.argument, scope, declares);
        return;
      case "AssignmentPattern":
        names(node.left, node.right, scope);
        pattern(node.left, scope, declares, shorthand);
        visit(node.right, scope);
        return;
      default:
        visit(node, scope);
    }
  }

  /** `x = () => {}`: the function is called x. */
  function names(target: Node, value: Node, scope: Scope | null): void {
    if (target.type !== "Identifier" || !isAnonymous(value)) return;
    if (isBoxed(target.name, scope)) inferred.push({ node: value, name: target.name });
  }

  function visitClass(node: ClassNode, outer: Scope | null): void {
    // The name inside a class is the class itself, whatever the cell's name becomes later.
    const own = node.id ? node.id.name : null;
    if (own !== null) identifiers.add(own);
    const scope = own === null ? outer : { names: new Set([own]), parent: outer };
    if (node.superClass) visit(node.superClass, scope);
    visit(node.body, scope);
  }

  function visit(node: Node, outer: Scope | null): void {
    switch (node.type) {
      case "Identifier":
        return reads(node, outer, "plain");
      case "ClassDeclaration":
      case "ClassExpression":
        return visitClass(node, outer);
      case "VariableDeclaration":
        for (const { id, init } of node.declarations) {
          if (init) names(id, init, outer);
          pattern(id, outer, true);
          if (init) visit(init, outer);
        }
        return;
      case "AssignmentExpression":
        if (["=", "??=", "||=", "&&="].includes(node.operator)) names(node.left, node.right, outer);
        if (node.operator !== "=" && node.left.type === "Identifier") {
          noteUse(node.left, outer);
        }
        pattern(node.left, outer, false);
        visit(node.right, outer);
        return;
      case "UpdateExpression":
        if (node.argument.type === "Identifier") noteUse(node.argument, outer);
        pattern(node.argument, outer, false);
        return;
      case "CallExpression":
        if (node.callee.type === "Identifier") reads(node.callee, outer, "called");
        else visit(node.callee, outer);
        for (const argument of node.arguments) visit(argument, outer);
        return;
      case "TaggedTemplateExpression":
        if (node.tag.type === "Identifier") reads(node.tag, outer, "called");
        else visit(node.tag, outer);
        visit(node.quasi, outer);
        return;
      case "UnaryExpression":
        if (node.operator === "typeof" && node.argument.type === "Identifier") {
          reads(node.argument, outer, "typeof");
        } else visit(node.argument, outer);
        return;
      case "MemberExpression":
        visit(node.object, outer);
        if (node.computed) visit(node.property, outer);
        return;
      case "Property":
        if (node.computed) visit(node.key, outer);
        if (node.value.type === "Identifier") {
          reads(node.value, outer, "plain", node.shorthand);
        } else visit(node.value, outer);
        return;
      case "MethodDefinition":
      case "PropertyDefinition":
        if (node.computed) visit(node.key, outer);
        if (node.value) visit(node.value, outer);
        return;
      case "LabeledStatement":
        return visit(node.body, outer);
      case "BreakStatement":
      case "ContinueStatement":
        return;
      case "MetaProperty":
        if (node.meta.name === "import") problems.push(importMeta(node));
        return;
      case "ImportExpression":
        dynamicImports.push(node);
        if (node.source.type === "Literal") notePackage(node.source.value);
        visit(node.source, outer);
        if (node.options) visit(node.options, outer);
        return;
      case "ImportDeclaration":
        notePackage(node.source.value);
        return;
      case "ExportAllDeclaration":
        notePackage(node.source.value);
        return;
      case "ExportNamedDeclaration":
        if (node.source) notePackage(node.source.value);
        if (node.declaration) visit(node.declaration, outer);
        return;
      case "Literal":
        if (typeof node.value === "string") literals.add(node.value);
        return;
      case "TemplateLiteral":
        if (node.expressions.length === 0) literals.add(node.quasis[0]?.value.cooked ?? "");
        for (const expression of node.expressions) visit(expression, outer);
        return;
      default:
        visitScoped(node, outer);
    }
  }

  /** Loops, blocks, functions and everything whose children are all plain code. */
  function visitScoped(node: Node, outer: Scope | null): void {
    let scope = outer;
    if (node.type === "FunctionExpression" && node.id) {
      scope = { names: new Set([node.id.name]), parent: scope };
    }
    const inner = innerNames(node);
    if (inner !== null && inner.size > 0) scope = { names: inner, parent: scope };
    if (isFunction(node)) {
      if (node.id) identifiers.add(node.id.name);
      for (const parameter of node.params) pattern(parameter, scope, true);
      visit(node.body, scope);
    } else if (node.type === "ForInStatement" || node.type === "ForOfStatement") {
      if (node.left.type === "VariableDeclaration") visit(node.left, scope);
      else pattern(node.left, scope, false);
      visit(node.right, scope);
      visit(node.body, scope);
    } else if (node.type === "CatchClause") {
      if (node.param) pattern(node.param, scope, true);
      visit(node.body, scope);
    } else {
      forEachChild(node, (child) => visit(child, scope));
    }
  }

  /** `x += 1` reads as well as assigns. */
  function noteUse(node: Identifier, scope: Scope | null): void {
    if (isBoxed(node.name, scope) && !definitions.has(node.name)) uses.add(node.name);
  }

  function notePackage(specifier: unknown): void {
    if (typeof specifier !== "string") return;
    if (specifier !== "descent" && !specifier.startsWith("descent/")) packages.add(specifier);
  }

  for (const statement of program.body) {
    if (!helpers.has(statement)) visit(statement, null);
  }

  return {
    definitions,
    names: {
      defines: [...definitions.keys()],
      uses: [...uses],
      assigns: [...assigns],
      imports: [...definitions].flatMap(([name, kind]) => (kind === "import" ? [name] : [])),
      later: laterUses(program, references, uses),
    },
    references,
    inferred,
    dynamicImports,
    packages: [...packages],
    literals: [...literals],
    words,
    identifiers,
    helpers,
    problems,
  };
}

/** esbuild turns both into `var x` merged with `x || {}`; only the cell's text tells them apart from a `var`. */
function isMerged(name: string, source: string): boolean {
  const pattern = `\\b(?:enum|namespace|module)\\s+${name.replaceAll("$", "\\$")}(?![\\p{ID_Continue}$])`;
  return new RegExp(pattern, "u").test(source);
}

/** `var __using = ...` and the like, ahead of the cell's code. */
function isHelper(statement: Node, generated: ReadonlySet<string>): boolean {
  return (
    statement.type === "VariableDeclaration" &&
    statement.declarations.every(
      ({ id }) => id.type === "Identifier" && id.name.startsWith("__") && generated.has(id.name),
    )
  );
}

function importMeta(node: Node): Problem {
  return {
    at: node.start,
    length: "import.meta".length,
    message: "import.meta: a cell is not a file, so it has no address of its own",
    hint: "Write the address as a string",
  };
}

/**
 * From a cell's analysis to the body of its function: names become boxes, the last expression is
 * returned; declarations and imports have files of their own.
 */
import type { Program } from "acorn";
import type { MagicString } from "magic-string";
import type { Analysis, Reference } from "./analyze.ts";
import { aliasesAvoiding, type Alias } from "./alias.ts";
import { rewriteDeclarations } from "./declarations.ts";
import type { Parameters } from "./guards.ts";
import { rewriteModules } from "./imports.ts";
import { resultStatement } from "./result.ts";
import { exported } from "./scope.ts";

/** Edits `text`, the text of `program`, and returns what must run first, on one line. */
export function rewriteCell(
  text: MagicString,
  program: Program,
  analysis: Analysis,
  parameters: Parameters,
): string {
  const alias = aliasesAvoiding(analysis.identifiers);
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
  rewriteDeclarations(text, program, analysis, alias);
  returnResult(text, program);
  rewriteModules(text, program, alias, parameters);
  return prologue(program, analysis, alias, kernel);
}

function spell({ node, form, shorthand }: Reference, alias: Alias, kernel: string): string {
  const box = alias(node.name);
  if (form === "typeof") return `${kernel}.peek(${box},${JSON.stringify(node.name)})`;
  // A bare `$f$.v()` would pass the box as `this`.
  if (form === "called") return `(0,${box}.v)`;
  return shorthand ? `${node.name}: ${box}.v` : `${box}.v`;
}

function returnResult(text: MagicString, program: Program): void {
  const result = resultStatement(program);
  if (result === null) return;
  // The statement and not its expression: `(class {})` has brackets that belong to neither.
  const end = text.original[result.end - 1] === ";" ? result.end - 1 : result.end;
  text.prependRight(result.start, "return (").appendLeft(end, ")");
}

/** The cell's boxes, and its functions in theirs, since they can be called above their line. */
function prologue(program: Program, analysis: Analysis, alias: Alias, kernel: string): string {
  const { definitions, names } = analysis;
  const box = (name: string, call: string) => `const ${alias(name)}=${kernel}.${call};`;
  const functions = program.body
    .map(exported)
    .flatMap((node) => (node.type === "FunctionDeclaration" && node.id ? [node.id.name] : []))
    .filter((name) => definitions.has(name));
  return [
    ...Array.from(definitions, ([name, kind]) => box(name, `define(${quote(name)},"${kind}")`)),
    ...[...new Set([...names.uses, ...names.assigns])].map((name) =>
      box(name, `box(${quote(name)})`),
    ),
    ...functions.map((name) => `${alias(name)}.v=${name};`),
  ].join("");
}

function quote(name: string): string {
  return JSON.stringify(name);
}

/** Imports as calls of the kernel, whose results fill boxes; and what is left of exports. */
import type { ImportDeclaration, Program } from "acorn";
import type { MagicString } from "magic-string";
import type { Alias } from "./alias.ts";
import type { Parameters } from "./guards.ts";

/** Imports move to the top, as hoisting has it. What a cell exports, it defines all the same. */
export function rewriteModules(
  text: MagicString,
  program: Program,
  alias: Alias,
  parameters: Parameters,
): void {
  const top = program.body.find((node) => node.type !== "ImportDeclaration")?.start;
  for (const node of program.body) {
    if (node.type === "ImportDeclaration") {
      text.update(node.start, node.end, importText(node, alias, parameters));
      if (top !== undefined && node.start > top) text.move(node.start, node.end, top);
    } else if (node.type === "ExportAllDeclaration") {
      text.update(node.start, node.end, `${importCall(node.source.value, parameters)};`);
    } else if (node.type === "ExportNamedDeclaration" && !node.declaration) {
      const source = node.source ? `${importCall(node.source.value, parameters)};` : ";";
      text.update(node.start, node.end, source);
    }
  }
}

/** Waits for the namespace. */
function importCall(specifier: unknown, { kernel, run }: Parameters): string {
  return `${kernel}.back(${run},await ${kernel}.import(${JSON.stringify(specifier)}))`;
}

/** One line, so that an error of it maps to the line of the import. */
function importText(node: ImportDeclaration, alias: Alias, parameters: Parameters): string {
  const specifier = JSON.stringify(node.source.value);
  if (node.specifiers.length === 0) return `${importCall(node.source.value, parameters)};`;
  const assignments = node.specifiers.map((item) => {
    const box = `${alias(item.local.name)}.v`;
    if (item.type === "ImportNamespaceSpecifier") return `${box}=$m;`;
    const name =
      item.type === "ImportDefaultSpecifier"
        ? "default"
        : item.imported.type === "Identifier"
          ? item.imported.name
          : String(item.imported.value);
    return `${box}=${parameters.kernel}.named($m,${JSON.stringify(name)},${specifier});`;
  });
  return `{const $m=${importCall(node.source.value, parameters)};${assignments.join("")}}`;
}

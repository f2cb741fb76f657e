/** Imports as calls of the kernel, whose results fill boxes; and what is left of exports. */
import type { ImportDeclaration, Program } from "acorn";
import type { MagicString } from "magic-string";
import type { Alias } from "./alias.ts";

/** Imports move to the top, as hoisting has it. What a cell exports, it defines all the same. */
export function rewriteModules(
  text: MagicString,
  program: Program,
  alias: Alias,
  kernel: string,
): void {
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

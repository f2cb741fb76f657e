/**
 * Where waiting code goes on: it says for which run, so that what it prints belongs there, and a run
 * that was stopped while it waited stays stopped when the answer comes after all.
 */
import type { Program } from "acorn";
import type { MagicString } from "magic-string";
import type { Analysis } from "./analyze.ts";
import { forEachChild, isFunction, type FunctionNode, type Node } from "./tree.ts";
import { WOVEN_END } from "./woven.ts";

/** What the generated code calls the kernel, and the run that a function was called for. */
interface Names {
  readonly kernel: string;
  readonly run: string;
}

/**
 * `await x` -> `$k.back($r,await x)`, in `text`, the text of `program`. To be done before other edits
 * that lie around expressions and bodies. Returns what the cell's own code needs first.
 */
export function addResumptions(
  text: MagicString,
  program: Program,
  { helpers }: Pick<Analysis, "helpers">,
  { kernel, run }: Names,
): string {
  const token = `const ${run}=${kernel}.now();`;

  /** `taken`: how the code here says its run. */
  function visit(node: Node, taken: string): void {
    if (isFunction(node)) return visitFunction(node);
    forEachChild(node, (child) => visit(child, taken));
    const back = `${kernel}.back(${taken}`;
    if (node.type === "AwaitExpression") {
      text.prependRight(node.start, `${back},`).appendLeft(node.end, WOVEN_END);
    } else if (node.type === "ForOfStatement" && node.await) {
      if (node.body.type === "BlockStatement") text.appendLeft(node.body.start + 1, `${back});`);
      else text.prependRight(node.body.start, `{${back});`).appendLeft(node.body.end, "}");
    } else if (node.type === "TryStatement" && node.handler && waits(node.block)) {
      // A wait that fails comes back here.
      text.appendLeft(node.handler.body.start + 1, `${back});`);
    }
  }

  function visitFunction(node: FunctionNode): void {
    const isBlock = node.body.type === "BlockStatement";
    if (isBlock && waits(node.body)) text.appendLeft(node.body.start + 1, token);
    for (const parameter of node.params) visit(parameter, run);
    visit(node.body, isBlock ? run : `${kernel}.now()`);
  }

  const own = program.body.filter((statement) => !helpers.has(statement));
  for (const statement of own) visit(statement, run);
  // The kernel waits for imports.
  return own.some((statement) => isImport(statement) || waits(statement)) ? token : "";
}

function isImport(node: Node): boolean {
  return (
    node.type === "ImportDeclaration" ||
    node.type === "ExportAllDeclaration" ||
    (node.type === "ExportNamedDeclaration" && Boolean(node.source))
  );
}

/** Whether the code of `node` itself waits; functions inside it do not count. */
function waits(node: Node): boolean {
  if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await))
    return true;
  if (isFunction(node)) return false;
  let found = false;
  forEachChild(node, (child) => {
    if (!found) found = waits(child);
  });
  return found;
}

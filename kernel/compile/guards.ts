/**
 * Checks that let a host stop, pause and watch running code: one at the head of each loop body,
 * function and catch clause. Loops that can wait also let messages in, and loops that call something
 * show at a turn's end what it made. What a guard calls is in `cell-interface.ts`.
 */
import type { BlockStatement, Pattern, Program, PropertyDefinition } from "acorn";
import type { MagicString } from "magic-string";
import type { Analysis } from "./analyze.ts";
import type { Guard } from "./compiler.ts";
import { innerNames, lexicalNames } from "./scope.ts";
import { forEachChild, isFunction, isLoop, type LoopNode, type Node } from "./tree.ts";
import { WOVEN_BLOCK_END, WOVEN_END } from "./woven.ts";

/**
 * What the cell function's two parameters are called in this cell, the run that a function is for, and an
 * error whose parts a catch clause names.
 */
export interface Parameters {
  readonly kernel: string;
  readonly flags: string;
  readonly run: string;
  readonly error: string;
}

/** What of the surrounding code decides the form of a guard. */
interface Context {
  /**
   * `await` may stand here, and a wait does not disturb: the cell's top level, and async functions
   * that are no generators.
   */
  readonly canWait: boolean;
}

/**
 * Adds guards to `text`, the text of `program`, everywhere except in `helpers`. `words` are those of
 * the cell's own text.
 */
export function addGuards(
  text: MagicString,
  program: Program,
  { helpers, words }: Pick<Analysis, "helpers" | "words">,
  guard: Guard,
  parameters: Parameters,
): void {
  const { kernel, flags, error } = parameters;
  const condition = conditionText(guard, flags);
  const check = `if(${condition})${kernel}.slow();`;
  const turn = `if(${condition})${kernel}.slow(1);`;
  /** Functions that run without being called by name. */
  const called = new Set<Node>();
  // Not counted twice a turn.
  const raised = guard === "countdown" ? `${flags}[0]<=0` : condition;
  const wait = `if(${flags}[1]!==0)await ${kernel}.yield();`;

  function visit(node: Node, context: Context): void {
    if (isFunction(node)) return visitFunction(node, context);
    for (const repeated of repeatedBy(node)) called.add(repeated);
    if (node.type === "PropertyDefinition") return visitField(node, context);
    if (node.type === "StaticBlock") {
      forEachChild(node, (child) => visit(child, { canWait: false }));
      return;
    }
    forEachChild(node, (child) => visit(child, context));
    if (isLoop(node)) {
      const calls = isWorthWaiting(node);
      addToStatement(node.body, context.canWait && calls ? turn + wait : turn);
      if (calls) addTurnEnd(node);
    } else if (node.type === "CatchClause") {
      text.appendLeft(node.body.start + 1, check);
      if (node.param) addCaught(node.param, node.body);
    }
  }

  /** The cell's code meets an error of the platform in the cell's own words. */
  function addCaught(param: Pattern, body: BlockStatement): void {
    if (param.type === "Identifier") {
      text.appendLeft(body.start + 1, `${kernel}.caught(${param.name});`);
      return;
    }
    // Its parts are taken after that, not before.
    text.appendLeft(param.start, `${error}){let `);
    text.update(param.end, body.start, `=${kernel}.caught(${error});`);
    text.appendLeft(body.end, WOVEN_BLOCK_END);
  }

  function visitFunction(node: Extract<Node, { params: unknown }>, outer: Context): void {
    for (const parameter of node.params) visit(parameter, outer);
    visit(node.body, { canWait: node.async && !node.generator });
    // Only a function that calls can recurse; loops have guards of their own, but for the platform's.
    const calls = [node.body, ...node.params].some(containsCall);
    if (!calls && !called.has(node) && !isHidden(node.type === "FunctionDeclaration" && node.id))
      return;
    if (node.body.type === "BlockStatement") text.appendLeft(node.body.start + 1, check);
    else addToExpression(node.body);
  }

  /** A field is computed by every constructor call, as if it stood in a function. */
  function visitField(node: PropertyDefinition, outer: Context): void {
    forEachChild(node, (child) => visit(child, { ...outer, canWait: false }));
    if (!node.static && node.value && containsCall(node.value)) addToExpression(node.value);
  }

  function addToExpression(expression: Node): void {
    text.prependRight(expression.start, `(${condition}&&${kernel}.slow(),`);
    text.appendLeft(expression.end, WOVEN_END);
  }

  function addToStatement(body: Node, guardText: string): void {
    if (body.type === "BlockStatement") {
      text.appendLeft(body.start + 1, guardText);
    } else {
      text.prependRight(body.start, `{${guardText}`);
      text.appendLeft(body.end, "}");
    }
  }

  /** All that stands directly in a body has its value at the body's end. */
  function addTurnEnd(loop: LoopNode): void {
    const { body } = loop;
    if (body.type !== "BlockStatement") return;
    const names = new Set([...(innerNames(loop) ?? []), ...lexicalNames(body.body)]);
    if (names.size === 0) return;
    const values = Array.from(names)
      .slice(0, MOST_VALUES)
      .map((name) => property(name, words));
    text.appendLeft(body.end - 1, `if(${raised})${kernel}.seen({${values.join(",")}});`);
  }

  for (const statement of program.body) {
    if (!helpers.has(statement)) visit(statement, { canWait: true });
  }
}

/** Of one turn; nobody reads more. */
const MOST_VALUES = 40;

/** esbuild calls a name that hides another one by a number behind it: the reader knows it without. */
function property(name: string, words: ReadonlySet<string>): string {
  const own = words.has(name) ? name : name.replace(/\d+$/, "");
  return own === name ? name : `${own}:${name}`;
}

function conditionText(guard: Guard, flags: string): string {
  switch (guard) {
    case "plain":
      return `${flags}[0]!==0`;
    case "atomic":
      return `Atomics.load(${flags},0)!==0`;
    case "countdown":
      return `--${flags}[0]<0`;
    default:
      return guard satisfies never;
  }
}

/**
 * An `await` in a loop of pure arithmetic makes V8 some six times slower, so only loops that call
 * something get one. `for (const step of forever()) {...}` calls with each step.
 */
function isWorthWaiting(loop: LoopNode): boolean {
  if (loop.type === "ForOfStatement" && (loop.await || containsCall(loop.right))) return true;
  if (loop.type === "ForOfStatement" || loop.type === "ForInStatement") {
    return containsCall(loop.body);
  }
  if (loop.type === "ForStatement") {
    return [loop.test, loop.update, loop.body].some((part) => part && containsCall(part));
  }
  return containsCall(loop.test) || containsCall(loop.body);
}

/** Methods that operators and loops of the language call without a call to be seen. */
const hiddenCalls = new Set(["next", "toString", "valueOf"]);

/**
 * What may run again and again without end although nobody calls it by name, and what engines cannot
 * even terminate where it calls nothing itself: callbacks of `map` or `Array.from`, an iterator's
 * `next`, getters and setters that ask each other.
 */
function repeatedBy(node: Node): readonly Node[] {
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      return node.arguments.filter(isFunction);
    case "Property":
    case "MethodDefinition":
    case "PropertyDefinition": {
      const { key, value } = node;
      const isAccessor = "kind" in node && (node.kind === "get" || node.kind === "set");
      // In a literal, as handlers are written: a class that has a `get` is asked by name.
      const isTrap = node.type === "Property" && key.type === "Identifier" && traps.has(key.name);
      const isCalled = node.computed || isAccessor || isTrap || isHidden(key);
      return isCalled && value && isFunction(value) ? [value] : [];
    }
    case "AssignmentExpression": {
      const { left, right } = node;
      const isCalled =
        left.type === "MemberExpression"
          ? left.computed || isHidden(left.property)
          : isHidden(left);
      return isCalled && isFunction(right) ? [right] : [];
    }
    case "VariableDeclarator":
      return node.init && isFunction(node.init) && isHidden(node.id) ? [node.init] : [];
    default:
      return [];
  }
}

/** What a proxy asks its handler, which may be a proxy's own property again. */
const traps = new Set(["get", "set", "has", "deleteProperty", "ownKeys", "defineProperty"]);

/** Whether what is called so may be called by the language. */
function isHidden(name: Node | null | false | undefined): boolean {
  return name ? name.type === "Identifier" && hiddenCalls.has(name.name) : false;
}

/** Typed arrays' own methods; also some of Map and Set, whose loops then merely never wait. */
const arrayMethods = new Set(["fill", "set", "subarray", "copyWithin"]);

/** Whether `node` itself calls, constructs or awaits; functions inside it do not count. */
function containsCall(node: Node): boolean {
  switch (node.type) {
    case "NewExpression":
    case "AwaitExpression":
    case "TaggedTemplateExpression":
    case "ImportExpression":
      return true;
    case "CallExpression":
      if (!isCheap(node.callee)) return true;
      break;
    default:
      if (isFunction(node) || node.type === "ClassBody") return false;
  }
  let found = false;
  forEachChild(node, (child) => {
    if (!found) found = containsCall(child);
  });
  return found;
}

function isCheap(callee: Node): boolean {
  if (callee.type !== "MemberExpression" || callee.computed) return false;
  if (callee.object.type === "Identifier" && callee.object.name === "Math") return true;
  return callee.property.type === "Identifier" && arrayMethods.has(callee.property.name);
}

/**
 * Values of a cell's top-level variables replaced in its text, as a command line asks for them. The
 * text is TypeScript, so it is read token by token: a declaration, its name, its first value.
 */
import { parseExpressionAt, tokenizer, tokTypes } from "acorn";
import { nearest } from "../run/nearest.ts";

/** Where the value of a variable stands in the text. */
export interface Parameter {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const options = { ecmaVersion: "latest", sourceType: "module" } as const;

/** The variables that a cell declares at its top level with a value that is written out there. */
export function parametersOf(source: string): readonly Parameter[] {
  const found: Parameter[] = [];
  let depth = 0;
  /** Open angles of a type between a name and its value. */
  let angles = 0;
  let state: "outside" | "wants name" | "has name" | "in type" | "has value" = "outside";
  let name = "";
  let before = "";
  let skipTo = 0;
  for (const token of tokenizer(source, options)) {
    if (token.start < skipTo) continue;
    const { type } = token;
    const text = source.slice(token.start, token.end);
    // To a tokenizer `let` is a name like any other, and `as const` ends in a keyword.
    const opens = ["const", "let", "var"].includes(text) && before !== "as";
    before = text;
    if (isClosing(type)) depth -= 1;
    else if (isOpening(type)) depth += 1;
    else if (depth > 0) continue;
    else if (opens) state = "wants name";
    else if (type === tokTypes.semi) state = "outside";
    else if (type === tokTypes.name && state === "wants name") {
      [state, name, angles] = ["has name", text, 0];
    } else if (type === tokTypes.colon && state === "has name") state = "in type";
    else if (type === tokTypes.relational || type === tokTypes.bitShift) {
      angles += text.startsWith("<") ? text.length : -text.length;
    } else if (type === tokTypes.comma && state !== "outside" && angles === 0) state = "wants name";
    else if (type === tokTypes.eq && (state === "has name" || state === "in type")) {
      const value = expressionAt(source, token.end);
      state = "has value";
      if (value === null) continue;
      // A name as a value is a node with a name of its own.
      found.push({ name, start: value.start, end: value.end });
      skipTo = value.end;
    }
  }
  return found;
}

/** Null for what is an expression in TypeScript alone. */
function expressionAt(source: string, at: number): { start: number; end: number } | null {
  try {
    const found = parseExpressionAt(source, at, options);
    // To an expression the comma before the next name is an operator.
    return found.type === "SequenceExpression" ? (found.expressions[0] ?? null) : found;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * The text with these values in place of its own. A value is JSON where it reads as JSON and the
 * variable does not hold a text; else it is text.
 * @throws RangeError for a name that is not there, or a value of another kind than the one there.
 */
export function withParameters(source: string, values: ReadonlyMap<string, string>): string {
  const parameters = parametersOf(source);
  const names = parameters.map(({ name }) => name);
  const edits = Array.from(values, ([name, value]) => {
    const parameter = parameters.find((each) => each.name === name);
    if (parameter === undefined) {
      const guess = nearest(name, names);
      const hint =
        guess === null ? `there are ${names.join(", ") || "none"}` : `did you mean ${guess}?`;
      throw new RangeError(`there is no parameter "${name}" - ${hint}`);
    }
    const { start, end } = parameter;
    return { start, end, text: literal(name, source.slice(start, end), value) };
  });
  let text = source;
  for (const edit of edits.toSorted((a, b) => b.start - a.start))
    text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}

/** @throws RangeError when the value there is a number or a truth value and this is none. */
function literal(name: string, before: string, value: string): string {
  const json = parseJson(value);
  if (/^\d[\d_]*n$/.test(before)) {
    const [, whole] = /^([-+]?\d+)n?$/.exec(value.trim()) ?? [];
    if (whole !== undefined) return `${BigInt(whole)}n`;
    throw new RangeError(`"${name}" is ${before} - wanted a bigint, got ${JSON.stringify(value)}`);
  }
  if (/^["'`]/.test(before)) return JSON.stringify(value);
  for (const kind of ["number", "boolean"] as const) {
    if (typeof parseJson(before) === kind && typeof json !== kind) {
      throw new RangeError(
        `"${name}" is ${before} - wanted a ${kind}, got ${JSON.stringify(value)}`,
      );
    }
  }
  return json === undefined ? JSON.stringify(value) : value;
}

function parseJson(text: string): unknown {
  try {
    // Numbers as TypeScript writes them: 1_000 and .5 too.
    const plain = text.trim().replaceAll(/(?<=\d)_(?=\d)/g, "");
    if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain)) return Number(plain);
    return JSON.parse(plain) as unknown;
  } catch {
    return undefined;
  }
}

function isOpening(type: unknown): boolean {
  const { parenL, braceL, bracketL, dollarBraceL } = tokTypes;
  return [parenL, braceL, bracketL, dollarBraceL].some((each) => each === type);
}

function isClosing(type: unknown): boolean {
  const { parenR, braceR, bracketR } = tokTypes;
  return [parenR, braceR, bracketR].some((each) => each === type);
}

/**
 * Math in Markdown, by Jupyter's rules: it is taken out before the Markdown is read, because
 * Markdown would eat backslashes and underscores, and put back when the HTML stands. Math is
 * `$...$`, `$$...$$`, `\\(...\\)`, `\\[...\\]` and `\begin{x}...\end{x}`; braces must balance;
 * inline math does not cross a blank line; code is left alone; `\$` is a dollar.
 */

export interface Formula {
  readonly tex: string;
  readonly isDisplay: boolean;
}

export interface MathText {
  /** The Markdown with a placeholder for each formula: {@link placeholder}. */
  readonly text: string;
  readonly formulas: readonly Formula[];
}

/** Private-use characters: Markdown passes them through, and no reader types them. */
const OPEN = "\uE000";
const CLOSE = "\uE001";

export function placeholder(index: number): string {
  return `${OPEN}${index}${CLOSE}`;
}

/** Finds placeholders in a text, in order. */
export const PLACEHOLDER = /\uE000(\d+)\uE001/g;

/** One formula's beginning, in the order in which they are tried. */
const openers: readonly {
  readonly open: RegExp;
  readonly close: (match: RegExpExecArray) => string;
  readonly isDisplay: boolean;
  /** Whether the delimiters are part of what TeX must see. */
  readonly keeps?: boolean;
}[] = [
  { open: /\$\$/y, close: () => "$$", isDisplay: true },
  { open: /\$/y, close: () => "$", isDisplay: false },
  { open: /\\\\\(/y, close: () => "\\\\)", isDisplay: false },
  { open: /\\\\\[/y, close: () => "\\\\]", isDisplay: true },
  {
    open: /\\begin\{([a-zA-Z]+\*?)\}/y,
    close: ([, name = ""]) => `\\end{${name}}`,
    isDisplay: true,
    keeps: true,
  },
];

/** Takes the formulas out of a Markdown text. */
export function takeMath(markdown: string): MathText {
  const source = markdown.replaceAll(/[\uE000\uE001]/g, "");
  const formulas: Formula[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const passed = codeAt(source, at) ?? escapeAt(source, at);
    if (passed !== null) {
      text += passed;
      at += passed.length;
      continue;
    }
    const found = formulaAt(source, at);
    if (found === null) {
      text += source[at];
      at += 1;
      continue;
    }
    text += placeholder(formulas.length);
    formulas.push(found.formula);
    at = found.end;
  }
  return { text, formulas };
}

/** A backslash before a dollar: both pass, and Markdown makes them a dollar. */
function escapeAt(source: string, at: number): string | null {
  return source.startsWith("\\$", at) ? "\\$" : null;
}

/** A code span or fence that begins here, whole. */
function codeAt(source: string, at: number): string | null {
  const char = source[at];
  if (char !== "`" && char !== "~") return null;
  const lineStart = source.lastIndexOf("\n", at - 1) + 1;
  const mark = char === "`" ? "`" : "~";
  const run = new RegExp(`${mark}+`, "y");
  run.lastIndex = at;
  const ticks = run.exec(source)?.[0] ?? "";
  const isFence = ticks.length >= 3 && /^(?: {0,3}|[ >*+-]*)$/.test(source.slice(lineStart, at));
  if (isFence) {
    const close = new RegExp(`\\n[ >]*${mark}{${ticks.length},}[ \\t]*(?=\\n|$)`, "g");
    close.lastIndex = at + ticks.length;
    const end = close.exec(source);
    return source.slice(at, end === null ? source.length : end.index + end[0].length);
  }
  if (mark === "~") return ticks;
  const close = new RegExp(`(?<!\`)\`{${ticks.length}}(?!\`)`, "g");
  close.lastIndex = at + ticks.length;
  const end = close.exec(source);
  // Backquotes without a partner are just that.
  return end === null ? ticks : source.slice(at, end.index + ticks.length);
}

function formulaAt(source: string, at: number): { formula: Formula; end: number } | null {
  for (const { open, close, isDisplay, keeps = false } of openers) {
    open.lastIndex = at;
    const match = open.exec(source);
    if (match === null) continue;
    const closing = close(match);
    const from = at + match[0].length;
    const end = closeAt(source, from, closing);
    if (end === null) continue;
    const inner = source.slice(from, end);
    if (inner.trim() === "") continue;
    const tex = keeps ? `${match[0]}${inner}${closing}` : inner;
    return { formula: { tex, isDisplay }, end: end + closing.length };
  }
  return null;
}

/** Where a formula closes: outside all braces, before any blank line. */
function closeAt(source: string, from: number, closing: string): number | null {
  let depth = 0;
  for (let i = from; i < source.length; i++) {
    if (depth === 0 && source.startsWith(closing, i)) return i;
    const char = source[i];
    if (char === "\\") i += 1;
    else if (char === "{") depth += 1;
    else if (char === "}") depth = Math.max(0, depth - 1);
    else if (char === "\n" && /^\n[ \t]*\n/.test(source.slice(i, i + 200))) return null;
  }
  return null;
}

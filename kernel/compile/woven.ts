/**
 * What the compiler weaves into a cell's code, taken out of its text again: for messages of engines, and
 * for who asks a function for its text. Types and comments are gone for good.
 */

/** Closes what was put around an expression, where a bracket alone could be the cell's own. */
export const WOVEN_END = "/*$*/)";
/** The same of a block. */
export const WOVEN_BLOCK_END = "/*$*/}";

const kernel = "\\$k_*";
const flags = "\\$f_*";
const raised = `(?:${flags}\\[0\\](?:!==0|<=0)|Atomics\\.load\\(${flags},0\\)!==0|--${flags}\\[0\\]<0)`;
const back = `${kernel}\\.back\\((?:\\$r_*|${kernel}\\.now\\(\\))`;

const woven = new RegExp(
  [
    `if\\(${raised}\\)${kernel}\\.(?:slow\\(1?\\)|seen\\(\\{[^}]*\\}\\));`,
    `if\\(${flags}\\[1\\]!==0\\)await ${kernel}\\.yield\\(\\);`,
    `const \\$r_*=${kernel}\\.now\\(\\);`,
    `${back}\\);`,
    `(?<!=)${kernel}\\.caught\\([^)]*\\);`,
    `${back},`,
    `\\(${raised}&&${kernel}\\.slow\\(\\),`,
    "/\\*\\$\\*/[)}]",
  ].join("|"),
  "g",
);

/** The text of a function without guards and waits, and with names for boxes. */
export function withoutWoven(text: string): string {
  if (!text.includes("$")) return text;
  return withoutBoxes(text.replace(woven, ""))
    .replace(/\(\$e_*\)\{let /g, "(")
    .replace(/=\$k_*\.caught\(\$e_*\);/g, ") ")
    .replace(/\$k_*\.peek\([^,]+,"([^"]+)"\)/g, "$1")
    .replace(/\$k_*\.import\(/g, "import(");
}

/** `$x$.v` and `(0,$x$.v)` as the cell has them: `x`. */
export function withoutBoxes(text: string): string {
  return text
    .replace(/\(0 ?, ?\$([\p{ID_Continue}$]+?)\$\.v\)/gu, "$1")
    .replace(/(?<![\p{ID_Continue}$])\$([\p{ID_Continue}$]+?)\$\.v(?![\p{ID_Continue}$])/gu, "$1");
}

/** A message of the engine, with boxes and waits spelled as the cell has them. */
export function plainMessage(message: string): string {
  if (!/\$|\(void 0\)/.test(message)) return message;
  return withoutBoxes(
    message
      .replace(/^[^]*\$k_*\.[^]* could not be cloned\.$/, "A function could not be cloned.")
      .replace(/\$k_*\.back\(\.\.\.\)/g, "await (...)")
      // esbuild's word for it.
      .replaceAll("(void 0)", "undefined"),
  );
}

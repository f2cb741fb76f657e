/**
 * The page's two palettes in Monaco's words. Quiet on purpose: text, comments, words of the
 * language, literals. The ground is transparent, so a cell's own ground shows through.
 */
import type { editor } from "monaco-editor/editor";

interface Inks {
  readonly ink: string;
  readonly comment: string;
  readonly keyword: string;
  readonly text: string;
  readonly number: string;
  readonly type: string;
  readonly faint: string;
  readonly selection: string;
  readonly widget: string;
  readonly rule: string;
  readonly accent: string;
}

const light: Inks = {
  ink: "24231f",
  comment: "6e6a5f",
  keyword: "7b3a82",
  text: "3a6b1f",
  number: "97480a",
  type: "0a6559",
  faint: "b9b3a5",
  selection: "0a726526",
  widget: "fffefb",
  rule: "e4e0d5",
  accent: "0a7265",
};

const dark: Inks = {
  ink: "e6e2d8",
  comment: "979183",
  keyword: "d4a0dc",
  text: "a9cd85",
  number: "edb076",
  type: "74cdbd",
  faint: "5d594f",
  selection: "5cc8b838",
  widget: "24231f",
  rule: "3a3833",
  accent: "5cc8b8",
};

function theme(base: "vs" | "vs-dark", inks: Inks): editor.IStandaloneThemeData {
  return {
    base,
    inherit: false,
    rules: [
      { token: "", foreground: inks.ink },
      { token: "comment", foreground: inks.comment, fontStyle: "italic" },
      { token: "keyword", foreground: inks.keyword },
      { token: "string", foreground: inks.text },
      { token: "regexp", foreground: inks.text },
      { token: "number", foreground: inks.number },
      { token: "type", foreground: inks.type },
      { token: "delimiter", foreground: inks.ink },
    ],
    colors: {
      "editor.background": "#00000000",
      "editor.foreground": `#${inks.ink}`,
      "editorCursor.foreground": `#${inks.accent}`,
      "editor.selectionBackground": `#${inks.selection}`,
      "editor.inactiveSelectionBackground": `#${inks.selection.slice(0, 6)}1c`,
      "editor.wordHighlightBackground": `#${inks.selection.slice(0, 6)}18`,
      "editor.wordHighlightStrongBackground": `#${inks.selection.slice(0, 6)}28`,
      "editorBracketMatch.background": `#${inks.selection}`,
      "editorBracketMatch.border": "#00000000",
      // Pairs of brackets are matched by the caret, not told apart by colours.
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map((level) => [
          `editorBracketHighlight.foreground${level}`,
          `#${inks.ink}`,
        ]),
      ),
      "editorBracketHighlight.unexpectedBracket.foreground": `#${inks.ink}`,
      "editorWhitespace.foreground": `#${inks.faint}`,
      "editorIndentGuide.background1": "#00000000",
      "editorError.foreground": base === "vs" ? "#b3261e" : "#ff8a80",
      "editorWidget.background": `#${inks.widget}`,
      "editorWidget.foreground": `#${inks.ink}`,
      "editorWidget.border": `#${inks.rule}`,
      "editorHoverWidget.background": `#${inks.widget}`,
      "editorHoverWidget.border": `#${inks.rule}`,
      "editorSuggestWidget.background": `#${inks.widget}`,
      "editorSuggestWidget.border": `#${inks.rule}`,
      "editorSuggestWidget.foreground": `#${inks.ink}`,
      "editorSuggestWidget.selectedBackground": `#${inks.selection}`,
      "editorSuggestWidget.highlightForeground": `#${inks.accent}`,
      "input.background": `#${inks.widget}`,
      "input.border": `#${inks.rule}`,
      focusBorder: `#${inks.accent}`,
      "scrollbarSlider.background": `#${inks.faint}55`,
      "scrollbarSlider.hoverBackground": `#${inks.faint}88`,
      "scrollbarSlider.activeBackground": `#${inks.faint}aa`,
    },
  };
}

export const lightTheme = theme("vs", light);
export const darkTheme = theme("vs-dark", dark);

/**
 * Monaco as this notebook uses it: the editor, chosen features, TypeScript's colours. Not its
 * TypeScript worker, which knows nothing of cells and is never bundled.
 */
import { editor, KeyCode, MarkerSeverity, Uri } from "monaco-editor/editor";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
import "monaco-editor/features/anchorSelect/register";
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/caretOperations/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/dnd/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/gotoError/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/lineSelection/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/readOnlyMessage/register";
import "monaco-editor/features/smartSelect/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/tokenization/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";
import "monaco-editor/features/wordPartOperations/register";
// `features/suggest/register` brings the inline suggestions only: without this line no list opens.
import "monaco-editor/editor/contrib/suggest/browser/suggestController.js";
import "monaco-editor/languages/definitions/typescript/register";
import { darkTheme, lightTheme } from "./themes.ts";

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(): Worker };
  }
}

window.MonacoEnvironment = { getWorker: () => new EditorWorker() };

export const LANGUAGE = "typescript";

editor.defineTheme("descent-light", lightTheme);
editor.defineTheme("descent-dark", darkTheme);

/** Colours of every editor and placeholder of the page. */
export function setEditorTheme(theme: "light" | "dark"): void {
  editor.setTheme(theme === "dark" ? "descent-dark" : "descent-light");
}

export { editor, KeyCode, MarkerSeverity, Uri };

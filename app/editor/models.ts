/**
 * One text model for each code cell of the open notebook. A model outlives its editor, so the undo
 * history of a cell survives scrolling away from it.
 */
import type { CellError, CellId } from "../../kernel/protocol.ts";
import { editor, LANGUAGE, MarkerSeverity, Uri } from "./monaco.ts";

const OWNER = "descent";
const models = new Map<CellId, editor.ITextModel>();

/** The model of a cell, made at the first call with the text given. */
export function modelOf(cell: CellId, source: string): editor.ITextModel {
  const known = models.get(cell);
  if (known) return known;
  const model = editor.createModel(source, LANGUAGE, Uri.parse(`inmemory://cells/${cell}.ts`));
  model.updateOptions({ tabSize: 2, insertSpaces: true });
  // What an error said of the old text is not true of the new one.
  model.onDidChangeContent(() => editor.setModelMarkers(model, OWNER, []));
  models.set(cell, model);
  return model;
}

/** Brings the model to the document's text, as one undoable step; no-op when they agree. */
export function syncModel(cell: CellId, source: string): void {
  const model = models.get(cell);
  if (!model || model.getValue() === source) return;
  model.pushStackElement();
  model.pushEditOperations(null, [{ range: model.getFullModelRange(), text: source }], () => null);
  model.pushStackElement();
}

/** Underlines where an error happened in this cell; null clears. The next edit clears it too. */
export function markError(cell: CellId, error: CellError | null): void {
  const model = models.get(cell);
  if (!model) return;
  const place = error?.frames.find((frame) => frame.cell === cell);
  if (!error || !place || place.line > model.getLineCount()) {
    editor.setModelMarkers(model, OWNER, []);
    return;
  }
  const line = place.line;
  const start = Math.min(place.column, model.getLineMaxColumn(line));
  const isInnermost = place === error.frames[0];
  // A function of an earlier text of this cell: the line stands elsewhere, or nowhere.
  if (isInnermost && error.text !== undefined && model.getLineContent(line) !== error.text) {
    editor.setModelMarkers(model, OWNER, []);
    return;
  }
  const word = model.getWordAtPosition({ lineNumber: line, column: start });
  const end =
    isInnermost && error.length !== undefined
      ? start + error.length
      : (word?.endColumn ?? model.getLineMaxColumn(line));
  editor.setModelMarkers(model, OWNER, [
    {
      severity: MarkerSeverity.Error,
      message: error.message,
      startLineNumber: line,
      startColumn: start === model.getLineMaxColumn(line) ? Math.max(1, start - 1) : start,
      endLineNumber: line,
      endColumn: Math.max(end, start + 1),
    },
  ]);
}

/** Drops the models of cells that are gone for good: the notebook was closed. */
export function disposeModels(): void {
  for (const model of models.values()) model.dispose();
  models.clear();
}

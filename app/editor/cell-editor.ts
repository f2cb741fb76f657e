/**
 * One Monaco editor for one cell, as high as its text. What keys mean outside of text (run, leave)
 * is decided by the page, which sees them first; only Escape is bound here, because Monaco alone
 * knows whether a list or the find box is to be closed before the cell is left.
 */
import type { CellId } from "../../kernel/protocol.ts";
import { LINE_HEIGHT, PADDING } from "./metrics.ts";
import { modelOf } from "./models.ts";
import { editor, KeyCode } from "./monaco.ts";

export interface CellEditorEvents {
  /** The text changed, by the reader's hand or by undo. */
  onChange(source: string): void;
  /** Escape, with nothing left to close. */
  onLeave(): void;
  onFocus(): void;
  /** An arrow key at the first or the last line: the caret wants to leave the cell. */
  onEdge(direction: "up" | "down"): void;
  onHeight(heightPx: number): void;
}

export interface CellEditor {
  focus(at?: "start" | "end"): void;
  /** Puts the caret where the reader clicked. */
  focusAt(point: { readonly clientX: number; readonly clientY: number }): void;
  hasFocus(): boolean;
  /** Offsets of the caret, or of both ends of what is marked. */
  cuts(): readonly number[];
  setReadOnly(readOnly: boolean): void;
  setLabel(label: string): void;
  /** Puts the caret there and brings it into view. 1-based. */
  reveal(line: number, column: number): void;
  dispose(): void;
}

const options: editor.IStandaloneEditorConstructionOptions = {
  automaticLayout: false,
  scrollBeyondLastLine: false,
  scrollBeyondLastColumn: 2,
  scrollbar: {
    vertical: "hidden",
    horizontalScrollbarSize: 8,
    alwaysConsumeMouseWheel: false,
    useShadows: false,
  },
  fixedOverflowWidgets: true,
  minimap: { enabled: false },
  lineNumbers: "off",
  lineDecorationsWidth: 0,
  lineNumbersMinChars: 0,
  glyphMargin: false,
  folding: false,
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  renderLineHighlight: "none",
  occurrencesHighlight: "singleFile",
  guides: { indentation: false, bracketPairs: false },
  contextmenu: false,
  stickyScroll: { enabled: false },
  fontSize: 14,
  lineHeight: LINE_HEIGHT,
  padding: { top: PADDING, bottom: PADDING },
  tabSize: 2,
  // A list that opens by itself would take Enter from the writer; Ctrl-Space opens it.
  quickSuggestions: false,
  acceptSuggestionOnEnter: "off",
  wordBasedSuggestions: "matchingDocuments",
  wrappingIndent: "indent",
  unicodeHighlight: { ambiguousCharacters: false },
  accessibilitySupport: "auto",
  // The cell is what Tab reaches, Enter goes into its text: Tab never gets caught in a row of editors.
  tabIndex: -1,
};

const nothingToClose =
  "editorTextFocus && !suggestWidgetVisible && !findWidgetVisible" +
  " && !inSnippetMode && !editorHoverVisible && !markersNavigationVisible" +
  " && !editorHasMultipleSelections";

/** Mounts an editor into `element`, over the cell's model. */
export function createCellEditor(
  element: HTMLElement,
  cell: CellId,
  source: string,
  events: CellEditorEvents,
  config: { readonly readOnly: boolean; readonly label: string; readonly fontFamily: string },
): CellEditor {
  const model = modelOf(cell, source);
  const view = editor.create(element, {
    ...options,
    model,
    fontFamily: config.fontFamily,
    readOnly: config.readOnly,
    ariaLabel: config.label,
    wordWrap: wrapFor(element.clientWidth),
  });

  const layout = () => {
    const height = view.getContentHeight();
    element.style.height = `${height}px`;
    view.layout({ width: element.clientWidth, height });
    events.onHeight(height);
  };
  const resized = new ResizeObserver(() => {
    view.updateOptions({ wordWrap: wrapFor(element.clientWidth) });
    layout();
  });
  resized.observe(element);
  layout();

  view.onDidContentSizeChange((change) => {
    if (change.contentHeightChanged) layout();
  });
  view.onDidFocusEditorText(() => events.onFocus());
  const changed = model.onDidChangeContent(() => events.onChange(model.getValue()));

  view.addAction({
    id: "descent.leave",
    label: "Leave the text",
    keybindings: [KeyCode.Escape],
    precondition: nothingToClose,
    run: () => events.onLeave(),
  });
  view.onKeyDown((key) => {
    const direction = edgeOf(key.keyCode, view);
    if (!direction || key.shiftKey || key.ctrlKey || key.altKey || key.metaKey) return;
    key.preventDefault();
    key.stopPropagation();
    events.onEdge(direction);
  });

  return {
    focus: (at) => {
      if (at === "start") view.setPosition({ lineNumber: 1, column: 1 });
      if (at === "end") {
        const line = model.getLineCount();
        view.setPosition({ lineNumber: line, column: model.getLineMaxColumn(line) });
      }
      view.focus();
    },
    focusAt: ({ clientX, clientY }) => {
      const place = view.getTargetAtClientPoint(clientX, clientY)?.position;
      if (place) view.setPosition(place);
      view.focus();
    },
    // Monaco's own word for it comes a task late: after Escape and Enter in one breath it is untrue.
    hasFocus: () => element.contains(document.activeElement),
    cuts: () => {
      const places = (view.getSelections() ?? []).flatMap((each) => [
        model.getOffsetAt(each.getStartPosition()),
        model.getOffsetAt(each.getEndPosition()),
      ]);
      return Array.from(new Set(places)).toSorted((a, b) => a - b);
    },
    setReadOnly: (readOnly) => view.updateOptions({ readOnly }),
    setLabel: (ariaLabel) => view.updateOptions({ ariaLabel }),
    reveal: (line, column) => {
      view.setPosition({ lineNumber: line, column });
      view.focus();
      element.scrollIntoView({ block: "nearest" });
    },
    dispose: () => {
      changed.dispose();
      resized.disconnect();
      view.dispose();
    },
  };
}

/** Long lines wrap where there is no room to scroll sideways with comfort. */
function wrapFor(widthPx: number): "on" | "off" {
  return widthPx < 480 ? "on" : "off";
}

function edgeOf(key: KeyCode, view: editor.IStandaloneCodeEditor): "up" | "down" | null {
  const position = view.getPosition();
  const model = view.getModel();
  if (!position || !model || !view.hasTextFocus() || isListOpen(view)) return null;
  if (key === KeyCode.UpArrow && position.lineNumber === 1) {
    // In a wrapped line the caret may still have rows above it.
    const top = view.getTopForPosition(position.lineNumber, position.column);
    return top <= view.getTopForPosition(1, 1) ? "up" : null;
  }
  if (key === KeyCode.DownArrow && position.lineNumber === model.getLineCount()) {
    const last = view.getTopForPosition(
      position.lineNumber,
      model.getLineMaxColumn(position.lineNumber),
    );
    return view.getTopForPosition(position.lineNumber, position.column) >= last ? "down" : null;
  }
  return null;
}

/** Whether arrow keys belong to an open list of suggestions. */
function isListOpen(view: editor.IStandaloneCodeEditor): boolean {
  return view.getDomNode()?.ownerDocument.querySelector(".suggest-widget.visible") != null;
}

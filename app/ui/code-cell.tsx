/** A code cell's text: Monaco when it is near the screen, the same text in the same colours when not. */
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { CellId } from "../../kernel/protocol.ts";
import type { CellEditor } from "../editor/index.ts";
import { LINE_HEIGHT, PADDING } from "../editor/metrics.ts";
import { CodeStill } from "./code-still.tsx";
import { useEditorModule } from "./editor-module.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { useNearScreen } from "./near-screen.ts";

interface Props {
  readonly id: CellId;
  readonly source: string;
  readonly label: string;
}

export function CodeText({ id, source, label }: Props) {
  const module = useEditorModule();
  const session = useSession();
  const wanted = useNotebook((state) => state.selected === id && state.mode === "edit");
  const [ref, near] = useNearScreen<HTMLDivElement>();
  const [heightPx, setHeightPx] = useState<number | null>(null);
  const pressed = useRef(false);
  const mounted = module !== null && (near || wanted);
  const lines = source.split("\n").length;
  const reserved = heightPx ?? lines * LINE_HEIGHT + 2 * PADDING;

  return (
    <div
      ref={ref}
      className="code"
      style={{ minHeight: reserved }}
      // Not on press: the browser moves the focus after that, away from an editor made meanwhile. And
      // not on click alone: there is none where the editor took the place of what was pressed.
      onPointerDown={() => (pressed.current = true)}
      onPointerUp={({ clientX, clientY }) => {
        if (pressed.current) session.enterAt(id, { clientX, clientY });
        pressed.current = false;
      }}
      // With Shift it selects cells.
      onClick={({ clientX, clientY, shiftKey }) => {
        if (!shiftKey) session.enterAt(id, { clientX, clientY });
      }}
    >
      {mounted ? (
        <LiveEditor id={id} source={source} label={label} onHeight={setHeightPx} />
      ) : (
        <CodeStill source={source} />
      )}
    </div>
  );
}

function LiveEditor({ id, source, label, onHeight }: Props & { onHeight(heightPx: number): void }) {
  const module = useEditorModule();
  const session = useSession();
  const element = useRef<HTMLDivElement>(null);
  const editor = useRef<CellEditor | null>(null);
  const editing = useNotebook((state) => state.selected === id && state.mode === "edit");
  const wish = useNotebook((state) => (state.selected === id ? state.caretWish : 0));
  const readOnly = useNotebook((state) => state.readOnly);
  const error = useNotebook((state) => state.marks.get(id)?.error ?? null);
  const start = useRef({ source, label, readOnly, onHeight });
  // The editor outlives renders: it calls the latest handlers, set before it can call any.
  useLayoutEffect(() => {
    start.current = { source, label, readOnly, onHeight };
  });

  useLayoutEffect(() => {
    const host = element.current;
    if (!module || !host) return;
    const made = module.createCellEditor(
      host,
      id,
      start.current.source,
      {
        onChange: (text) => session.setSource(id, text),
        onLeave: () => session.leaveEdit(),
        onFocus: () => session.focused(id, "edit"),
        onEdge: (direction) => session.editNeighbour(direction === "up" ? -1 : 1),
        onHeight: (heightPx) => start.current.onHeight(heightPx),
      },
      {
        readOnly: start.current.readOnly,
        label: start.current.label,
        fontFamily: getComputedStyle(host).getPropertyValue("--mono"),
      },
    );
    editor.current = made;
    const letGo = session.holdText(id, made.cuts);
    return () => {
      letGo();
      editor.current = null;
      made.dispose();
    };
  }, [module, id, session]);

  useEffect(() => module?.syncModel(id, source), [module, id, source]);
  useEffect(() => module?.markError(id, error), [module, id, error]);
  useEffect(() => editor.current?.setReadOnly(readOnly), [readOnly]);
  useEffect(() => editor.current?.setLabel(label), [label]);
  useEffect(() => {
    if (!editing || !editor.current) return;
    const place = session.takeCaret();
    if (typeof place === "object" && "clientX" in place) editor.current.focusAt(place);
    else if (typeof place === "object") editor.current.reveal(place.line, place.column);
    else if (place || !editor.current.hasFocus()) editor.current.focus(place);
  }, [editing, wish, session, module]);

  return <div ref={element} className="code-editor" />;
}

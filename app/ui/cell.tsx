/**
 * One cell: its gutter, its text, what it put out. The element itself takes the focus in command
 * mode, so that keys and screen readers are where the reader is.
 */
import { memo, useEffect, useRef } from "react";
import type { CellId } from "../../kernel/protocol.ts";
import type { Cell } from "../notebook/document.ts";
import { isExercise } from "../notebook/exercises.ts";
import { hiddenWords, isHidden } from "../notebook/hiding.ts";
import { CellMenu } from "./cell-menu.tsx";
import { foldedLabel, cellTitle } from "../notebook/roles.ts";
import { CodeText } from "./code-cell.tsx";
import { Gutter } from "./gutter.tsx";
import { Icon } from "./icons.tsx";
import { InsertLine } from "./insert-line.tsx";
import { MarkdownText } from "./markdown-cell.tsx";
import { DataCards } from "./data-cards.tsx";
import { OutputArea } from "./output-area.tsx";
import { PlainCode } from "./plain-code.tsx";
import { isTouch } from "./platform.ts";
import { usePlayer } from "./player-module.ts";
import { useNotebook, useSession } from "./session-context.ts";
import { SharedMark } from "./shared-mark.tsx";
import { isAmongSelected } from "./selection.ts";
import { cellOf, runOf, statusOf } from "./store.ts";

interface Props {
  readonly id: CellId;
  /** 1-based place in the notebook, for names. */
  readonly position: number;
}

const kinds: Readonly<Record<Cell["type"], string>> = {
  code: "Code cell",
  markdown: "Text cell",
  raw: "Raw cell",
};

export const CellView = memo(function CellView({ id, position }: Props) {
  const session = useSession();
  const cell = useNotebook((state) => cellOf(state, id));
  const selected = useNotebook((state) => state.selected === id);
  const isAmong = useNotebook((state) => isAmongSelected(state, id));
  const inTabOrder = useNotebook((state) =>
    state.selected === null ? position === 1 : state.selected === id,
  );
  const commanding = useNotebook((state) => state.selected === id && state.mode === "command");
  const editing = selected && !commanding;
  const status = useNotebook((state) => statusOf(state, id));
  const startedMs = useNotebook((state) => runOf(state, id).startedMs);
  const stale = useNotebook((state) => state.stale.has(id));
  const unfolded = useNotebook((state) => state.unfolded.has(id));
  const player = usePlayer();
  const element = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const here = element.current;
    if (!commanding || !here) return;
    const focused = document.activeElement;
    // A button or an input of this cell keeps the focus it was just given; its text does not.
    const keeps = focused && here.contains(focused) && !focused.closest(".cell-text");
    if (!keeps) here.focus({ preventScroll: true });
    if (session.takeReveal()) here.scrollIntoView({ block: "nearest" });
  }, [commanding, session]);

  if (!cell) return null;
  const role = foldedLabel(cell);
  const hidden = isHidden(cell, "source");
  const folded = hidden ? hiddenWords(cell) : role;
  const isFolded = folded !== null && !unfolded;
  // Who writes in it wants the text.
  const hasStandIn = !editing && player?.hasStandIn(cell) === true;
  const name = `${kinds[cell.type]} ${position}`;

  return (
    <div
      role="group"
      ref={element}
      className="cell"
      data-cell-id={id}
      data-type={cell.type}
      data-status={status}
      // Tells one run from the next: counts begin again with a new kernel.
      data-started={startedMs ?? undefined}
      data-selected={selected || undefined}
      data-among={isAmong || undefined}
      data-mode={selected ? (editing ? "edit" : "command") : undefined}
      data-stale={stale || undefined}
      data-folded={isFolded || undefined}
      data-stand-in={hasStandIn || undefined}
      tabIndex={inTabOrder ? 0 : -1}
      aria-label={name}
      // Before the text under the pointer takes the press for itself.
      onPointerDownCapture={(event) => {
        if (!event.shiftKey || editing || session.store.getState().selected === null) return;
        event.preventDefault();
        event.stopPropagation();
        session.extendTo(id);
      }}
      onPointerDown={(event) => {
        if (!isInText(event.target)) session.focused(id, "command");
      }}
      // From a knob or a button back to the cell, where keys mean commands.
      onKeyDown={({ key, target, currentTarget }) => {
        const isBelow = currentTarget.contains(target as Node) && target !== currentTarget;
        if (key === "Escape" && isBelow && !isInText(target)) currentTarget.focus();
      }}
      onFocus={(event) => {
        if (event.target === event.currentTarget || !isInText(event.target)) {
          session.focused(id, "command");
        }
      }}
    >
      {cell.type === "code" && !hasStandIn && <Gutter id={id} position={position} />}
      <div className="cell-body">
        <div className="cell-head">
          {folded !== null && (
            <button
              type="button"
              className="fold"
              tabIndex={selected ? 0 : -1}
              aria-expanded={!isFolded}
              onClick={() => session.toggleFold(id)}
            >
              <Icon name="chevron" />
              {folded}
            </button>
          )}
          {folded === null && cell.type === "code" && cellTitle(cell) !== null && (
            <p className="cell-title">{cellTitle(cell)}</p>
          )}
          {cell.type === "code" && <DataCards source={cell.source} inTabOrder={selected} />}
        </div>
        {player && hasStandIn && <player.StandIn cell={cell} />}
        {!isFolded && !hasStandIn && (
          <div className="cell-text">
            {cell.type === "code" && isTouch ? (
              <PlainCode cell={cell} label={`Text of code cell ${position}`} />
            ) : cell.type === "code" ? (
              <>
                <CodeText id={id} source={cell.source} label={`Text of code cell ${position}`} />
                <SharedMark id={id} />
              </>
            ) : (
              <MarkdownText cell={cell} label={`Text of text cell ${position}`} />
            )}
          </div>
        )}
        {cell.type === "code" && <OutputArea id={id} />}
        {player && isExercise(cell) && <player.ExercisePanel cell={cell} />}
      </div>
      {selected && <CellMenu cell={cell} name={name} />}
      <InsertLine after={id} />
    </div>
  );
});

function isInText(target: EventTarget): boolean {
  return target instanceof Element && target.closest(".cell-text") !== null;
}

/** What a renderer is: something that draws one value into an element it is given, without a framework. */
import type { CellId, KnobValue } from "../../kernel/protocol.ts";

/** What an output may know of the page and ask of it. */
export interface OutputContext {
  readonly theme: "light" | "dark";
  /** The reader asked for little motion. */
  readonly reducedMotion: boolean;
  /** Scripts of outputs may run. */
  readonly trusted: boolean;
  /** The reader wants scripts of outputs to run. */
  askTrust(): void;
  /** The reader's hand on a knob. */
  onKnob(id: string, value: KnobValue): void;
  /** The reader has pressed a button of a cell. */
  onPress(id: string): void;
  /** Tells of each new value of a knob, whoever sets it; returns the way to stop. */
  watchKnob(id: string, moved: (value: KnobValue) => void): () => void;
  /** Offers one of the notebook's own files as a download. */
  downloadFile(name: string): void;
  /** Brings the reader to a place in a cell: 1-based line and column. */
  goTo(cell: CellId, line: number, column: number): void;
  /** The text of a cell as it ran; null if the cell is gone. */
  sourceOf(cell: CellId): string | null;
  /** What people call a cell, as "[3]"; null if the cell is gone. */
  nameOf(cell: CellId): string | null;
}

/** A value on the page. */
export interface Mounted<Value> {
  /** Shows another value, or the same in another theme, in place. */
  readonly update: (value: Value, context: OutputContext) => void;
  /** Frees what the renderer holds. The element is the caller's to remove. */
  readonly dispose: () => void;
}

/** Draws `value` into `element`, which is empty and stays the renderer's own until disposed. */
export type Mount<Value> = (
  element: HTMLElement,
  value: Value,
  context: OutputContext,
) => Mounted<Value>;

/** A renderer that simply draws anew: for values that seldom change. */
export function redrawing<Value>(
  draw: (element: HTMLElement, value: Value, context: OutputContext) => void,
): Mount<Value> {
  return (element, value, context) => {
    draw(element, value, context);
    return {
      update(next, nextContext) {
        element.replaceChildren();
        draw(element, next, nextContext);
      },
      dispose: () => element.replaceChildren(),
    };
  };
}

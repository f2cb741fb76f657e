/**
 * The outputs of one cell as elements. An output that changes is updated where it stands, so figures
 * are redrawn rather than made again and a knob keeps the finger on it; and while a cell runs anew
 * the list keeps its height, so the page below does not jump.
 */
import type { CellOutput } from "../notebook/outputs.ts";
import { mountOutput, type MountedOutput, type PageContext } from "./output-mount.ts";

export interface OutputList {
  show(outputs: readonly CellOutput[], context: PageContext): void;
  /** The run is over: what it put out decides the height. */
  settle(): void;
  dispose(): void;
}

interface Slot {
  readonly element: HTMLElement;
  readonly mounted: MountedOutput;
  output: CellOutput;
}

/** Of many more outputs than these the first and the last are shown, and the others when asked for. */
const SHOWN = 25;

export function createOutputList(parent: HTMLElement): OutputList {
  const slots: Slot[] = [];
  let shown: PageContext | null = null;
  let frame = 0;
  let all: readonly CellOutput[] = [];
  /** The reader wants all of a long list. */
  let isOpen = false;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "output-fold output-more";
  more.addEventListener("click", () => {
    isOpen = true;
    if (shown) show(all, shown);
  });

  function drop(from: number): void {
    for (const slot of slots.splice(from)) {
      slot.mounted.dispose();
      slot.element.remove();
    }
  }

  /** Asked only when the list may shrink: the question lays out all that has changed so far. */
  function keepHeight(): void {
    const heightPx = parent.offsetHeight;
    if (heightPx > 0) parent.style.minHeight = `${heightPx}px`;
  }

  function show(given: readonly CellOutput[], context: PageContext): void {
    all = given;
    const isLong = given.length > 2 * SHOWN + 1;
    if (!isLong) isOpen = false;
    const isFolded = isLong && !isOpen;
    const outputs = isFolded ? [...given.slice(0, SHOWN), ...given.slice(-SHOWN)] : given;
    if (outputs.length < slots.length) keepHeight();
    const contextChanged = shown !== null && shown !== context;
    shown = context;
    for (const [index, output] of outputs.entries()) {
      const slot = slots[index];
      if (slot && slot.output === output && !contextChanged) continue;
      if (slot && updated(slot.mounted, output, context)) {
        slot.output = output;
        continue;
      }
      const element = document.createElement("div");
      element.className = "output";
      const mounted = mountSafely(element, output, context);
      if (slot) {
        slot.mounted.dispose();
        slot.element.replaceWith(element);
      } else parent.append(element);
      slots[index] = { element, mounted, output };
    }
    drop(outputs.length);
    if (isFolded) {
      const hidden = (given.length - outputs.length).toLocaleString("en-US");
      more.textContent = `Show ${hidden} more of ${countOf(given).toLocaleString("en-US")} outputs`;
      const last = slots[SHOWN - 1]?.element;
      // Put anew where it stands, it would lose the focus.
      if (more.previousSibling !== last) last?.after(more);
    } else more.remove();
  }

  return {
    show,
    settle: () => {
      cancelAnimationFrame(frame);
      // The last output may still be drawn in the coming frame.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(() => {
          parent.style.minHeight = "";
        });
      });
    },
    dispose: () => {
      cancelAnimationFrame(frame);
      more.remove();
      drop(0);
    },
  };
}

/** All that the cell put out, with what was left out. */
function countOf(outputs: readonly CellOutput[]): number {
  return outputs.reduce((sum, each) => sum + (each.kind === "omitted" ? each.count : 1), 0);
}

/** What cells and files put out is anybody's data: one that cannot be drawn says so in its own place. */
function mountSafely(
  element: HTMLElement,
  output: CellOutput,
  context: PageContext,
): MountedOutput {
  try {
    return mountOutput(element, output, context);
  } catch (error) {
    element.replaceChildren();
    const why = error instanceof Error ? error.message : "for no known reason";
    const text = `This output cannot be shown: ${why}\n`;
    return mountOutput(element, { kind: "stream", name: "stderr", text }, context);
  }
}

/** False: to be mounted anew, where it says what is wrong with it. */
function updated(mounted: MountedOutput, output: CellOutput, context: PageContext): boolean {
  try {
    return mounted.update(output, context);
  } catch {
    return false;
  }
}

/**
 * The outputs of one cell as elements. An output that changes is updated where it stands, so figures
 * are redrawn rather than made again and a knob keeps the finger on it; and while a cell runs anew
 * the list keeps its height, so the page below does not jump.
 */
import type { CellOutput } from "../notebook/outputs.ts";
import { mountOutput, type MountedOutput, type PageContext } from "./output-mount.ts";

export interface OutputList {
  /** While the cell runs, a frame draws as much as it has time for, and the next one goes on. */
  show(outputs: readonly CellOutput[], context: PageContext, isRunning: boolean): void;
  /** The run is over: what it put out decides the height. */
  settle(): void;
  dispose(): void;
}

interface Slot {
  readonly element: HTMLElement;
  readonly mounted: MountedOutput;
  readonly output: CellOutput;
  readonly context: PageContext;
}

/** Of many more outputs than these the first and the last are shown, and the others when asked for. */
const SHOWN = 25;

/** How long one frame draws outputs of a running cell, in ms: a flood has many that change at once. */
const DRAWING_MS = 10;

export function createOutputList(parent: HTMLElement): OutputList {
  const slots: Slot[] = [];
  let again = () => {};
  let settling = 0;
  let drawing = 0;
  /** Where drawing goes on: each has its turn, however fast they change. */
  let from = 0;
  /** The reader wants all of a long list. */
  let isOpen = false;
  const more = document.createElement("button");
  more.type = "button";
  more.className = "output-fold output-more";
  more.addEventListener("click", () => {
    isOpen = true;
    again();
  });

  function drop(start: number): void {
    for (const slot of slots.splice(start)) {
      slot.mounted.dispose();
      slot.element.remove();
    }
  }

  /** Asked only when the list may shrink: the question lays out all that has changed so far. */
  function keepHeight(): void {
    const heightPx = parent.offsetHeight;
    if (heightPx > 0) parent.style.minHeight = `${heightPx}px`;
  }

  function show(given: readonly CellOutput[], context: PageContext, isRunning: boolean): void {
    const begun = performance.now();
    again = () => show(given, context, isRunning);
    cancelAnimationFrame(drawing);
    const isLong = given.length > 2 * SHOWN + 1;
    if (!isLong) isOpen = false;
    const isFolded = isLong && !isOpen;
    const outputs = isFolded ? [...given.slice(0, SHOWN), ...given.slice(-SHOWN)] : given;
    if (outputs.length < slots.length) keepHeight();
    // Those that have no element yet are reached in their order.
    const start = Math.min(from, slots.length, outputs.length);
    for (const step of outputs.keys()) {
      const index = (start + step) % outputs.length;
      const output = outputs[index];
      const slot = slots[index];
      if (!output || (slot && slot.output === output && slot.context === context)) continue;
      if (isRunning && performance.now() - begun > DRAWING_MS) {
        from = index;
        drawing = requestAnimationFrame(() => again());
        break;
      }
      slots[index] = drawn(slot, output, context);
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

  function drawn(slot: Slot | undefined, output: CellOutput, context: PageContext): Slot {
    if (slot && updated(slot.mounted, output, context)) return { ...slot, output, context };
    const element = document.createElement("div");
    element.className = "output";
    const mounted = mountSafely(element, output, context);
    if (slot) {
      slot.mounted.dispose();
      slot.element.replaceWith(element);
    } else parent.append(element);
    return { element, mounted, output, context };
  }

  return {
    show,
    settle: () => {
      cancelAnimationFrame(settling);
      // The last output may still be drawn in the coming frame.
      settling = requestAnimationFrame(() => {
        settling = requestAnimationFrame(() => {
          parent.style.minHeight = "";
        });
      });
    },
    dispose: () => {
      cancelAnimationFrame(settling);
      cancelAnimationFrame(drawing);
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

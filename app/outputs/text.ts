/**
 * Text: what a cell printed, and values that have no richer form. A stream that grows only gets its
 * new part appended, so ten thousand lines touch one node. A long one scrolls in a box of its own,
 * which holds the end alone until it is unfolded: laying out a flood would stop the page.
 */
import type { MimeBundle } from "../../kernel/protocol.ts";
import { AnsiParser, type Span } from "./ansi.ts";
import type { Mount } from "./renderer.ts";

export interface StreamView {
  readonly name: "stdout" | "stderr";
  readonly text: string;
}

/** More lines than this fold into a scrolling box. */
const OPEN_LINES = 30;
/** So do more characters: few lines, but long ones, wrap into many. */
const OPEN_CHARACTERS = 6_000;
/** The line below the heads of a table that `console.table` printed. */
const TABLE_RULE = /^─+(?: {2}─+)+$/m;
/** A folded box holds so much of the end, in UTF-16 units and in lines, and at most twice that. */
const FOLDED_CHARACTERS = 10_000;
const FOLDED_LINES = 100;

export const mountStream: Mount<StreamView> = (element, view) => {
  const box = createTextBox(element);
  const show = ({ name, text }: StreamView) => {
    element.classList.toggle("is-stderr", name === "stderr");
    box.show(text);
  };
  show(view);
  return { update: show, dispose: box.dispose };
};

export const mountText: Mount<MimeBundle> = (element, bundle) => {
  const box = createTextBox(element);
  const show = (next: MimeBundle) => box.show(textOf(next, "text/plain"));
  show(bundle);
  return { update: show, dispose: box.dispose };
};

/** The text of one MIME type. nbformat allows a list of lines. */
export function textOf(bundle: MimeBundle, mime: string): string {
  const value = bundle[mime];
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(String).join("");
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}

interface TextBox {
  readonly show: (text: string) => void;
  readonly dispose: () => void;
}

function createTextBox(parent: HTMLElement): TextBox {
  const pre = document.createElement("pre");
  pre.className = "output-text";
  const fold = document.createElement("button");
  fold.type = "button";
  fold.className = "output-fold";
  fold.hidden = true;
  parent.append(pre, fold);

  let shown = "";
  let lines = 0;
  let hasColumns = false;
  let parser = new AnsiParser();
  let tail: { readonly look: string; readonly node: Text } | null = null;
  let isOpen = false;
  /** Characters and lines in the box, and whether earlier ones are left out of it. */
  let held = 0;
  let heldLines = 0;
  let isPart = false;

  fold.addEventListener("click", () => {
    isOpen = !isOpen;
    if (isOpen && isPart) redraw(shown);
    else trim();
    arrange();
    if (!isOpen) pre.scrollTop = pre.scrollHeight;
  });

  function redraw(text: string): void {
    parser = new AnsiParser();
    tail = null;
    held = 0;
    heldLines = 0;
    isPart = text.length < shown.length;
    const spans = parser.push(text);
    const [first] = spans;
    const node = pre.firstChild;
    // Of many small outputs that change at every frame, each keeps its one node.
    if (spans.length === 1 && first && lookOf(first) === PLAIN && node instanceof Text) {
      while (node.nextSibling) node.nextSibling.remove();
      node.data = "";
      tail = { look: PLAIN, node };
    } else pre.replaceChildren();
    append(spans);
  }

  const folds = () => !isOpen && (lines > OPEN_LINES || shown.length > OPEN_CHARACTERS);

  /** Takes the beginning out of a folded box that holds too much. */
  function trim(): void {
    const isFull = held > 2 * FOLDED_CHARACTERS || heldLines > 2 * FOLDED_LINES;
    if (!isFull || !folds()) return;
    isPart = true;
    const end = endOf(pre.textContent ?? "");
    let spare = held - end.length;
    held = end.length;
    heldLines = countLines(end);
    while (spare > 0 && pre.firstChild) {
      const first = pre.firstChild;
      const length = first.textContent?.length ?? 0;
      if (length > spare) {
        const node = first instanceof Text ? first : first.firstChild;
        if (node instanceof Text) node.deleteData(0, spare);
        return;
      }
      first.remove();
      spare -= length;
    }
  }

  function append(spans: readonly Span[]): void {
    for (const each of spans) {
      const { text, classes, css } = each;
      held += text.length;
      heldLines += countLines(text);
      const look = lookOf(each);
      if (tail?.look === look) {
        tail.node.appendData(text);
        continue;
      }
      const node = document.createTextNode(text);
      tail = { look, node };
      if (look === PLAIN) {
        pre.append(node);
        continue;
      }
      const span = document.createElement("span");
      span.className = classes;
      span.style.cssText = css;
      span.append(node);
      pre.append(span);
    }
  }

  /** A box that scrolls must be reachable without a mouse. */
  function beReachable(): void {
    if (folds() || (hasColumns && pre.scrollWidth > pre.clientWidth)) pre.tabIndex = 0;
    else pre.removeAttribute("tabindex");
  }
  const width = new ResizeObserver(beReachable);

  function arrange(): void {
    const isLong = lines > OPEN_LINES || shown.length > OPEN_CHARACTERS;
    pre.classList.toggle("is-folded", folds());
    fold.hidden = !isLong;
    // Wrapped lines of a table could not be read: it scrolls sideways.
    pre.classList.toggle("has-columns", hasColumns);
    if (hasColumns) width.observe(pre);
    beReachable();
    if (!isLong) return;
    const [count, unit] = lines > OPEN_LINES ? [lines, "lines"] : [shown.length, "characters"];
    fold.textContent = isOpen ? "Fold" : `Show all ${count.toLocaleString("en-US")} ${unit}`;
  }

  return {
    show(text) {
      if (text === shown) return;
      // Only a box that scrolls is asked: each question lays out all that has changed so far.
      const scrolls = pre.classList.contains("is-folded");
      const isAtEnd = !scrolls || pre.scrollHeight - pre.scrollTop - pre.clientHeight < 24;
      const grows = text.startsWith(shown);
      const added = grows ? text.slice(shown.length) : text;
      lines = countLines(added) + (grows ? lines : 0);
      hasColumns = (grows && hasColumns) || TABLE_RULE.test(added);
      shown = text;
      // Of a flood, which is another text at every frame, what is not shown is not even read.
      if (folds() && added.length > FOLDED_CHARACTERS) redraw(endOf(text));
      else if (grows) append(parser.push(added));
      else redraw(text);
      trim();
      arrange();
      // Who reads the end follows it; who has scrolled up stays.
      if (isAtEnd && pre.classList.contains("is-folded")) pre.scrollTop = pre.scrollHeight;
    },
    dispose() {
      width.disconnect();
      parent.replaceChildren();
    },
  };
}

const PLAIN = "|";

function lookOf({ classes, css }: Span): string {
  return `${classes}|${css}`;
}

/** What a folded box holds of a text: its last whole lines, or the end of a single one. */
function endOf(text: string): string {
  const most = Math.max(0, text.length - FOLDED_CHARACTERS);
  const whole = text.indexOf("\n", most) + 1;
  const from = most > 0 && whole > 0 && whole < text.length ? whole : most;
  // Of the newlines from the end, the last one ends a line.
  let at = text.length - 1;
  for (let line = 0; line < FOLDED_LINES && at > from; line++) at = text.lastIndexOf("\n", at - 1);
  return text.slice(Math.max(from, at + 1));
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/**
 * Text: what a cell printed, and values that have no richer form. A stream that grows only gets its
 * new part appended, so ten thousand lines touch one node; a long one scrolls in a box of its own.
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
  let parser = new AnsiParser();
  let tail: { readonly look: string; readonly node: Text } | null = null;
  let isOpen = false;

  fold.addEventListener("click", () => {
    isOpen = !isOpen;
    arrange();
  });

  function append(spans: readonly Span[]): void {
    for (const { text, classes, css } of spans) {
      const look = `${classes}|${css}`;
      if (tail?.look === look) {
        tail.node.appendData(text);
        continue;
      }
      const node = document.createTextNode(text);
      tail = { look, node };
      if (look === "|") {
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

  function arrange(): void {
    const isLong = lines > OPEN_LINES;
    const folds = isLong && !isOpen;
    pre.classList.toggle("is-folded", folds);
    fold.hidden = !isLong;
    fold.textContent = isOpen ? "Fold" : `Show all ${lines.toLocaleString("en-US")} lines`;
    // A box that scrolls must be reachable without a mouse.
    if (folds) pre.tabIndex = 0;
    else pre.removeAttribute("tabindex");
  }

  return {
    show(text) {
      if (text === shown) return;
      const isAtEnd = pre.scrollHeight - pre.scrollTop - pre.clientHeight < 24;
      if (text.startsWith(shown)) {
        const added = text.slice(shown.length);
        lines += countLines(added);
        append(parser.push(added));
      } else {
        parser = new AnsiParser();
        tail = null;
        pre.replaceChildren();
        lines = countLines(text);
        append(parser.push(text));
      }
      shown = text;
      arrange();
      // Who reads the end follows it; who has scrolled up stays.
      if (isAtEnd && pre.classList.contains("is-folded")) pre.scrollTop = pre.scrollHeight;
    },
    dispose: () => parent.replaceChildren(),
  };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

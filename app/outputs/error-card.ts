/** An error as a card: the sentence first, the line with its culprit, one hint, the stack folded. */
import type { CellError } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import { type ErrorView, type FrameView, printError, viewError } from "./error-view.ts";
import { type OutputContext, redrawing } from "./renderer.ts";

export const mountError = redrawing<CellError>((element, error, context) => {
  const view = viewError(error, context);
  if (view.isStop) element.append(stopNote(view, context));
  else element.append(view.isVerdict ? verdict(view) : card(view, context));
});

/** A check refuses an answer quietly: the reason is all that helps. */
function verdict(view: ErrorView): HTMLElement {
  return el(
    "div",
    { class: "verdict", role: "group", "aria-label": `${view.title}: ${view.sentence}` },
    el("p", { class: "verdict-title" }, view.title),
    el("p", {}, view.sentence),
  );
}

function card(view: ErrorView, context: OutputContext): HTMLElement {
  return el(
    "div",
    { class: "error-card", role: "group", "aria-label": `Error: ${view.sentence}` },
    el("p", { class: "error-title" }, view.title, copyButton(view)),
    el("p", { class: "error-sentence" }, view.sentence),
    excerpt(view, context),
    view.hint === null ? null : el("p", { class: "error-hint" }, view.hint),
    ...view.causes.map((cause) => el("p", { class: "error-cause" }, `Caused by ${cause}`)),
    stack(view.frames, context),
  );
}

/** Stop was the reader's own wish: one quiet line, and where it was. */
function stopNote(view: ErrorView, context: OutputContext): HTMLElement {
  const [first] = view.frames;
  const note = el("p", { class: "stop-note" }, first === undefined ? view.sentence : "Stopped at ");
  if (first !== undefined) note.append(frameLink(first, `line ${first.line}`, context), ".");
  return note;
}

function excerpt(view: ErrorView, context: OutputContext): HTMLElement | null {
  const [first] = view.frames;
  if (view.excerpt === null || first === undefined) return null;
  const { line, before, culprit, after } = view.excerpt;
  const number = frameLink(first, String(line), context);
  number.setAttribute("aria-label", `Go to line ${line}`);
  return el(
    "div",
    { class: "error-line" },
    number,
    el("code", {}, before, el("mark", {}, culprit === "" ? " " : culprit), after),
  );
}

function stack(frames: readonly FrameView[], context: OutputContext): HTMLElement | null {
  if (frames.length < 2) return null;
  return el(
    "details",
    { class: "error-stack" },
    el(
      "summary",
      {},
      `Called from ${frames.length - 1} ${frames.length === 2 ? "place" : "places"}`,
    ),
    el("ol", {}, ...frames.map((frame) => el("li", {}, frameLink(frame, frame.text, context)))),
  );
}

function frameLink(frame: FrameView, text: string, context: OutputContext): HTMLButtonElement {
  const link = el("button", { type: "button", class: "error-link" }, text);
  link.addEventListener("click", () => context.goTo(frame.cell, frame.line, frame.column));
  return link;
}

function copyButton(view: ErrorView): HTMLButtonElement {
  const button = el("button", { type: "button", class: "error-copy" }, "Copy");
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(printError(view)).then(
      () => (button.textContent = "Copied"),
      // A page without permission for the clipboard: the text can still be selected by hand.
      () => (button.textContent = "Not allowed"),
    );
  });
  return button;
}

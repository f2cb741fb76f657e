/**
 * HTML with scripts, in a frame that can reach nothing: an opaque origin, no network, no forms, no
 * windows. Only for notebooks that the reader trusts; what a frame sends is taken for anybody's.
 */
import { el } from "./dom.ts";
import { type FrameRequest, parseFrameReply } from "./frame-messages.ts";
import type { OutputContext } from "./renderer.ts";

/** A frame that says more in a second is kept from keeping the page busy. */
const MOST_MESSAGES = 300;

/** Shows `html` in `element` until the answer is called. */
export function showScripts(
  element: HTMLElement,
  html: string,
  { theme }: OutputContext,
): () => void {
  /** The document's own script has spoken, which is before any other can. */
  let isGreeted = false;
  let messages = 0;
  let since = performance.now();
  let waiting = 0;
  let frame = load(false);

  function load(attribute: boolean): HTMLIFrameElement {
    const made = el("iframe", { class: "output-frame", title: "Output with scripts" });
    // Only where the host of these files drops their headers: with the attribute they cannot be offline.
    if (attribute) made.setAttribute("sandbox", "allow-scripts");
    made.src = "output-frame.html";
    isGreeted = false;
    element.replaceChildren(made);
    return made;
  }

  function close(): void {
    cancelAnimationFrame(waiting);
    removeEventListener("message", receive);
    frame.remove();
  }

  function isFlood(): boolean {
    const now = performance.now();
    if (now - since > 1_000) {
      since = now;
      messages = 0;
    }
    messages += 1;
    return messages > MOST_MESSAGES;
  }

  function receive({ source, data }: MessageEvent<unknown>): void {
    if (source === null || source !== frame.contentWindow) return;
    if (isFlood()) {
      close();
      const why = "This output sent the page more messages than it can read, so it was closed.";
      element.append(el("p", { class: "output-note" }, why));
      return;
    }
    const reply = parseFrameReply(data);
    const isFirst = !isGreeted;
    isGreeted = true;
    if (isFirst && reply?.kind === "ready") {
      const { color, font } = getComputedStyle(element);
      const request: FrameRequest = { kind: "show", html, theme, ink: color, font };
      // Its origin is opaque: "*" is the only name there is for it.
      frame.contentWindow?.postMessage(request, "*");
    } else if (isFirst && reply?.kind === "refused" && !frame.hasAttribute("sandbox")) {
      frame = load(true);
    } else if (reply?.kind === "size") {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        frame.style.height = `${reply.heightPx}px`;
      });
    }
  }

  addEventListener("message", receive);
  return close;
}

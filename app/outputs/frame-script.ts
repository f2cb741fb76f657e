/**
 * The trusted script in the document of an output's frame: shows the HTML it is given, scripts and
 * all, and tells how tall it is. The document's policy keeps it from every other thing.
 */
import type { FrameReply, FrameRequest } from "./frame-messages.ts";

const tell = (reply: FrameReply) => parent.postMessage(reply, "*");

function show({ html, theme, ink, font }: FrameRequest): void {
  const { style } = document.documentElement;
  style.colorScheme = theme;
  style.color = ink;
  style.font = font;
  // Its packets leave whatever a policy says.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) {
    Reflect.deleteProperty(self, name);
  }
  new ResizeObserver(() => {
    tell({ kind: "size", heightPx: document.documentElement.offsetHeight });
  }).observe(document.documentElement);
  // Unlike `innerHTML`, this makes scripts that run.
  document.body.append(document.createRange().createContextualFragment(html));
}

addEventListener("message", function begin({ source, data }: MessageEvent<FrameRequest>) {
  if (source !== parent || data.kind !== "show" || self.origin !== "null") return;
  removeEventListener("message", begin);
  show(data);
});

// Where whoever serves this page dropped the header, scripts could reach all that the page can.
tell({ kind: self.origin === "null" ? "ready" : "refused" });

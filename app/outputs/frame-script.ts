/**
 * The trusted script in the document of an output's frame: shows the HTML it is given, scripts and
 * all, and tells how tall it is. The document's policy keeps it from every other thing.
 */
import type { FrameReply, FrameRequest } from "./frame-messages.ts";

const tell = (reply: FrameReply) => parent.postMessage(reply, "*");

addEventListener("message", function begin({ source, data }: MessageEvent<FrameRequest>) {
  if (source !== parent || data.kind !== "show") return;
  removeEventListener("message", begin);
  // Whoever serves this page dropped the header: the scripts could reach all that the page can.
  if (self.origin !== "null") return tell({ kind: "refused" });
  const { style } = document.documentElement;
  style.colorScheme = data.theme;
  style.color = data.ink;
  style.font = data.font;
  new ResizeObserver(() => {
    tell({ kind: "size", heightPx: document.documentElement.offsetHeight });
  }).observe(document.documentElement);
  // Its packets leave whatever a policy says.
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"])
    Reflect.deleteProperty(self, name);
  // Unlike `innerHTML`, this makes scripts that run.
  document.body.append(document.createRange().createContextualFragment(data.html));
});

tell({ kind: "ready" });

/** A projection on the page. The projector's code comes with the first one; a bundle it cannot read shows its still picture. */
import { parseProjection, PROJECTION_MIME } from "../../kernel/plot/projection-view.ts";
import type { MimeBundle } from "../../kernel/protocol.ts";
import { mountFigure } from "./figure.ts";
import { lazily, type MountIfReadable } from "./lazy.ts";
import { textOf } from "./text.ts";

type Create = typeof import("./projector/projector.ts").createProjector;

export const mountProjection = lazily(
  () => import("./projector/projector.ts").then((code) => mountWith(code.createProjector)),
  mountFigure,
  // The column is as high as it will be before the code has come.
  420,
);

const mountWith =
  (create: Create): MountIfReadable =>
  (element, bundle, context) => {
    const first = parseProjection(bundle[PROJECTION_MIME]);
    // No rows are no projection: plotly's empty axes say so.
    if (first === null || first.rows === 0) return null;
    let shown = bundle;
    let view = first;
    let projector = create(element, view, nameOf(bundle), context);

    return {
      update(next, page) {
        const parsed = next === shown ? view : parseProjection(next[PROJECTION_MIME]);
        shown = next;
        if (parsed === null) return;
        view = parsed;
        if (projector.follow(view, nameOf(next), page)) return;
        projector.dispose();
        projector = create(element, view, nameOf(next), page);
      },
      dispose() {
        projector.dispose();
        element.replaceChildren();
      },
    };
  };

function nameOf(bundle: MimeBundle): string {
  return textOf(bundle, "text/plain").replace(/^<Figure: (.*)>$/s, "$1") || "A projection";
}

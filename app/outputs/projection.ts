/** A projection on the page. The projector's code comes with the first one; a bundle it cannot read shows its still picture. */
import {
  parseProjection,
  PROJECTION_MIME,
  type ProjectionView,
} from "../../kernel/plot/projection-view.ts";
import type { MimeBundle } from "../../kernel/protocol.ts";
import { mountFigure } from "./figure.ts";
import type { Projector } from "./projector/projector.ts";
import type { Mount } from "./renderer.ts";
import { textOf } from "./text.ts";

export const mountProjection: Mount<MimeBundle> = (element, bundle, context) => {
  const first = parseProjection(bundle[PROJECTION_MIME]);
  // No rows are no projection: plotly's empty axes say so.
  if (first === null || first.rows === 0) return mountFigure(element, bundle, context);
  let shown = bundle;
  let view: ProjectionView = first;
  let page = context;
  let projector: Projector | null = null;
  let isGone = false;

  // The column is as high as it will be before the code has come.
  element.style.minHeight = "420px";
  void import("./projector/projector.ts").then(({ createProjector }) => {
    if (isGone) return;
    element.style.minHeight = "";
    make(createProjector);
  });

  type Create = typeof import("./projector/projector.ts").createProjector;
  let create: Create | null = null;

  function make(by: Create): void {
    create = by;
    projector?.dispose();
    projector = by(element, view, nameOf(shown), page);
  }

  return {
    update(next, nextContext) {
      page = nextContext;
      const parsed = next === shown ? view : parseProjection(next[PROJECTION_MIME]);
      shown = next;
      if (parsed === null) return;
      view = parsed;
      if (projector !== null && create !== null && !projector.follow(view, nameOf(next), page)) {
        make(create);
      }
    },
    dispose() {
      isGone = true;
      projector?.dispose();
      element.replaceChildren();
    },
  };
};

function nameOf(bundle: MimeBundle): string {
  return textOf(bundle, "text/plain").replace(/^<Figure: (.*)>$/s, "$1") || "A projection";
}

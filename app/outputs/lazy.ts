/**
 * Renderers whose code comes with the first output that needs it. Until it is there, and for a bundle it
 * cannot read, another renderer shows the bundle.
 */
import type { MimeBundle } from "../../kernel/protocol.ts";
import type { Mount, Mounted, OutputContext } from "./renderer.ts";

/** Null for a bundle that it cannot read. */
export type MountIfReadable = (
  element: HTMLElement,
  bundle: MimeBundle,
  context: OutputContext,
) => Mounted<MimeBundle> | null;

/** `heightPx` is kept free until the code has come. */
export function lazily(
  load: () => Promise<MountIfReadable>,
  instead: Mount<MimeBundle>,
  heightPx: number,
): Mount<MimeBundle> {
  return (element, bundle, context) => {
    let shown = bundle;
    let page = context;
    let mounted: Mounted<MimeBundle> | null = null;
    let isGone = false;

    element.style.minHeight = `${heightPx}px`;
    const ready = (mount: MountIfReadable) => {
      element.style.minHeight = "";
      if (!isGone) mounted = mount(element, shown, page) ?? instead(element, shown, page);
    };
    // Without its code, as offline after an update of the page, the other renderer has to do.
    void load().then(ready, () => ready(() => null));

    return {
      update(next, nextContext) {
        shown = next;
        page = nextContext;
        mounted?.update(next, nextContext);
      },
      dispose() {
        isGone = true;
        mounted?.dispose();
        element.replaceChildren();
      },
    };
  };
}

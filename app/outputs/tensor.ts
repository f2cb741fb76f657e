/** A tensor on the page: its text at once, and under it how its numbers are spread. */
import { TENSOR_MIME } from "../../kernel/plot/tensor-glance.ts";
import type { MimeBundle } from "../../kernel/protocol.ts";
import { el } from "./dom.ts";
import type { Mount } from "./renderer.ts";
import { mountText } from "./text.ts";

export const mountTensor: Mount<MimeBundle> = (element, bundle, context) => {
  const [text, under] = [el("div"), el("div")];
  element.append(text, under);
  const shown = mountText(text, bundle, context);
  let newest = bundle;
  const draw = async (): Promise<void> => {
    const code = await import("./tensor-line.ts").catch(() => null);
    // Without its code the text has to do.
    if (code !== null) under.replaceChildren(...code.drawGlance(newest[TENSOR_MIME]));
  };
  void draw();
  return {
    update(next, nextContext) {
      newest = next;
      shown.update(next, nextContext);
      void draw();
    },
    dispose() {
      shown.dispose();
      element.replaceChildren();
    },
  };
};

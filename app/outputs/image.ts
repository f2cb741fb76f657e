/** Pictures of pixels, which bundles carry in base64. */
import type { MimeBundle } from "../../kernel/protocol.ts";
import { type Mount, redrawing } from "./renderer.ts";
import { textOf } from "./text.ts";
import { isOwnImage } from "./urls.ts";

/** A renderer for one type of picture. */
export function mountImage(mime: string): Mount<MimeBundle> {
  return redrawing((element, bundle) => {
    const url = `data:${mime};base64,${textOf(bundle, mime).replaceAll(/\s/g, "")}`;
    if (!isOwnImage(url)) {
      element.append(`This ${mime} output is not base64, so it cannot be shown.`);
      return;
    }
    const image = document.createElement("img");
    image.className = "output-image";
    image.alt = textOf(bundle, "text/plain") || "A picture";
    image.src = url;
    element.append(image);
  });
}

/**
 * Which addresses an output may carry. Outputs come from files and cells nobody has read: whatever
 * would make the page fetch something from elsewhere is taken out, so that opening a notebook tells
 * nobody. Links a reader must click stay.
 */

/** Pictures inside the document itself. SVG is none of them: it may refer to more. */
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|bmp|avif);base64,[a-z0-9+/=\s]*$/i;

/** Whether a picture can be shown without asking anybody for it. */
export function isOwnImage(url: string): boolean {
  return DATA_IMAGE.test(url.trim());
}

/** Where a link may lead once clicked: the web, a letter, or a place on the page. */
export function isLink(url: string): boolean {
  return /^(?:https?:|mailto:|#)/i.test(url.trim());
}

/** CSS without `url(...)`, `@import`, `image-set` and the like: style that fetches nothing. */
export function withoutFetches(css: string): string {
  // Escapes could hide the word: `\75rl(`. No style of ours or of a data frame needs one.
  return css
    .replaceAll("\\", "")
    .split(";")
    .filter((rule) => !/(?:url|image-set|image|src|expression|element)\s*\(|@import/i.test(rule))
    .join(";");
}

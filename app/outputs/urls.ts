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

/** Where a link may lead once clicked: the web, a letter, a place on the page, or a lesson. */
export function isLink(url: string): boolean {
  return /^(?:https?:|mailto:|#)/i.test(url.trim()) || isLessonLink(url);
}

/** Whether it is a lesson of this site, as `?lesson=02`, or a place in one: the page's own, and nothing else in it. */
export function isLessonLink(url: string): boolean {
  return /^\?lesson=[\w-]+(?:#[\p{L}\p{N}-]+)?$/u.test(url.trim());
}

const FETCHING = /(?:url|image-set|image|src|expression|element)\s*\(|@import/i;

/**
 * CSS without `url(...)`, `@import`, `image-set` and the like: style that fetches nothing. Rules
 * with escapes go too, which could hide the word.
 */
export function withoutFetches(css: string): string {
  return css
    .split(";")
    .filter((rule) => !FETCHING.test(rule) && !rule.includes("\\"))
    .join(";");
}

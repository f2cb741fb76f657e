/**
 * The one place where markup of others becomes nodes of the page. DOMPurify removes what can run;
 * the hooks here remove what can fetch, cover the page or pass for a part of it.
 */
import createPurifier, { type Config } from "dompurify";
import { isLessonLink, isLink, isOwnImage, withoutFetches } from "./urls.ts";

const FORBIDDEN = ["style", "form", "input", "button", "textarea", "select", "option", "dialog"];
/** Attributes by which elements fetch. `href` is judged by its element. */
const FETCHING = new Set(["src", "srcset", "poster", "background", "data", "xlink:href", "action"]);
/** What DOMPurify puts before ids, so that they cannot pass for the page's own. */
const ID_PREFIX = "user-content-";
const INTERACTIVE = [
  "autofocus",
  "popover",
  "popovertarget",
  "contenteditable",
  "tabindex",
  "ping",
];

const shared: Config = {
  FORBID_TAGS: FORBIDDEN,
  FORBID_ATTR: INTERACTIVE,
  SANITIZE_NAMED_PROPS: true,
  RETURN_DOM_FRAGMENT: true,
};

type Purify = (text: string) => DocumentFragment;

/**
 * Instances of our own: hooks on the shared one would be everybody's. Told once what it may let by: told
 * with each text, it makes its tables anew, which took half its time.
 */
function createPurify(profiles: Config["USE_PROFILES"]): Purify {
  const purifier = createPurifier(window);
  purifier.setConfig({ ...shared, USE_PROFILES: profiles });
  purifier.addHook("uponSanitizeAttribute", (node, attribute) => {
    const { attrName: name, attrValue: value } = attribute;
    if (name === "style") {
      attribute.attrValue = withoutFetches(value);
    } else if (name === "href" && node.nodeName.toLowerCase() === "a") {
      attribute.keepAttr = isLink(value);
    } else if (name === "href" || name === "xlink:href") {
      attribute.keepAttr = value.startsWith("#");
      attribute.attrValue = `#${ID_PREFIX}${value.slice(1)}`;
    } else if (FETCHING.has(name)) {
      attribute.keepAttr = isOwnImage(value);
    } else if (/url\s*\(/i.test(value)) {
      // fill="url(#a)" is a gradient of the picture itself; anything else would be fetched.
      const own = /^url\(["']?#([^"')]*)["']?\)$/.exec(value.trim());
      attribute.keepAttr = own !== null;
      attribute.attrValue = `url(#${ID_PREFIX}${own?.[1] ?? ""})`;
    }
  });
  purifier.addHook("afterSanitizeAttributes", (node) => {
    if (node.nodeName.toLowerCase() !== "a") return;
    const href = node.getAttribute("href") ?? "";
    // Places of this site are gone to; whatever else is left for gets a tab of its own.
    if (!href.startsWith("#") && !isLessonLink(href)) node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer");
  });
  return (text) => purifier.sanitize(text, { RETURN_DOM_FRAGMENT: true });
}

let htmlPurify: Purify | null = null;
let svgPurify: Purify | null = null;

/** HTML as nodes that run nothing and fetch nothing. */
export function sanitizeHtml(text: string): DocumentFragment {
  htmlPurify ??= createPurify({ html: true, svg: true });
  const fragment = htmlPurify(text);
  for (const image of fragment.querySelectorAll("img:not([src])")) {
    const note = document.createElement("span");
    note.className = "missing-picture";
    note.textContent = `[a picture from elsewhere, not loaded: ${image.getAttribute("alt") || "no description"}]`;
    image.replaceWith(note);
  }
  return fragment;
}

/** An SVG picture as nodes that run nothing and fetch nothing. */
export function sanitizeSvg(text: string): DocumentFragment {
  svgPurify ??= createPurify({ svg: true, svgFilters: true });
  return svgPurify(text);
}

/** A diagram as a PNG: its SVG with the styles that the page's sheets give it, which a file does not have. */
import { pngOf, savePicture } from "../save-picture.ts";

/** What styles may change of a drawing. */
const STYLES = [
  "display",
  "visibility",
  "opacity",
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linejoin",
  "paint-order",
  "font-family",
  "font-size",
  "font-weight",
  "font-style",
  "font-variant-numeric",
  "text-anchor",
  "dominant-baseline",
  "marker-end",
] as const;

/** Saves what `picture` shows now, over the colour of the page around it. */
export async function saveDiagram(picture: SVGSVGElement, title: string): Promise<void> {
  const size = picture.getBoundingClientRect();
  const image = new Image();
  const text = new XMLSerializer().serializeToString(styled(picture, size));
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const ground = getComputedStyle(picture).getPropertyValue("--paper");
  savePicture(pngOf(image, size, ground), title);
}

function styled(picture: SVGSVGElement, { width, height }: DOMRect): SVGSVGElement {
  const copy = picture.cloneNode(true) as SVGSVGElement; // of the same class
  const [from, to] = [picture, copy].map((root) => [root, ...root.querySelectorAll("*")]);
  from?.forEach((element, i) => {
    const styles = getComputedStyle(element);
    const own = STYLES.map((name) => `${name}:${styles.getPropertyValue(name)}`).join(";");
    to?.[i]?.setAttribute("style", own);
  });
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  return copy;
}

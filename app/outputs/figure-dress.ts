/** A figure as plotly gets it: in the theme's colours and the house's template, fitted to its column. */
import { fitCellTexts } from "./figure-cells.ts";
import type { FigureJson, JsonObject } from "./figure-filter.ts";
import { fitHead } from "./figure-head.ts";
import { fitNames } from "./figure-names.ts";
import { inColumn, turned } from "./figure-scene.ts";
import { houseTemplate, inTheme, type Theme } from "./figure-theme.ts";
import { fitTicks } from "./figure-ticks.ts";

/** In the size that `canvas` has now: outputs are made before they are in the page. */
export function dressed(
  { data, layout }: FigureJson,
  { theme }: { readonly theme: Theme },
  canvas: HTMLElement,
  camera: unknown,
): { readonly data: object[]; readonly layout: object } {
  const own = inTheme({ data, layout }, theme);
  const { clientWidth: width, clientHeight: height } = canvas;
  const named = fitNames(own, width);
  const seen = turned(inColumn(named, width, height), camera);
  return {
    data: [...fitCellTexts(own.data, own.layout, width)],
    layout: houseLayout(seen, theme, canvas),
  };
}

/** The figure's own layout over the house template, in the size of its column. */
function houseLayout(layout: JsonObject, theme: Theme, canvas: HTMLElement): JsonObject {
  const sans = getComputedStyle(canvas).fontFamily;
  // On a touch screen a drag must scroll the page, not zoom the figure.
  const isTouch = matchMedia("(pointer: coarse)").matches;
  return {
    ...fitTicks(fitHead(layout, canvas.clientWidth).layout, canvas.clientWidth),
    template: houseTemplate(theme, { sans }, canvas.clientWidth),
    width: canvas.clientWidth,
    height: canvas.clientHeight,
    ...(isTouch ? { dragmode: false } : {}),
  };
}

/** What the colours of a projection mean: classes as buttons that pick their rows out, or a scale. */
import type { RowColors } from "../../../kernel/plot/projection-view.ts";
import { el } from "../dom.ts";
import { classInk, rangeOf, shade, shapeOf, signOf } from "./sprites.ts";

/** More classes than this are not listed. */
const MOST = 24;

/** `pick` is asked for the rows of a class, by its rank. */
export function createLegend(
  colors: RowColors | null,
  theme: "light" | "dark",
  pick: (rank: number) => void,
): HTMLElement {
  const element = el("div", { class: "projector-legend" });
  if (colors === null) return element;
  if (colors.kind === "classes") {
    const shown = colors.names.slice(0, MOST);
    element.append(
      ...shown.map((name, rank) => {
        const sign = el("span", { "aria-hidden": "true" }, signOf(shapeOf(rank)));
        sign.style.color = classInk(rank, theme);
        const button = el("button", { type: "button", class: "projector-class" }, sign, ` ${name}`);
        button.addEventListener("click", () => pick(rank));
        return button;
      }),
    );
    const more = colors.names.length - shown.length;
    if (more > 0) element.append(el("span", {}, `and ${more} more`));
    return element;
  }
  const { low, high } = rangeOf(colors.of);
  const bar = el("span", { class: "projector-scale" });
  const stops = [0, 0.25, 0.5, 0.75, 1].map((share) => shade(share, theme));
  bar.style.background = `linear-gradient(to right, ${stops.join(", ")})`;
  element.append(el("span", {}, number(low)), bar, el("span", {}, number(high)));
  return element;
}

function number(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

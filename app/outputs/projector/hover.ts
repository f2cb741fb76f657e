/** The card beside the pointer: what the point under it is. */
import { el } from "../dom.ts";

export interface Hover {
  /** At a place of the stage, in px. */
  show(row: number, x: number, y: number): void;
  hide(): void;
}

/** Beside the pointer, not under it. */
const GAP = 14;

export function createHover(
  stage: HTMLElement,
  {
    labelOf,
    groupOf,
    picture,
  }: {
    labelOf(row: number): string;
    groupOf(row: number): string | null;
    picture(row: number): HTMLElement | null;
  },
): Hover {
  const card = el("div", { class: "projector-hover", "aria-hidden": "true" });
  card.hidden = true;
  stage.append(card);
  let shown = -1;
  return {
    show(row, x, y) {
      if (row !== shown) {
        shown = row;
        const image = picture(row);
        const group = groupOf(row);
        card.replaceChildren(
          ...(image === null ? [] : [image]),
          el("span", {}, labelOf(row)),
          ...(group === null ? [] : [el("span", { class: "projector-group" }, group)]),
        );
      }
      card.hidden = false;
      const isRight = x + GAP + card.offsetWidth > stage.clientWidth;
      const isLow = y + GAP + card.offsetHeight > stage.clientHeight;
      card.style.left = `${Math.max(0, isRight ? x - GAP - card.offsetWidth : x + GAP)}px`;
      card.style.top = `${Math.max(0, isLow ? y - GAP - card.offsetHeight : y + GAP)}px`;
    },
    hide() {
      shown = -1;
      card.hidden = true;
    },
  };
}

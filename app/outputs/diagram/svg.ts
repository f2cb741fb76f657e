/** SVG elements in one expression, and how wide texts get. */

import type { Point } from "./layout-plan.ts";

type Child = Node | string | null;

export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children.filter((child): child is Node | string => child !== null));
  return element;
}

let pen: CanvasRenderingContext2D | null = null;

/** The width of the longest of `texts`, in px, in the page's sans at 12 px; `weight` as in CSS. */
export function widest(texts: readonly string[], weight = 400): number {
  pen ??= document.createElement("canvas").getContext("2d");
  if (pen === null) return Math.max(0, ...texts.map((text) => text.length * 7));
  const family = getComputedStyle(document.documentElement).getPropertyValue("--sans");
  pen.font = `${weight} 12px ${family || "sans-serif"}`;
  const { length } = texts;
  let most = 0;
  for (let i = 0; i < length; i++) most = Math.max(most, pen.measureText(texts[i] ?? "").width);
  return Math.ceil(most);
}

/** As much of a name as a box has room for. */
export function shortened(text: string, most = 22): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** A smooth line through the points of a route. */
export function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  let path = `M${round(first.x)} ${round(first.y)}`;
  const last = rest.at(-1);
  for (let i = 0; i + 1 < rest.length; i++) {
    const [at, next] = [rest[i]!, rest[i + 1]!]; // both below the length
    const end = i + 2 === rest.length ? next : { x: (at.x + next.x) / 2, y: (at.y + next.y) / 2 };
    path += `Q${round(at.x)} ${round(at.y)} ${round(end.x)} ${round(end.y)}`;
  }
  if (rest.length === 1 && last !== undefined) path += `L${round(last.x)} ${round(last.y)}`;
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

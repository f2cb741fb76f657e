/** How nodes, folded modules and edges of a computation look. */
import type { GraphGroup, GraphNode, Slope } from "../../../kernel/plot/diagram.ts";
import type { PartId } from "./folding.ts";
import type { Box } from "./layout-plan.ts";
import { shortened, svg, widest } from "./svg.ts";

/** In px. */
const LINE = 16;
const SIDE = 10;
const ENDS = 8;
/** As wide as the row of a slope gets: it must not change while steps go by. */
const ROOM = "slopes −0.00000";

export interface PartTexts {
  /** What it is called, and what made it. */
  readonly head: string;
  readonly value: string;
  /** Its slope; null where none is drawn at all. */
  readonly slope: Slope | null;
}

/** Stands where a slope has not arrived. */
export const unheard: Slope = { text: "–", isSize: false, sign: 0 };

/** "p = mul", "w", "mul", "net.0.weight". */
export function headOf({ name, op }: Pick<GraphNode, "name" | "op">): string {
  return [name, op].filter((each) => each !== "").join(" = ");
}

export function groupHead({ name, kind }: GraphGroup): string {
  return name === "" || name === kind ? kind : `${name}: ${kind}`;
}

/** `withSlope`: room for a slope, whether it has arrived or not. */
export function sizeOfTexts(
  { head, value }: PartTexts,
  withSlope: boolean,
): { readonly width: number; readonly height: number } {
  const lines = [head, value].filter((each) => each !== "");
  const texts = [...lines.map((each) => shortened(each)), ...(withSlope ? [ROOM] : [])];
  const height = (lines.length + Number(withSlope)) * LINE + 2 * ENDS - 4;
  return { width: Math.max(36, widest(texts, 600) + 2 * SIDE), height };
}

export function drawPart(
  id: PartId,
  kind: GraphNode["kind"] | "module",
  texts: PartTexts,
  withSlope: boolean,
  { x, y, width, height }: Box,
): SVGGElement {
  const [left, top] = [x - width / 2, y - height / 2];
  const rows = [
    texts.head === "" ? null : { text: shortened(texts.head), class: "diagram-head" },
    texts.value === "" ? null : { text: shortened(texts.value), class: "diagram-value" },
    withSlope ? { text: "", class: "diagram-slope" } : null,
  ].filter((row) => row !== null);
  const group = svg(
    "g",
    {
      class: `diagram-part diagram-${kind}`,
      role: kind === "module" ? "button" : "img",
      "data-part": id,
    },
    svg("rect", { x: left, y: top, width, height, rx: radii[kind] }),
    kind === "module" || kind === "parameter"
      ? svg("rect", {
          class: "diagram-inner",
          x: left + 3,
          y: top + 3,
          width: width - 6,
          height: height - 6,
          rx: Math.max(0, radii[kind] - 3),
        })
      : null,
    ...rows.map((row, i) =>
      svg(
        "text",
        { class: row.class, x, y: top + ENDS + 9 + i * LINE, "aria-hidden": "true" },
        row.text,
      ),
    ),
  );
  if (withSlope) setSlope(group, texts.slope ?? unheard);
  return group;
}

/** Kinds differ in shape: what was computed is round, what was given has corners. */
const radii = { op: 10, parameter: 4, data: 0, constant: 0, more: 10, module: 8 } as const;

export function setSlope(part: Element, slope: Slope): void {
  const row = part.querySelector(".diagram-slope");
  if (row === null) return;
  row.textContent = slope === unheard ? "–" : `${slope.isSize ? "slopes" : "slope"} ${slope.text}`;
  row.setAttribute("data-sign", slope === unheard ? "none" : String(slope.sign));
  part.setAttribute("data-sign", slope === unheard ? "none" : String(slope.sign));
}

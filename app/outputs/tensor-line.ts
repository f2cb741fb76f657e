/** One line under a tensor: shape, type, spread, and a histogram as high as the line. */
import { formatNumber } from "../../kernel/plot/numbers.ts";
import { parseGlance } from "../../kernel/plot/tensor-glance.ts";
import { el } from "./dom.ts";

/** Of a bar of the histogram, in px. */
const [BAR, HEIGHT] = [3, 16];
const SVG = "http://www.w3.org/2000/svg";

/** Nothing for what is no glance at a tensor. */
export function drawGlance(sent: unknown): readonly Element[] {
  const glance = parseGlance(sent);
  if (glance === null) return [];
  const { shape, dtype, low, high, mean, deviation, odd, counts } = glance;
  const words = [
    `[${shape.join(", ")}] ${dtype}`,
    `${formatNumber(low)} to ${formatNumber(high)}`,
    `mean ${formatNumber(mean)}`,
    `deviation ${formatNumber(deviation)}`,
  ];
  const warning = odd === 0 ? null : el("strong", {}, `${odd.toLocaleString("en-US")} not finite`);
  return [el("p", { class: "tensor-line" }, words.join(" · "), warning, histogram(counts))];
}

/** Bars as high as their shares of the highest; the words beside them say what matters. */
function histogram(counts: readonly number[]): SVGSVGElement {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("width", String(counts.length * BAR));
  picture.setAttribute("height", String(HEIGHT));
  picture.setAttribute("aria-hidden", "true");
  const most = counts.reduce((high, count) => Math.max(high, count), 1);
  const path = counts.map((count, i) => {
    // What is there at all is seen.
    const height = count === 0 ? 0 : Math.max(1, (count / most) * HEIGHT);
    return `M${i * BAR} ${HEIGHT}v${-height}h${BAR - 0.5}v${height}z`;
  });
  const bars = document.createElementNS(SVG, "path");
  bars.setAttribute("d", path.join(""));
  picture.append(bars);
  return picture;
}

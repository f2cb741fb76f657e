/**
 * Which renderer shows a MIME bundle. Bundles name one value in several forms; the richest form we
 * can show wins, in Jupyter's order: ours and plotly's, then html, markdown, latex, svg, pictures,
 * text. Code (`application/javascript`) is never run.
 */
import { DIAGRAM_MIME } from "../../kernel/plot/diagram.ts";
import { CONFUSION_MIME } from "../../kernel/plot/confusion-view.ts";
import { PROJECTION_MIME } from "../../kernel/plot/projection-view.ts";
import { WAV_MIME } from "../../kernel/plot/sound-view.ts";
import { TABLE_MIME } from "../../kernel/plot/table-view.ts";
import { TENSOR_MIME } from "../../kernel/plot/tensor-glance.ts";
import {
  FIGURE_MIME,
  FIGURE_PARTS_MIME,
  FILE_MIME,
  KNOB_MIME,
  type MimeBundle,
  parseFigureParts,
} from "../../kernel/protocol.ts";
import { mountFigure } from "./figure.ts";
import { mountFileChip } from "./file-chip.ts";
import { mountHtml, mountSvg } from "./html.ts";
import { mountImage } from "./image.ts";
import { mountKnob } from "./knob.ts";
import { lazily } from "./lazy.ts";
import { mountLatex, mountMarkdown } from "./markdown.ts";
import { mountProjection } from "./projection.ts";
import type { Mount, Mounted, OutputContext } from "./renderer.ts";
import { mountTensor } from "./tensor.ts";
import { mountText } from "./text.ts";

export type { Mounted, OutputContext } from "./renderer.ts";

/** Every renderer gets the whole bundle: a figure's text is its name for who cannot see it. */
const renderers: readonly (readonly [mime: string, mount: Mount<MimeBundle>])[] = [
  [KNOB_MIME, mountKnob],
  [FILE_MIME, mountFileChip],
  [PROJECTION_MIME, mountProjection],
  [
    TABLE_MIME,
    lazily(() => import("./table/data-table.ts").then((code) => code.mountTable), mountText, 320),
  ],
  [
    CONFUSION_MIME,
    lazily(
      () => import("./confusion/confusion.ts").then((code) => code.mountConfusion),
      mountFigure,
      200,
    ),
  ],
  [
    WAV_MIME,
    lazily(() => import("./sound/player.ts").then((code) => code.mountSound), mountText, 140),
  ],
  [
    DIAGRAM_MIME,
    lazily(() => import("./diagram/diagram.ts").then((code) => code.mountDiagram), mountText, 160),
  ],
  [FIGURE_MIME, mountFigure],
  [TENSOR_MIME, mountTensor],
  ["text/html", mountHtml],
  ["text/markdown", mountMarkdown],
  ["text/latex", mountLatex],
  ["image/svg+xml", mountSvg],
  ["image/png", mountImage("image/png")],
  ["image/jpeg", mountImage("image/jpeg")],
  ["image/gif", mountImage("image/gif")],
  ["image/webp", mountImage("image/webp")],
  ["text/plain", mountText],
];

/** The MIME type that will be shown; null when we can show none of them. */
export function bestMime(bundle: MimeBundle): string | null {
  return renderers.find(([mime]) => Object.hasOwn(bundle, mime))?.[0] ?? null;
}

/** Shows a bundle in its best form; `data-mime` on the element says which. */
export const mountBundle: Mount<MimeBundle> = (element, bundle, context) => {
  let mime = bestMime(bundle);
  standBeside(element, bundle);
  let mounted = start(element, mime, bundle, context);
  return {
    update(next, nextContext) {
      standBeside(element, next);
      const nextMime = bestMime(next);
      if (nextMime === mime) {
        mounted.update(next, nextContext);
        return;
      }
      mounted.dispose();
      element.replaceChildren();
      mime = nextMime;
      mounted = start(element, mime, next, nextContext);
    },
    dispose: () => mounted.dispose(),
  };
};

/** A figure of a grid has its share of the row. */
function standBeside(element: HTMLElement, bundle: MimeBundle): void {
  const { columns } = parseFigureParts(bundle[FIGURE_PARTS_MIME]);
  element.toggleAttribute("data-in-row", columns !== undefined);
  if (columns !== undefined) element.style.setProperty("--in-row", String(columns));
}

function start(
  element: HTMLElement,
  mime: string | null,
  bundle: MimeBundle,
  context: OutputContext,
): Mounted<MimeBundle> {
  const mount = renderers.find(([known]) => known === mime)?.[1];
  if (mount === undefined) {
    delete element.dataset["mime"];
    const types = Object.keys(bundle).join(", ") || "nothing";
    return mountText(
      element,
      { "text/plain": `This output has no form that can be shown here: ${types}.` },
      context,
    );
  }
  element.dataset["mime"] = mime ?? "";
  return mount(element, bundle, context);
}

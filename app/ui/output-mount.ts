/** Picks the renderer of one output, and says whether the same one can take the next output over. */
import { fitted } from "../../kernel/knobs.ts";
import {
  FIGURE_MIME,
  KNOB_MIME,
  type KnobValue,
  type KnobView,
  type MimeBundle,
  parseKnobView,
} from "../../kernel/protocol.ts";
import type { CellOutput } from "../notebook/outputs.ts";
import { printStream } from "../notebook/stream.ts";
import { mountError } from "../outputs/error-card.ts";
import { mountBundle, type Mounted, type OutputContext } from "../outputs/registry.ts";
import { mountStream, mountText } from "../outputs/text.ts";

/** What renderers ask of the page, and the hands on its knobs. */
export interface PageContext extends OutputContext {
  /** Where the reader has put this knob; undefined if it was never touched. */
  knobValue(id: string): KnobValue | undefined;
}

export interface MountedOutput {
  /** False: another kind of output, to be mounted anew. */
  update(output: CellOutput, context: PageContext): boolean;
  dispose(): void;
}

export function mountOutput(
  element: HTMLElement,
  output: CellOutput,
  context: PageContext,
): MountedOutput {
  const kind = kindOf(output);
  const { draw, dispose } = drawer(element, output, context);
  element.dataset["output"] = output.kind;
  return {
    update: (next, nextContext) => {
      if (kindOf(next) !== kind) return false;
      draw(next, nextContext);
      return true;
    },
    dispose,
  };
}

/** Outputs of one kind can stand in the same element one after the other. */
function kindOf(output: CellOutput): string {
  if (output.kind === "stream") return `stream ${output.name}`;
  if (output.kind !== "display" && output.kind !== "result") return output.kind;
  const knob = output.data[KNOB_MIME] as Partial<KnobView> | undefined;
  if (knob) return `knob ${knob.id}`;
  return FIGURE_MIME in output.data ? "figure" : "bundle";
}

interface Drawer {
  draw(output: CellOutput, context: PageContext): void;
  dispose(): void;
}

/** The element is empty; `draw` is only called with outputs of the same kind. */
function drawer(element: HTMLElement, output: CellOutput, context: PageContext): Drawer {
  switch (output.kind) {
    case "stream":
      return over(mountStream(element, streamView(output), context), output.kind, streamView);
    case "error":
      return over(mountError(element, output.error, context), output.kind, ({ error }) => error);
    case "display":
    case "result": {
      const mounted = mountBundle(element, dataOf(output, context), context);
      return {
        draw: (next, page) => {
          if (next.kind === "display" || next.kind === "result") {
            mounted.update(dataOf(next, page), page);
          }
        },
        dispose: () => mounted.dispose(),
      };
    }
    case "omitted":
      return over(mountText(element, omitted(output), context), output.kind, omitted);
    case "foreign":
      return over(mountText(element, foreign(output), context), output.kind, foreign);
    default:
      return output satisfies never;
  }
}

function over<Kind extends CellOutput["kind"], Value>(
  mounted: Mounted<Value>,
  kind: Kind,
  view: (output: CellOutput & { kind: Kind }) => Value,
): Drawer {
  const isOurs = (output: CellOutput): output is CellOutput & { kind: Kind } =>
    output.kind === kind;
  return {
    draw: (next, page) => {
      if (isOurs(next)) mounted.update(view(next), page);
    },
    dispose: () => mounted.dispose(),
  };
}

type Of<Kind extends CellOutput["kind"]> = CellOutput & { readonly kind: Kind };

function streamView(output: Of<"stream">) {
  return { name: output.name, text: printStream(output) };
}

function omitted({ count }: Of<"omitted">): MimeBundle {
  return { "text/plain": `[... ${count.toLocaleString("en-US")} outputs left out ...]` };
}

function foreign({ output }: Of<"foreign">): MimeBundle {
  return { "text/plain": JSON.stringify(output, null, 2) };
}

/** The bundle, with a knob where the reader's hand has it: a run may have begun before the last move. */
function dataOf({ data }: Of<"display"> | Of<"result">, context: PageContext): MimeBundle {
  const knob = KNOB_MIME in data ? parseKnobView(data[KNOB_MIME]) : null;
  const given = knob === null ? undefined : context.knobValue(knob.id);
  // What was kept may be of another kind of knob, an option that is no more, or out of its bounds.
  const value = knob === null || given === undefined ? null : fitted(knob, given);
  return value === null ? data : { ...data, [KNOB_MIME]: { ...knob, value } };
}

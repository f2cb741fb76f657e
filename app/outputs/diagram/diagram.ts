/** Draws what `plot.graph`, `plot.network` and `plot.tree` send, and follows it while it changes. */
import { DIAGRAM_MIME, type DiagramView } from "../../../kernel/plot/diagram.ts";
import type { MimeBundle } from "../../../kernel/protocol.ts";
import type { MountIfReadable } from "../lazy.ts";
import type { OutputContext } from "../renderer.ts";
import { textOf } from "../text.ts";
import type { Drawing } from "./drawing.ts";
import { drawGraph } from "./graph.ts";
import { drawNetwork } from "./network.ts";
import { readDiagram } from "./reading.ts";
import { createShell, type Shell } from "./shell.ts";
import { drawTree } from "./tree.ts";
import "./diagram.css";

export const mountDiagram: MountIfReadable = (element, bundle, context) => {
  let view = readDiagram(bundle[DIAGRAM_MIME]);
  if (view === null) return null;
  let sent = bundle[DIAGRAM_MIME];
  let shell = createShell(element);
  let drawing = begin(shell, view, context);
  dress(shell, view, bundle);

  return {
    update(next, nextContext) {
      const isSame = next[DIAGRAM_MIME] === sent;
      const parsed = isSame ? view : readDiagram(next[DIAGRAM_MIME]);
      sent = next[DIAGRAM_MIME];
      if (parsed === null) return;
      if (parsed.kind !== view?.kind) {
        drawing.dispose();
        shell.dispose();
        shell = createShell(element);
        drawing = begin(shell, parsed, nextContext);
      } else drawing.show(parsed, nextContext);
      view = parsed;
      dress(shell, parsed, next);
    },
    dispose() {
      drawing.dispose();
      shell.dispose();
    },
  };
};

function begin(shell: Shell, view: DiagramView, context: OutputContext): Drawing<DiagramView> {
  switch (view.kind) {
    case "graph":
      return ofKind(drawGraph(shell, view, context), "graph");
    case "network":
      return ofKind(drawNetwork(shell, view, context), "network");
    case "tree":
      return ofKind(drawTree(shell, view, context), "tree");
    default:
      return view satisfies never;
  }
}

/** A drawing that is only ever shown views of its own kind. */
function ofKind<Kind extends DiagramView["kind"]>(
  drawing: Drawing<Extract<DiagramView, { kind: Kind }>>,
  kind: Kind,
): Drawing<DiagramView> {
  type Own = Extract<DiagramView, { kind: Kind }>;
  const isOwn = (view: DiagramView): view is Own => view.kind === kind;
  return {
    show(view, context) {
      if (isOwn(view)) drawing.show(view, context);
    },
    dispose: () => drawing.dispose(),
  };
}

function dress(shell: Shell, view: DiagramView, bundle: MimeBundle): void {
  const [line = ""] = textOf(bundle, "text/plain").split("\n");
  shell.name(line.replace(/^<Figure: (.*)>$/, "$1") || "A diagram");
  shell.title(view.title);
  shell.notes(view.notes);
}

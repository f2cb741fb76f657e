/** A computation graph: nodes from inputs to the result, modules that fold, and the walk back step by step. */
import type { GraphNode, GraphView, Slope } from "../../../kernel/plot/diagram.ts";
import type { Frame } from "../../../kernel/protocol.ts";
import { el } from "../dom.ts";
import type { OutputContext } from "../renderer.ts";
import type { Draw } from "./drawing.ts";
import {
  fold,
  type Folded,
  foldedAtFirst,
  MOST_PARTS,
  type PartId,
  type VisibleEdge,
} from "./folding.ts";
import {
  drawPart,
  groupHead,
  headOf,
  type PartTexts,
  setSlope,
  sizeOfTexts,
  unheard,
} from "./graph-parts.ts";
import { type GraphLayout, layoutGraph, pathOf } from "./layout.ts";
import type { Shell } from "./shell.ts";
import { createStage, type Part } from "./stage.ts";
import { createSteps } from "./steps.ts";
import { svg, widest } from "./svg.ts";

/** In a column narrower than this, in px, a graph runs downwards. */
const NARROW = 520;
const KEYS =
  "Arrow keys go from node to node, Enter opens or folds a module. " +
  "Comma and full stop step back and forward through backpropagation.";

export const drawGraph: Draw<GraphView> = (shell: Shell, first, context) => {
  let view = first;
  let page = context;
  let folded = foldedAtFirst(view);
  let drawn: Folded = fold(view, folded);
  let at = view.steps.length;
  let isTall = false;
  let pointed: string | null = null;
  let elements = new Map<string, SVGElement>();
  const lines = new Map<VisibleEdge, SVGElement>();

  const stage = createStage(
    {
      next: () => null,
      choose,
      point(id) {
        pointed = id;
        read();
      },
      key(id, key) {
        if (key !== "," && key !== ".") return false;
        go(at + (key === "." ? 1 : -1));
        return id !== "";
      },
      resized(width) {
        if (width < NARROW === isTall) return;
        isTall = width < NARROW;
        draw();
      },
    },
    shell.hintId,
  );
  const steps = createSteps(go);
  shell.place.append(stage.element);
  shell.zoom(stage);
  shell.hint(KEYS);

  const hasSlopes = () => view.steps.length > 0 || view.nodes.some(({ slope }) => slope !== null);

  /** What each node has heard by now. */
  function slopesNow(): readonly (Slope | null)[] {
    const slopes: (Slope | null)[] = view.nodes.map(({ slope }) => slope);
    for (const step of view.steps.slice(0, at))
      for (const slope of step.slopes) slopes[slope.node] = slope;
    return slopes;
  }

  function textsOf(part: PartId, slopes: readonly (Slope | null)[]): PartTexts {
    const place = Number(part.slice(1));
    if (part.startsWith("g")) {
      const inside = drawn.stands.filter((each) => each === part).length;
      const group = view.groups[place];
      return {
        head: group === undefined ? "" : groupHead(group),
        value: `${inside} nodes`,
        slope: null,
      };
    }
    const node = view.nodes[place];
    if (node === undefined) return { head: "", value: "", slope: null };
    return { head: headOf(shortNamed(node)), value: node.value, slope: slopes[place] ?? null };
  }

  /** In its module's frame, "net.hidden.weight" is "weight". */
  function shortNamed(node: GraphNode): GraphNode {
    if (node.group < 0) return node;
    const names: string[] = [];
    for (let at = node.group; at >= 0; at = view.groups[at]?.parent ?? -1)
      names.unshift(view.groups[at]?.name ?? "");
    const around = `${names.join(".")}.`;
    return node.name.startsWith(around) ? { ...node, name: node.name.slice(around.length) } : node;
  }

  function labelOf({ edges }: VisibleEdge): string {
    const [only, ...others] = edges;
    const local = only === undefined || others.length > 0 ? "" : (view.edges[only]?.local ?? "");
    return local === "" ? "" : `×${local}`;
  }

  function draw(): void {
    drawn = fold(view, folded);
    const slopes = slopesNow();
    const withSlope = (part: PartId) => hasSlopes() && part.startsWith("n") && isLearnt(part);
    const layout = layoutGraph(drawn, view.nodes, view.groups, {
      sizeOf: (part) => sizeOfTexts(textsOf(part, slopes), withSlope(part)),
      labelWidth: (edge) => (labelOf(edge) === "" ? 0 : widest([labelOf(edge)]) + 6),
      isTall,
    });
    elements = new Map();
    lines.clear();
    const frames = framesOf(layout);
    const paths = layout.routes.map(({ edge, points, label }) => {
      const line = svg("path", { class: "diagram-edge", d: pathOf(points) });
      lines.set(edge, line);
      const text = labelOf(edge);
      return {
        line,
        text:
          text === "" || label === null
            ? null
            : svg("text", { class: "diagram-local", x: label.x, y: label.y + 4 }, text),
      };
    });
    const parts = drawn.parts.map((part): Part => {
      const box = layout.boxes.get(part) ?? { x: 0, y: 0, width: 0, height: 0 };
      const place = Number(part.slice(1));
      const kind = part.startsWith("g") ? "module" : (view.nodes[place]?.kind ?? "op");
      const element = drawPart(part, kind, textsOf(part, slopes), withSlope(part), box);
      elements.set(part, element);
      return { id: part, element, x: box.x, y: box.y };
    });
    stage.content.replaceChildren(
      ...frames.map(({ element }) => element),
      ...paths.map(({ line }) => line),
      ...paths.flatMap(({ text }) => text ?? []),
      ...parts.map(({ element }) => element),
    );
    const result = drawn.stands.at(-1);
    const middle = (result === undefined ? undefined : layout.boxes.get(result)?.x) ?? 0;
    stage.show({ width: layout.width, height: layout.height, middle }, [
      ...frames.map(({ part }) => part),
      ...parts,
    ]);
    mark();
  }

  /** Constants and data hear of no slope. */
  function isLearnt(part: PartId): boolean {
    const { kind } = view.nodes[Number(part.slice(1))] ?? {};
    if (view.steps.length === 0) return true;
    return kind === "op" || kind === "parameter" || heard.has(Number(part.slice(1)));
  }
  const heard = new Set(view.steps.flatMap((step) => step.slopes.map(({ node }) => node)));

  function framesOf(layout: GraphLayout): readonly { element: SVGElement; part: Part }[] {
    return [...layout.frames].map(([group, { x, y, width, height }]) => {
      const [left, top] = [x - width / 2, y - height / 2];
      const own = view.groups[group];
      const title = svg(
        "text",
        { class: "diagram-frame-name", x: left + 8, y: top + 13 },
        own === undefined ? "" : groupHead(own),
      );
      const id = `f${group}`;
      const element = svg(
        "g",
        {
          class: "diagram-frame",
          role: "button",
          "data-part": id,
        },
        svg("rect", { x: left, y: top, width, height, rx: 8 }),
        title,
      );
      elements.set(id, element);
      return { element, part: { id, element, x: left + width / 2, y: top } };
    });
  }

  /** Shows where the walk is: slopes, the node that passes its own back, the lines it goes along. */
  function mark(): void {
    const slopes = slopesNow();
    const step = view.steps[at - 1];
    const active = step === undefined ? null : (drawn.stands[step.node] ?? null);
    for (const [id, element] of elements) {
      if (id.startsWith("n")) setSlope(element, slopes[Number(id.slice(1))] ?? unheard);
      element.classList.toggle("diagram-active", id === active && at > 0);
      element.setAttribute("aria-label", sayPart(id, slopes));
      const isBox = id.startsWith("g") || id.startsWith("f");
      if (isBox) element.setAttribute("aria-expanded", String(id.startsWith("f")));
    }
    for (const [edge, line] of lines) {
      const isOnWay = edge.edges.some((each) => at > 1 && view.edges[each]?.to === step?.node);
      line.classList.toggle("diagram-active", isOnWay);
    }
    if (view.steps.length > 0) {
      if (!steps.element.isConnected) shell.bar.append(steps.element);
      const before = "Forward only: every node has its value, none has heard its slope.";
      steps.show(view.steps.length, at, step?.says ?? before);
    } else steps.element.remove();
    read();
  }

  function sayPart(id: string, slopes: readonly (Slope | null)[]): string {
    const place = Number(id.slice(1));
    if (!id.startsWith("n")) {
      const group = view.groups[place];
      return group === undefined ? "" : groupHead(group);
    }
    const node = view.nodes[place];
    if (node === undefined) return "";
    const slope = slopes[place] ?? null;
    return [
      headOf(node) === "" ? node.kind : headOf(node),
      node.value,
      node.about,
      slope === null ? "" : `${slope.isSize ? "slopes of size" : "slope"} ${slope.text}`,
    ]
      .filter((each) => each !== "")
      .join(", ");
  }

  function read(): void {
    const id = pointed ?? "";
    const place = Number(id.slice(1));
    const isBox = id.startsWith("g") || id.startsWith("f");
    const text = sayPart(id, slopesNow());
    const kind = id.startsWith("n") ? (view.nodes[place]?.kind ?? "op") : "";
    const words = kind === "" || kind === "op" || kind === "data" ? text : `${kind} ${text}`;
    const frame = id.startsWith("n") ? (view.lines[view.nodes[place]?.line ?? -1] ?? null) : null;
    const links = [
      ...(isBox ? [foldButton(id)] : []),
      ...(frame !== null && isMapped(frame) ? [lineButton(frame)] : []),
    ];
    // What was read stays until something else is pointed at: the way to its button leads off it.
    if (id !== "") shell.read(words, ...links);
  }

  function foldButton(id: string): HTMLElement {
    const isOpen = id.startsWith("f");
    const button = el(
      "button",
      { type: "button", class: "diagram-link" },
      isOpen ? "Fold" : "Open",
    );
    button.addEventListener("click", () => choose(id));
    return button;
  }

  function lineButton(frame: Frame): HTMLElement {
    const cell = page.nameOf(frame.cell);
    const where = cell === null ? "a deleted cell" : `cell ${cell}`;
    const button = el(
      "button",
      { type: "button", class: "diagram-link" },
      `${where}, line ${frame.line}`,
    );
    button.addEventListener("click", () => page.goTo(frame.cell, frame.line, frame.column));
    return button;
  }

  function choose(id: string): void {
    const group = Number(id.slice(1));
    if (id.startsWith("n")) return;
    const next = new Set(folded);
    if (id.startsWith("f")) next.add(group);
    else next.delete(group);
    const count = fold(view, next).parts.length;
    if (count > MOST_PARTS) {
      shell.read(`Open, this would be ${count} nodes at once, more than can be read.`);
      return;
    }
    folded = next;
    draw();
    const standIn = id.startsWith("f") ? `g${group}` : `f${group}`;
    if (elements.has(standIn)) stage.focus(standIn);
  }

  function go(to: number): void {
    at = Math.min(view.steps.length, Math.max(0, to));
    mark();
  }

  function showTable(): void {
    shell.table(() => {
      const slopes = slopesNow();
      const from = view.nodes.map((): number[] => []);
      for (const edge of view.edges) from[edge.to]?.push(edge.from);
      const head = [
        "name",
        "made by",
        "value",
        "values",
        ...(hasSlopes() ? ["slope"] : []),
        "from",
      ];
      const called = (place: number) => {
        const node = view.nodes[place];
        return node === undefined ? "" : node.name || node.op || node.value;
      };
      const rows = view.nodes.map((node, i) => [
        node.name,
        node.op === "" ? node.kind : node.op,
        node.value,
        node.about,
        ...(hasSlopes() ? [slopes[i]?.text ?? "–"] : []),
        (from[i] ?? []).map(called).join(", "),
      ]);
      return { head, rows };
    });
  }

  draw();
  showTable();
  return {
    show(next, nextContext: OutputContext) {
      page = nextContext;
      if (next === view) return;
      const isSame = sameGraph(next, view);
      const wasAtEnd = at === view.steps.length;
      view = next;
      if (!isSame) folded = foldedAtFirst(view);
      at = wasAtEnd ? view.steps.length : Math.min(at, view.steps.length);
      heard.clear();
      for (const step of view.steps) for (const { node } of step.slopes) heard.add(node);
      draw();
      showTable();
    },
    dispose: () => stage.dispose(),
  };
};

/** The same computation with other numbers: what the reader has folded and stepped to stays. */
function sameGraph(a: GraphView, b: GraphView): boolean {
  return (
    a.nodes.length === b.nodes.length &&
    a.groups.length === b.groups.length &&
    a.edges.length === b.edges.length &&
    a.nodes.every(({ op, kind }, i) => op === b.nodes[i]?.op && kind === b.nodes[i]?.kind)
  );
}

/** A line of a cell; those of a program, which no host has mapped, lead nowhere. */
function isMapped(frame: object): frame is Frame {
  return !("run" in frame);
}

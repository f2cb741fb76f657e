/** A computation graph: nodes from inputs to the result, modules that fold, and the walk back step by step. */
import type { GraphView, Slope } from "../../../kernel/plot/diagram.ts";
import type { Frame } from "../../../kernel/protocol.ts";
import { el } from "../dom.ts";
import type { OutputContext } from "../renderer.ts";
import type { Draw } from "./drawing.ts";
import { fold, type Folded, foldedAtFirst, MOST_PARTS, type VisibleEdge } from "./folding.ts";
import { drawPart, groupHead, headOf, setSlope, sizeOfTexts, unheard } from "./graph-parts.ts";
import { hasSlopes, labelOf, slopeRooms, textsOf } from "./graph-texts.ts";
import { type Box, type GraphLayout, type LayoutPlan, planOf, type Route } from "./layout-plan.ts";
import { createGraphLayouts } from "./layouts.ts";
import type { Shell } from "./shell.ts";
import { createStage, type Part } from "./stage.ts";
import { createSteps } from "./steps.ts";
import { pathOf, svg, widest } from "./svg.ts";

/** In a column narrower than this, in px, a graph runs downwards. */
const NARROW = 520;
const KEYS =
  "Arrow keys go from node to node, Enter opens or folds a module. " +
  "Comma and full stop step back and forward through backpropagation.";

/** For what a layout does not tell. */
const empty: Box = { x: 0, y: 0, width: 0, height: 0 };
const nowhere: Route = { points: [], label: null };

export const drawGraph: Draw<GraphView> = (shell: Shell, first, context) => {
  /** The newest view, and which of its modules are to be folded. */
  let newest = first;
  let folded = foldedAtFirst(first);
  /** What is drawn of it: a layout takes its time. */
  let view = first;
  let drawn: Folded = fold(first, folded);
  let page = context;
  let at = view.steps.length;
  /** Null until the column's width is known. */
  let isTall: boolean | null = null;
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
        arrange();
      },
    },
    shell.hintId,
  );
  const layouts = createGraphLayouts((reason) => {
    stage.element.removeAttribute("aria-busy");
    shell.read(`This graph could not be laid out: ${reason}`);
  });
  const steps = createSteps(go);
  shell.place.append(stage.element);
  shell.zoom(stage);
  shell.hint(KEYS);

  /** What each node has heard by now. */
  function slopesNow(): readonly (Slope | null)[] {
    const slopes: (Slope | null)[] = view.nodes.map(({ slope }) => slope);
    for (const step of view.steps.slice(0, at))
      for (const slope of step.slopes) slopes[slope.node] = slope;
    return slopes;
  }

  /** Lays the newest view out and draws it; then `focus` has the focus, where the reader has not left. */
  function arrange(focus: string | null = null): void {
    if (isTall === null) return;
    const next = { view: newest, drawn: fold(newest, folded) };
    layouts.ask(planned(next.view, next.drawn, isTall), (layout) => {
      const wasAtEnd = at === view.steps.length;
      ({ view, drawn } = next);
      at = wasAtEnd ? view.steps.length : Math.min(at, view.steps.length);
      stage.element.removeAttribute("aria-busy");
      const isHere = shell.wrap.contains(document.activeElement);
      draw(layout);
      showTable();
      if (focus !== null && isHere && elements.has(focus)) stage.focus(focus);
    });
    if (layouts.isBusy()) stage.element.setAttribute("aria-busy", "true");
  }

  function planned(of: GraphView, parts: Folded, isNarrow: boolean): LayoutPlan {
    const withSlope = slopeRooms(of);
    return planOf(parts, of.nodes, of.groups, {
      sizeOf: (part) => sizeOfTexts(textsOf(part, of, parts, []), withSlope(part)),
      labelWidth(edge) {
        const label = labelOf(edge, of);
        return label === "" ? 0 : widest([label]) + 6;
      },
      isTall: isNarrow,
    });
  }

  function draw(layout: GraphLayout): void {
    const slopes = slopesNow();
    const withSlope = slopeRooms(view);
    elements = new Map();
    lines.clear();
    const frames = framesOf(layout);
    const paths = drawn.edges.map((edge, i) => {
      const { points, label } = layout.routes[i] ?? nowhere;
      const line = svg("path", { class: "diagram-edge", d: pathOf(points) });
      lines.set(edge, line);
      const text = labelOf(edge, view);
      return {
        line,
        text:
          text === "" || label === null
            ? null
            : svg("text", { class: "diagram-local", x: label.x, y: label.y + 4 }, text),
      };
    });
    const parts = drawn.parts.map((part, i): Part => {
      const box = layout.parts[i] ?? empty;
      const place = Number(part.slice(1));
      const kind = part.startsWith("g") ? "module" : (view.nodes[place]?.kind ?? "op");
      const element = drawPart(
        part,
        kind,
        textsOf(part, view, drawn, slopes),
        withSlope(part),
        box,
      );
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
    const middle = parts.find(({ id }) => id === result)?.x ?? 0;
    stage.show({ width: layout.width, height: layout.height, middle }, [
      ...frames.map(({ part }) => part),
      ...parts,
    ]);
    mark();
  }

  function framesOf(layout: GraphLayout): readonly { element: SVGElement; part: Part }[] {
    return drawn.open.map((group, i) => {
      const { x, y, width, height } = layout.frames[i] ?? empty;
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
    const count = fold(newest, next).parts.length;
    if (count > MOST_PARTS) {
      shell.read(`Open, this would be ${count} nodes at once, more than can be read.`);
      return;
    }
    folded = next;
    arrange(id.startsWith("f") ? `g${group}` : `f${group}`);
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
        ...(hasSlopes(view) ? ["slope"] : []),
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
        ...(hasSlopes(view) ? [slopes[i]?.text ?? "–"] : []),
        (from[i] ?? []).map(called).join(", "),
      ]);
      return { head, rows };
    });
  }

  showTable();
  return {
    show(next, nextContext: OutputContext) {
      page = nextContext;
      if (next === newest) return;
      if (!sameGraph(next, newest)) folded = foldedAtFirst(next);
      newest = next;
      arrange();
    },
    dispose() {
      stage.dispose();
      layouts.dispose();
    },
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

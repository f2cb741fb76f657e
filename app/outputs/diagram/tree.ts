/** A decision tree from left to right or downwards, tidily: parents in the middle of their children. */
import type { TreeItem, TreeView } from "../../../kernel/plot/diagram.ts";
import type { Draw } from "./drawing.ts";
import { createStage, type Part } from "./stage.ts";
import { shortened, svg, widest } from "./svg.ts";
import { branchOf, tidied } from "./tidy-tree.ts";

/** In px. */
const LINE = 16;
const SIDE = 10;
const BAR = { width: 60, height: 5 };
/** A tree of more leaves than these is folded below the third level at first. */
const MOST_LEAVES = 24;
const FIRST_LEVELS = 3;
const KEYS = "Arrow keys go from question to answer, Enter folds and opens what is below.";

export const drawTree: Draw<TreeView> = (shell, first) => {
  let view = first;
  let folded = foldedAtFirst(view);
  let pointed: string | null = null;

  const stage = createStage(
    {
      next(id, way) {
        const place = Number(id);
        if (way === "up") return String(Math.max(0, view.items[place]?.parent ?? 0));
        if (way !== "down") return null;
        const child = view.items.findIndex(({ parent }) => parent === place);
        return child < 0 || folded.has(place) ? id : String(child);
      },
      choose(id) {
        const place = Number(id);
        if (view.items[place]?.isLeaf !== false) return;
        if (!folded.delete(place)) folded.add(place);
        draw();
        stage.focus(id);
      },
      point(id) {
        pointed = id;
        if (id !== null) shell.read(pathTo(view.items, Number(id)).join(" "));
      },
      key: () => false,
      resized: () => {},
    },
    shell.hintId,
  );
  shell.place.append(stage.element);
  shell.zoom(stage);
  shell.hint(KEYS);

  function draw(): void {
    const root = tidied(branchOf(view.items, 0, folded), (item) => sizeOf(item).width);
    const all = root.descendants();
    const left = Math.min(...all.map(({ x, data }) => x - sizeOf(data.item).width / 2));
    const right = Math.max(...all.map(({ x, data }) => x + sizeOf(data.item).width / 2));
    const bottom = Math.max(...all.map(({ y, data }) => y + sizeOf(data.item).height));
    const at = ({ x, y }: { x: number; y: number }) => ({ x: x - left, y });
    const links = root.links().flatMap(({ source, target }) => {
      const [from, to] = [at(source), at(target)];
      const { height } = sizeOf(source.data.item);
      const middle = (from.y + height + to.y) / 2;
      const line = svg("path", {
        class: "diagram-edge",
        d: `M${from.x} ${from.y + height}C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`,
      });
      const { answer = "" } = view.items[target.data.item] ?? {};
      const label = { x: (from.x + 3 * to.x) / 4, y: middle + 10 };
      return [line, svg("text", { class: "diagram-local", ...label }, answer)];
    });
    const parts = all.map(({ x, y, data }): Part => {
      const place = at({ x, y });
      const { height } = sizeOf(data.item);
      const element = drawItem(data.item, place.x, place.y);
      return { id: String(data.item), element, x: place.x, y: place.y + height / 2 };
    });
    stage.content.replaceChildren(...links, ...parts.map(({ element }) => element));
    // The root has the focus first.
    stage.show({ width: right - left, height: bottom, middle: -left }, parts.toReversed());
    if (pointed !== null) shell.read(pathTo(view.items, Number(pointed)).join(" "));
  }

  function textsOf(place: number): readonly string[] {
    const item = view.items[place];
    if (item === undefined) return [];
    const below = folded.has(place) ? [`${descendants(view.items, place)} below`] : [];
    const { counts } = item;
    const counted = counts.length === 0 ? [] : [countsText(counts)];
    return [shortened(item.text, 28), ...counted, ...below];
  }

  function sizeOf(place: number): { readonly width: number; readonly height: number } {
    const texts = textsOf(place);
    const hasBar = (view.items[place]?.counts.length ?? 0) > 0;
    const width = Math.max(BAR.width, widest(texts, 600)) + 2 * SIDE;
    return { width, height: texts.length * LINE + 12 + (hasBar ? BAR.height + 4 : 0) };
  }

  /** The share of each class, in the classes' order and colours; the numbers stand beside. */
  function bar(counts: readonly number[], x: number, y: number): readonly SVGElement[] {
    const sum = counts.reduce((all, count) => all + count, 0);
    let from = x - BAR.width / 2;
    return counts.flatMap((count, i) => {
      if (count === 0 || sum === 0) return [];
      const width = (BAR.width * count) / sum;
      const rect = svg("rect", {
        class: `diagram-class diagram-class-${(i % 7) + 1}`,
        x: from,
        y,
        width,
        height: BAR.height,
      });
      from += width;
      return [rect];
    });
  }

  function drawItem(place: number, x: number, y: number): SVGElement {
    const { width, height } = sizeOf(place);
    const item = view.items[place];
    const isLeaf = item?.isLeaf !== false;
    const counts = item?.counts ?? [];
    const texts = textsOf(place);
    const group = svg(
      "g",
      {
        class: `diagram-part ${isLeaf ? "diagram-leaf" : "diagram-question"}`,
        role: isLeaf ? "img" : "button",
        "data-part": String(place),
        "aria-label": [...pathTo(view.items, place).slice(-1), ...countsSaid(counts)].join(", "),
      },
      svg("rect", { x: x - width / 2, y, width, height, rx: isLeaf ? 12 : 2 }),
      ...texts.map((text, i) =>
        svg(
          "text",
          {
            class: i === 0 ? "diagram-value" : "diagram-note",
            x,
            y: y + 17 + i * LINE,
            "aria-hidden": "true",
          },
          text,
        ),
      ),
      ...bar(counts, x, y + height - BAR.height - 6),
    );
    if (!isLeaf) group.setAttribute("aria-expanded", String(!folded.has(place)));
    return group;
  }

  function countsSaid(counts: readonly number[]): readonly string[] {
    return counts.flatMap((count, i) => (count > 0 ? [`${view.classes[i] ?? ""} ${count}`] : []));
  }

  function countsText(counts: readonly number[]): string {
    return shortened(countsSaid(counts).join(", ") || "none", 40);
  }

  function showTable(): void {
    shell.table(() => ({
      head: ["way", "question or answer", ...view.classes],
      rows: view.items.map(({ text, counts }, i) => [
        pathTo(view.items, i).slice(0, -1).join(" "),
        text,
        ...view.classes.map((_, k) => (counts.length === 0 ? "" : String(counts[k] ?? 0))),
      ]),
    }));
  }

  draw();
  showTable();
  return {
    show(next) {
      if (next === view) return;
      const isSame =
        next.items.length === view.items.length &&
        next.items.every(({ parent }, i) => parent === view.items[i]?.parent);
      view = next;
      if (!isSame) folded = foldedAtFirst(view);
      draw();
      showTable();
    },
    dispose: () => stage.dispose(),
  };
};

function foldedAtFirst({ items }: TreeView): Set<number> {
  if (items.filter(({ isLeaf }) => isLeaf).length <= MOST_LEAVES) return new Set();
  const depths: number[] = [];
  for (const { parent } of items) depths.push(parent < 0 ? 0 : (depths[parent] ?? 0) + 1);
  return new Set(
    items.flatMap(({ isLeaf }, i) => (!isLeaf && depths[i] === FIRST_LEVELS ? [i] : [])),
  );
}

function descendants(items: readonly TreeItem[], place: number): number {
  return items.reduce(
    (count, { parent }, i) => count + (parent === place ? 1 + descendants(items, i) : 0),
    0,
  );
}

/** "petal < 2.5? yes:" and so on down to the item itself. */
function pathTo(items: readonly TreeItem[], place: number): readonly string[] {
  const item = items[place];
  if (item === undefined) return [];
  if (item.parent < 0) return [item.text];
  const before = pathTo(items, item.parent);
  return [...before.slice(0, -1), `${before.at(-1) ?? ""} ${item.answer}:`, item.text];
}

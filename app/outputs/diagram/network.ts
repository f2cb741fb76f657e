/** A network: columns of units and the weights between them, which follow training in place. */
import type { NetworkColumn, NetworkView } from "../../../kernel/plot/diagram.ts";
import { formatNumber } from "../../../kernel/plot/numbers.ts";
import type { Draw } from "./drawing.ts";
import { createStage, type Part, type Way } from "./stage.ts";
import { shortened, svg, widest } from "./svg.ts";

/** In px: between columns, between units, a unit's radius, the widest line. */
const COLUMN = { min: 96, max: 190 };
const ROW = 30;
const RADIUS = 9;
const WIDEST = 5;
/** Of the strongest weight: thinner ones are a hairline. */
const HAIRLINE = 0.4;
/** Names over a column. */
const HEAD = 40;

const KEYS =
  "Arrow keys go from unit to unit. Enter goes to a unit's weights: up and down read them one by one, " +
  "right and Escape go back, left goes to where the weight comes from.";

/** "u1.3": the fourth unit of column 1; "w0.3.2": the weight of layer 0 to unit 3 from unit 2. */
type UnitId = `u${number}.${number}`;
type WeightId = `w${number}.${number}.${number}`;

interface Unit {
  readonly column: number;
  readonly row: number;
}

export const drawNetwork: Draw<NetworkView> = (shell, first) => {
  let view = first;
  let pointed: string | null = null;
  let signature = "";
  const circles = new Map<UnitId, SVGElement>();
  const lines = new Map<WeightId, SVGElement>();

  const stage = createStage(
    {
      next,
      choose(id) {
        const unit = unitOf(id);
        const layer = view.layers.findIndex(({ to }) => to === unit?.column);
        if (unit !== null && layer >= 0) stage.focus(`w${layer}.${unit.row}.0`);
      },
      point(id) {
        pointed = id;
        mark();
      },
      key(id, key) {
        const weight = weightOf(id);
        if (key !== "Escape" || weight === null) return false;
        stage.focus(`u${view.layers[weight.layer]?.to ?? 0}.${weight.to}`);
        return true;
      },
      resized: () => draw(),
    },
    shell.hintId,
  );
  shell.place.append(stage.element);
  shell.zoom(stage);
  shell.hint(KEYS);

  function next(id: string, way: Way): string | null {
    const weight = weightOf(id);
    if (weight !== null) {
      const { from = 0, to = 0 } = view.layers[weight.layer] ?? {};
      if (way === "left") return `u${from}.${weight.from}`;
      if (way === "right") return `u${to}.${weight.to}`;
      const count = view.columns[from]?.units.length ?? 0;
      const row = weight.from + (way === "down" ? 1 : -1);
      return row < 0 || row >= count ? id : `w${weight.layer}.${weight.to}.${row}`;
    }
    const unit = unitOf(id);
    if (unit === null) return null;
    const column = unit.column + { left: -1, right: 1, up: 0, down: 0 }[way];
    const row = unit.row + { left: 0, right: 0, up: -1, down: 1 }[way];
    const count = view.columns[column]?.units.length ?? 0;
    if (count === 0 || row < 0) return id;
    return `u${column}.${Math.min(row, count - 1)}`;
  }

  /** Units and lines, made anew only where there are others than before. */
  function draw(): void {
    const { columns, layers } = view;
    const room = stage.width();
    const labelled = [columns[0], columns.at(-1)].map((column) => labelRoom(column));
    const [before = 0, after = 0] = labelled;
    const free = (room - 32 - before - after) / Math.max(1, columns.length - 1);
    const step = Math.min(COLUMN.max, Math.max(COLUMN.min, free));
    const now = JSON.stringify([
      step,
      columns.map(({ name, after, size, units, labels }) => [name, after, size, units, labels]),
    ]);
    if (now === signature) {
      paint();
      return;
    }
    signature = now;
    circles.clear();
    lines.clear();
    const tallest = Math.max(...columns.map(heightOf));
    const xOf = (column: number) => before + RADIUS + 24 + column * step;
    const yOf = (column: number, row: number) => {
      const own = columns[column];
      if (own === undefined) return 0;
      return HEAD + (tallest - heightOf(own)) / 2 + rowTop(own, row) + RADIUS;
    };
    const parts: Part[] = [];
    const edges = layers.flatMap(({ from, to }, layer) =>
      (columns[to]?.units ?? []).flatMap((_, row) =>
        (columns[from]?.units ?? []).map((__, source) => {
          const [x1, y1, x2, y2] = [xOf(from), yOf(from, source), xOf(to), yOf(to, row)];
          const id: WeightId = `w${layer}.${row}.${source}`;
          const line = svg("line", {
            class: "diagram-weight",
            "data-part": id,
            role: "img",
            x1,
            y1,
            x2,
            y2,
          });
          lines.set(id, line);
          parts.push({ id, element: line, x: (x1 + x2) / 2, y: (y1 + y2) / 2 });
          return line;
        }),
      ),
    );
    const units = columns.flatMap((column, i) =>
      column.units.map((_, row) => {
        const id: UnitId = `u${i}.${row}`;
        const [x, y] = [xOf(i), yOf(i, row)];
        const label = column.labels[row] ?? "";
        const isFirst = i === 0;
        const circle = svg(
          "g",
          { class: "diagram-unit", "data-part": id, role: "img" },
          svg("circle", { class: "diagram-ground", cx: x, cy: y, r: RADIUS }),
          svg("circle", { class: "diagram-fill", cx: x, cy: y, r: RADIUS }),
          label === ""
            ? null
            : svg(
                "text",
                {
                  class: "diagram-unit-name",
                  x: x + (isFirst ? -1 : 1) * (RADIUS + 6),
                  y: y + 4,
                  "text-anchor": isFirst ? "end" : "start",
                },
                shortened(label, 14),
              ),
        );
        circles.set(id, circle);
        // The first input is the last part: there the focus begins.
        parts.splice(edges.length, 0, { id, element: circle, x, y });
        return circle;
      }),
    );
    const heads = columns.flatMap((column, i) => headOf(column, xOf(i), tallest));
    stage.content.replaceChildren(...edges, ...units, ...heads);
    paint();
    const width = xOf(columns.length - 1) + RADIUS + 24 + after;
    stage.show({ width, height: HEAD + tallest + 18, middle: 0 }, parts);
  }

  /** Numbers into the drawing: width is size, colour and dash are sign. */
  function paint(): void {
    const strongest = Math.max(
      1e-12,
      ...view.layers.flatMap(({ weights }) => weights.map(Math.abs)),
    );
    view.layers.forEach(({ from, weights }, layer) => {
      const width = view.columns[from]?.units.length ?? 1;
      weights.forEach((weight, i) => {
        const line = lines.get(`w${layer}.${Math.floor(i / width)}.${i % width}`);
        line?.setAttribute("data-sign", String(Math.sign(weight)));
        line?.setAttribute(
          "stroke-width",
          String(Math.max(HAIRLINE, (WIDEST * Math.abs(weight)) / strongest)),
        );
        line?.setAttribute("aria-label", sayWeight(layer, Math.floor(i / width), i % width));
      });
    });
    view.columns.forEach(({ units, values }, column) => {
      const largest = Math.max(1e-12, ...(values ?? []).map(Math.abs));
      units.forEach((_, row) => {
        const unit = circles.get(`u${column}.${row}`);
        const value = values?.[row] ?? null;
        unit?.setAttribute("data-sign", value === null ? "none" : String(Math.sign(value)));
        const fill = unit?.querySelector(".diagram-fill");
        fill?.setAttribute(
          "fill-opacity",
          value === null ? "0" : String(Math.abs(value) / largest),
        );
        unit?.setAttribute("aria-label", sayUnit({ column, row }));
      });
    });
    mark();
  }

  function nameOf({ column, row }: Unit): string {
    const own = view.columns[column];
    if (own === undefined) return "";
    return (own.labels[row] ?? "") || `unit ${own.units[row] ?? row} of ${own.name}`;
  }

  function sayUnit(unit: Unit): string {
    const own = view.columns[unit.column];
    const [bias, value] = [own?.biases?.[unit.row] ?? null, own?.values?.[unit.row] ?? null];
    return [
      nameOf(unit),
      value === null ? "" : `gives ${formatNumber(value)}`,
      bias === null ? "" : `bias ${formatNumber(bias)}`,
    ]
      .filter((each) => each !== "")
      .join(", ");
  }

  function sayWeight(layer: number, row: number, source: number): string {
    const own = view.layers[layer];
    if (own === undefined) return "";
    const width = view.columns[own.from]?.units.length ?? 1;
    const [from, to] = [nameOf({ column: own.from, row: source }), nameOf({ column: own.to, row })];
    return `${from} to ${to}: weight ${formatNumber(own.weights[row * width + source] ?? 0)}`;
  }

  /** The lines of the unit or the weight at hand stand out, and their numbers are read. */
  function mark(): void {
    const unit = unitOf(pointed ?? "");
    const weight = weightOf(pointed ?? "");
    stage.picture.classList.toggle("diagram-picking", pointed !== null);
    for (const [id, line] of lines) {
      const at = weightOf(id);
      const own = view.layers[at?.layer ?? -1];
      const isOfUnit =
        unit !== null &&
        ((own?.to === unit.column && at?.to === unit.row) ||
          (own?.from === unit.column && at?.from === unit.row));
      line.classList.toggle("diagram-active", isOfUnit || id === pointed);
    }
    if (weight !== null) shell.read(sayWeight(weight.layer, weight.to, weight.from));
    else if (unit !== null) shell.read(`${sayUnit(unit)}${weightsInto(unit)}.`);
  }

  /** ", weights 0.2 from x, −1 from y": the strongest that come in. */
  function weightsInto({ column, row }: Unit): string {
    const layer = view.layers.findIndex(({ to }) => to === column);
    const own = view.layers[layer];
    if (own === undefined) return "";
    const width = view.columns[own.from]?.units.length ?? 1;
    const into = own.weights
      .slice(row * width, (row + 1) * width)
      .map((weight, source) => ({ weight, source }))
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, 3)
      .map(
        ({ weight, source }) =>
          `${formatNumber(weight)} from ${nameOf({ column: own.from, row: source })}`,
      );
    return into.length === 0 ? "" : `, strongest weights ${into.join(", ")}`;
  }

  function showTable(): void {
    shell.table(() => {
      const head = ["from", "to", "weight"];
      const weights = view.layers.flatMap(({ from, to, weights: all }) => {
        const width = view.columns[from]?.units.length ?? 1;
        return all.map((weight, i) => [
          nameOf({ column: from, row: i % width }),
          nameOf({ column: to, row: Math.floor(i / width) }),
          formatNumber(weight),
        ]);
      });
      const biases = view.columns.flatMap(({ units, biases: all }, column) =>
        all === null
          ? []
          : units.map((_, row) => ["bias", nameOf({ column, row }), formatNumber(all[row] ?? 0)]),
      );
      return { head, rows: [...biases, ...weights] };
    });
  }

  draw();
  showTable();
  return {
    show(nextView) {
      if (nextView === view) return;
      view = nextView;
      draw();
      showTable();
    },
    dispose: () => stage.dispose(),
  };
};

function unitOf(id: string): Unit | null {
  const [, column, row] = /^u(\d+)\.(\d+)$/.exec(id) ?? [];
  return column === undefined || row === undefined
    ? null
    : { column: Number(column), row: Number(row) };
}

function weightOf(
  id: string,
): { readonly layer: number; readonly to: number; readonly from: number } | null {
  const [, layer, to, from] = /^w(\d+)\.(\d+)\.(\d+)$/.exec(id) ?? [];
  return from === undefined ? null : { layer: Number(layer), to: Number(to), from: Number(from) };
}

function labelRoom(column: NetworkColumn | undefined): number {
  const labels = column?.labels ?? [];
  return labels.length === 0 ? 0 : widest(labels.map((label) => shortened(label, 14))) + 8;
}

/** The first row after the gap that stands for units which are not drawn; -1: no gap. */
function gapBefore({ units }: NetworkColumn): number {
  return units.findIndex((unit, row) => row > 0 && unit !== (units[row - 1] ?? 0) + 1);
}

function rowTop(column: NetworkColumn, row: number): number {
  const gap = gapBefore(column);
  return (row + (gap >= 0 && row >= gap ? 1 : 0)) * ROW;
}

function heightOf(column: NetworkColumn): number {
  return rowTop(column, column.units.length - 1) + 2 * RADIUS;
}

/** The column's name and size over it, what it passes through, and how many units the gap hides. */
function headOf(column: NetworkColumn, x: number, tallest: number): SVGElement[] {
  const { name, after, size, units } = column;
  const gap = gapBefore(column);
  const middle = gap < 0 ? 0 : HEAD + (tallest - heightOf(column)) / 2 + gap * ROW + RADIUS;
  return [
    svg("text", { class: "diagram-head", x, y: 12 }, shortened(name, 16)),
    svg(
      "text",
      { class: "diagram-note", x, y: 27 },
      after === "" ? String(size) : `${size}, ${shortened(after, 14)}`,
    ),
    ...(gap < 0
      ? []
      : [svg("text", { class: "diagram-local", x, y: middle + 4 }, `${size - units.length} more`)]),
  ];
}

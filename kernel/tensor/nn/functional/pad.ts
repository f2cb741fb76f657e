/** Borders around a tensor: a constant, or what lies inside, reflected, repeated or from the other side. */
import { isTensor } from "../../autograd/apply.ts";
import { composedBy } from "../../autograd/history.ts";
import { DTypeError, kindOf, ShapeError } from "../../errors.ts";
import { cat } from "../../creation/joining.ts";
import { checkOptions, wantNumber } from "../../options.ts";
import { checkWhole, printShape, sizeAt } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";

const modes = ["constant", "reflect", "replicate", "circular"] as const;

export type PadMode = (typeof modes)[number];

export interface PadOptions {
  /** What the border is made of; "constant" unless given. */
  readonly mode?: PadMode;
  /** The constant; 0 unless given. */
  readonly value?: number;
}

/** Entries to add before and after a dimension. */
interface Border {
  readonly before: number;
  readonly after: number;
}

/**
 * Adds entries before and after dimensions, the last one first: `[left, right]`, or
 * `[left, right, top, bottom]`; negative numbers cut off. "reflect" mirrors without repeating the
 * edge, "replicate" repeats the edge, "circular" goes on from the other side.
 * @throws ShapeError for an odd count, or a border that the mode cannot fill.
 * @example
 * F.pad(tensor([1, 2, 3]), [1, 2]) // tensor([0., 1., 2., 3., 0., 0.])
 * F.pad(tensor([1, 2, 3]), [2, -1], { mode: "circular" }) // tensor([1., 2., 1., 2.])
 */
export function pad(x: Tensor, widths: readonly number[], options: PadOptions = {}): Tensor {
  if (!isTensor(x)) throw new DTypeError(`pad: ${kindOf(x)} - wanted a tensor`);
  checkOptions("pad", options, ["mode", "value"]);
  const { mode = "constant" } = options;
  const value = wantNumber("pad", "the value", options.value ?? 0);
  if (!modes.includes(mode))
    throw new ShapeError(`pad: mode "${String(mode)}" - wanted one of ${modes.join(", ")}`);
  const borders = bordersOf(x, widths);
  const grown = borders.map(({ before, after }) => ({
    before: Math.max(before, 0),
    after: Math.max(after, 0),
  }));
  const grow = (part: Tensor): Tensor =>
    mode === "constant"
      ? surrounded(part, grown, value)
      : grown.reduce((now: Tensor, border, dim) => continued(now, dim, border, mode), part);
  // As PyTorch does: a mirror or a repeated edge shows what is cut off behind it.
  const cropsLast = mode === "reflect" || mode === "replicate";
  const padded = cropsLast ? cropped(grow(x), borders) : grow(cropped(x, borders));
  if (mode === "constant") return padded;
  return composedBy(mode === "circular" ? mode : `${mode}${widths.length / 2}`, padded);
}

/** Without as many entries as negative widths say. */
function cropped(x: Tensor, borders: readonly Border[]): Tensor {
  return x.cut(
    x.shape.map((size, dim) => {
      const { before, after } = borders[dim] ?? { before: 0, after: 0 };
      const kept = size + Math.min(before, 0) + Math.min(after, 0);
      if (kept < 0)
        throw new ShapeError(
          `pad: ${before} and ${after} at dim ${dim} of ${printShape(x.shape)} - it has only ${size} to cut off`,
        );
      return { start: Math.max(-before, 0), step: 1, size: kept };
    }),
  );
}

function bordersOf(x: Tensor, widths: readonly number[]): Border[] {
  if (!Array.isArray(widths))
    throw new ShapeError(`pad: ${kindOf(widths)} for the widths - wanted [left, right, ...]`);
  for (const width of widths) checkWhole("pad", "width", width);
  if (widths.length % 2 !== 0 || widths.length > 2 * x.ndim)
    throw new ShapeError(
      `pad: ${widths.length} widths for ${printShape(x.shape)} - wanted two for each dimension, the last first`,
    );
  return x.shape.map((_, dim) => {
    const at = 2 * (x.ndim - 1 - dim);
    return { before: widths[at] ?? 0, after: widths[at + 1] ?? 0 };
  });
}

function surrounded(x: Tensor, borders: readonly Border[], value: number): Tensor {
  const cuts = x.shape.map((size, dim) => ({ start: borders[dim]?.before ?? 0, step: 1, size }));
  const shape = x.shape.map(
    (n, dim) => n + (borders[dim]?.before ?? 0) + (borders[dim]?.after ?? 0),
  );
  return x.uncut(cuts, shape, value);
}

/** `x` between what its own entries along `dim` continue to. */
function continued(
  x: Tensor,
  dim: number,
  { before, after }: Border,
  mode: Exclude<PadMode, "constant">,
): Tensor {
  if (before === 0 && after === 0) return x;
  const size = sizeAt(x.shape, dim);
  const entries = (start: number, step: number, count: number): Tensor =>
    x.cut(
      x.shape.map((n, i) =>
        i === dim ? { start, step, size: count } : { start: 0, step: 1, size: n },
      ),
    );
  const repeated = (entry: number, count: number): Tensor =>
    entries(entry, 1, 1).expand(x.shape.map((n, i) => (i === dim ? count : n)));
  const most = { reflect: size - 1, circular: size, replicate: size === 0 ? 0 : Infinity }[mode];
  if (Math.max(before, after) > most)
    throw new ShapeError(
      `pad: ${before} and ${after} at dim ${dim} of ${printShape(x.shape)} - ` +
        `mode ${mode} can add ${Math.max(most, 0)} at most`,
    );
  switch (mode) {
    case "reflect":
      return cat([entries(before, -1, before), x, entries(size - 2, -1, after)], dim);
    case "circular":
      return cat([entries(size - before, 1, before), x, entries(0, 1, after)], dim);
    case "replicate":
      return cat([repeated(0, before), x, repeated(size - 1, after)], dim);
  }
}

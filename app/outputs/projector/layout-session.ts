/**
 * What a projector's worker does: lays rows out in slices between which it listens, follows rows that
 * change, and answers questions. One frame is under way at a time; meanwhile the layout goes on.
 */
import type { Matrix } from "../../../kernel/plot/columns.ts";
import {
  alongDirection,
  firstColumns,
  type Principal,
  principal,
} from "../../../kernel/plot/layouts/linear.ts";
import type { Layout, Progress } from "../../../kernel/plot/layouts/layout.ts";
import { reduced } from "../../../kernel/plot/layouts/reduce.ts";
import { tsne } from "../../../kernel/plot/layouts/tsne.ts";
import { umap } from "../../../kernel/plot/layouts/umap.ts";
import { nearestRows } from "./distances.ts";
import type { FromWorker, LayoutFrame, Look, ToWorker } from "./layout-messages.ts";

/** A slice of work, in ms: what a message waits at most. */
const SLICE = 12;
const TSNE_STEPS = 1000;
const UMAP_EPOCHS = 500;

export interface SessionHost {
  post(message: FromWorker): void;
  /** Calls back after messages that wait have been heard. */
  later(work: () => void): void;
  now(): number;
}

export interface LayoutSession {
  hear(message: ToWorker): void;
}

export function createLayoutSession({ post, later, now }: SessionHost): LayoutSession {
  let all: { rows: number; columns: number; vectors: Float32Array } | null = null;
  let look: Look | null = null;
  let before: Principal | null = null;
  let layout: Layout | null = null;
  let latest: Progress | null = null;
  let isRunning = true;
  let isScheduled = false;
  let isShowing = false;
  let isUnseen = false;
  let isOld = false;

  function begin(): void {
    if (all === null || look === null) return;
    layout = null;
    latest = null;
    isOld = false;
    const matrix = partOf(all, look.rows);
    const isBroken = !matrix.data.every(Number.isFinite);
    const { points, share } = isBroken
      ? { points: firstColumns(matrix, look.dims), share: null }
      : still(matrix, look);
    const isStepped = (look.method === "tsne" || look.method === "umap") && !isBroken;
    if (isStepped && matrix.rows > 1) layout = stepped(matrix, points, look);
    // What comes first is seen at once, whoever is still drawing.
    isShowing = true;
    isUnseen = false;
    post({
      kind: "frame",
      look: look.id,
      done: 0,
      total: 1,
      share,
      isBroken,
      isOld: false,
      stage: layout === null ? "still" : "neighbours",
      points: Float32Array.from(points.data),
    });
    schedule();
  }

  function still(matrix: Matrix, { method, dims, direction }: Look) {
    if (method === "axes") return { points: firstColumns(matrix, dims), share: null };
    const [from = -1, to = -1] = (direction ?? []).map((row) => rowOf(row));
    if (method === "direction" && from >= 0 && to >= 0) {
      return { points: alongDirection(matrix, [from, to], dims), share: null };
    }
    before = principal(matrix, dims, before);
    return { points: before.points, share: shareOf(matrix, before.points) };
  }

  function rowOf(row: number): number {
    const rows = look?.rows ?? null;
    return rows === null ? row : rows.indexOf(row);
  }

  function schedule(): void {
    if (isScheduled || layout === null || !isRunning) return;
    isScheduled = true;
    later(() => {
      isScheduled = false;
      work();
    });
  }

  function work(): void {
    if (layout === null || !isRunning) return;
    const end = now() + SLICE;
    do {
      const step = layout.next();
      if (step.done === true) {
        layout = null;
        show(true);
        return;
      }
      latest = step.value;
      isUnseen = true;
    } while (now() < end);
    show(false);
    schedule();
  }

  /** Sends the newest points unless the last are still being drawn. */
  function show(isLast: boolean): void {
    if (latest === null || look === null || !isUnseen || (isShowing && !isLast)) return;
    isShowing = true;
    isUnseen = false;
    const { stage, done, total, points } = latest;
    const frame: LayoutFrame = {
      kind: "frame",
      look: look.id,
      stage,
      done,
      total,
      share: null,
      isBroken: false,
      isOld,
      points: points === null ? null : Float32Array.from(points),
    };
    post(frame);
  }

  return {
    hear(message) {
      switch (message.kind) {
        case "rows": {
          const { rows, columns, vectors } = message;
          const isSame = all?.rows === rows && all.columns === columns;
          all = { rows, columns, vectors };
          // A layout of many steps goes on with the rows it began with.
          const isStepping = layout !== null || latest !== null;
          if (!isSame) before = null;
          if (!isSame || !isStepping) begin();
          else if (!isOld) {
            isOld = true;
            isUnseen = latest !== null;
            show(false);
          }
          return;
        }
        case "look": {
          ({ look } = message);
          // The same rows under the same look lie at the same places, to the last bit.
          before = null;
          isRunning = true;
          begin();
          return;
        }
        case "run":
          ({ isRunning } = message);
          schedule();
          return;
        case "drawn":
          isShowing = false;
          show(false);
          return;
        case "nearest": {
          if (all === null) return;
          const { row, count, metric, request } = message;
          const among = message.among ?? new Int32Array(all.rows).map((_, i) => i);
          const found = nearestRows(all.vectors, all.columns, row, among, count, metric);
          post({ kind: "nearest", request, ...found });
          return;
        }
        default:
          message satisfies never;
      }
    },
  };
}

function stepped(matrix: Matrix, start: Matrix, look: Look): Layout {
  const short = reduced(matrix);
  if (look.method === "tsne") {
    return tsne(short, start, { perplexity: look.perplexity, steps: TSNE_STEPS });
  }
  const { neighbours, minDist, seed } = look;
  return umap(short, start, { neighbours, minDist, epochs: UMAP_EPOCHS, seed });
}

function partOf(
  { rows, columns, vectors }: { rows: number; columns: number; vectors: Float32Array },
  chosen: Int32Array | null,
): Matrix {
  if (chosen === null) return { rows, columns, data: Float64Array.from(vectors) };
  const data = new Float64Array(chosen.length * columns);
  chosen.forEach((row, i) =>
    data.set(vectors.subarray(row * columns, (row + 1) * columns), i * columns),
  );
  return { rows: chosen.length, columns, data };
}

/** The part of the rows' variance that their points have. */
function shareOf(matrix: Matrix, points: Matrix): number | null {
  const whole = varianceOf(matrix);
  return whole > 0 ? Math.min(1, varianceOf(points) / whole) : null;
}

function varianceOf({ columns, data, rows }: Matrix): number {
  const means = new Float64Array(columns);
  for (let i = 0; i < data.length; i++) means[i % columns]! += data[i]! / rows; // i is in range
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += (data[i]! - means[i % columns]!) ** 2; // in range
  return sum;
}

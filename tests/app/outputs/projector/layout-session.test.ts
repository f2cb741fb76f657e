import { describe, expect, test } from "vitest";
import type {
  FromWorker,
  LayoutFrame,
  Look,
} from "../../../../app/outputs/projector/layout-messages.ts";
import { createLayoutSession } from "../../../../app/outputs/projector/layout-session.ts";
import { groupsOf } from "../../../kernel/plot/layouts/samples.ts";

const look: Look = {
  id: 1,
  method: "pca",
  dims: 2,
  rows: null,
  perplexity: 10,
  neighbours: 10,
  minDist: 0.1,
  direction: null,
  seed: 5,
};

/** A session whose turns and clock a test moves by hand: each look at the clock takes 5 ms. */
function open(rows = 60, columns = 6) {
  const heard: FromWorker[] = [];
  let work: (() => void) | null = null;
  let time = 0;
  const session = createLayoutSession({
    post: (message) => heard.push(message),
    later: (next) => void (work = next),
    now: () => (time += 5),
  });
  const vectors = Float32Array.from(groupsOf(rows, columns, 3).data);
  return {
    heard,
    session,
    vectors,
    frames: () => heard.filter((message): message is LayoutFrame => message.kind === "frame"),
    sendRows: (values = vectors) => session.hear({ kind: "rows", rows, columns, vectors: values }),
    /** One slice; false when there is nothing to do. */
    turn() {
      const next = work;
      work = null;
      next?.();
      return next !== null;
    },
    isIdle: () => work === null,
  };
}

describe("a layout session", () => {
  test("shows principal components at once, and the share of the variance they hold", () => {
    const { sendRows, session, frames, isIdle } = open();
    sendRows();
    session.hear({ kind: "look", look });
    expect(frames()).toHaveLength(1);
    expect(frames()[0]).toMatchObject({ look: 1, stage: "still", isBroken: false });
    expect(frames()[0]?.points).toHaveLength(120);
    expect(frames()[0]?.share).toBeGreaterThan(0.3);
    expect(isIdle()).toBe(true);
  });

  test("begins t-SNE with them and steps on while a frame is being drawn", () => {
    const { sendRows, session, frames, turn } = open();
    sendRows();
    session.hear({ kind: "look", look: { ...look, method: "tsne" } });
    expect(frames()[0]).toMatchObject({ stage: "neighbours", done: 0 });
    for (let i = 0; i < 5; i++) turn();
    expect(frames()).toHaveLength(1);
    session.hear({ kind: "drawn" });
    expect(frames()).toHaveLength(2);
    expect(frames()[1]?.stage).toBe("layout");
    expect(frames()[1]?.done).toBeGreaterThan(5);
  });

  test("stands still while it is held, and ends with its last step", () => {
    const { sendRows, session, frames, turn, isIdle } = open(20);
    sendRows();
    session.hear({ kind: "look", look: { ...look, method: "umap" } });
    turn();
    session.hear({ kind: "run", isRunning: false });
    turn();
    expect(isIdle()).toBe(true);
    session.hear({ kind: "run", isRunning: true });
    while (turn());
    expect(frames().at(-1)).toMatchObject({ stage: "layout", done: 500, total: 500 });
  });

  test("follows rows that change, without a turn of the picture", () => {
    const { sendRows, session, frames, vectors } = open();
    sendRows();
    session.hear({ kind: "look", look });
    sendRows(vectors.map((value) => value * 1.01));
    const [first, second] = frames();
    second?.points?.forEach((value, i) => {
      expect(Math.abs(value - (first?.points?.[i] ?? 0))).toBeLessThan(0.2);
    });
  });

  test("goes on with the rows a layout began with, and says that there are others", () => {
    const { sendRows, session, frames, turn, vectors } = open(20);
    sendRows();
    session.hear({ kind: "look", look: { ...look, method: "umap" } });
    while (turn());
    session.hear({ kind: "drawn" });
    expect(frames().at(-1)?.isOld).toBe(false);
    sendRows(vectors.map((value) => value + 1));
    expect(frames().at(-1)).toMatchObject({ isOld: true, done: 500 });
    session.hear({ kind: "look", look: { ...look, id: 2, method: "umap" } });
    expect(frames().at(-1)).toMatchObject({ look: 2, isOld: false, done: 0 });
  });

  test("shows the first columns of rows that are not all numbers, and says so", () => {
    const { sendRows, session, frames, vectors, isIdle } = open();
    const broken = vectors.slice();
    broken[7] = Number.NaN;
    sendRows(broken);
    session.hear({ kind: "look", look: { ...look, method: "tsne" } });
    expect(frames()).toHaveLength(1);
    expect(frames()[0]).toMatchObject({ stage: "still", isBroken: true });
    expect(frames()[0]?.points?.[0]).toBe(vectors[0]);
    expect(isIdle()).toBe(true);
  });

  test("lays some rows out alone", () => {
    const { sendRows, session, frames } = open();
    sendRows();
    const rows = Int32Array.from([3, 5, 8, 13]);
    session.hear({
      kind: "look",
      look: { ...look, rows, method: "direction", direction: [5, 13] },
    });
    const points = frames()[0]?.points;
    expect(points).toHaveLength(8);
    expect(points?.[2]).toBeCloseTo(-1, 6);
    expect(points?.[6]).toBeCloseTo(1, 6);
  });

  test("finds the nearest rows by both measures", () => {
    const heard: FromWorker[] = [];
    const session = createLayoutSession({
      post: (message) => heard.push(message),
      later: () => {},
      now: () => 0,
    });
    const vectors = Float32Array.from([1, 0, 3, 0.1, 1.1, 1, 0, 0]);
    session.hear({ kind: "rows", rows: 4, columns: 2, vectors });
    const ask = { kind: "nearest", request: 1, row: 0, count: 2, among: null } as const;
    session.hear({ ...ask, metric: "cosine" });
    session.hear({ ...ask, metric: "euclid" });
    expect(heard).toMatchObject([{ rows: [1, 2] }, { rows: [3, 2] }]);
    const [byCosine, byEuclid] = heard.filter((message) => message.kind === "nearest");
    expect(byCosine?.euclid[0]).toBeCloseTo(Math.hypot(2, 0.1), 6);
    // A row of zeros has no direction.
    expect(byEuclid?.cosine[0]).toBe(1);
    expect(byEuclid?.cosine[1]).toBeCloseTo(1 - 1.1 / Math.hypot(1.1, 1), 6);
  });
});

import { describe, expect, test } from "vitest";
import { Camera } from "../../../../app/outputs/projector/camera.ts";
import {
  LINE,
  placeLabels,
  type WantedLabel,
} from "../../../../app/outputs/projector/label-placement.ts";
import { Motion } from "../../../../app/outputs/projector/motion.ts";
import { rowAt, rowsIn, rowTowards } from "../../../../app/outputs/projector/picking.ts";
import * as steps from "../../../../app/outputs/projector/selection.ts";
import { Generator } from "../../../../kernel/tensor/index.ts";

describe("placeLabels()", () => {
  const generator = new Generator(2);
  const labels = Array.from({ length: 400 }, (_, row): WantedLabel => {
    const [x, y] = [generator.uniform() * 700, generator.uniform() * 400];
    return { row, x, y, width: 20 + generator.uniform() * 60, gap: 6, isCertain: false };
  });
  const size = { width: 700, height: 400, most: 200 };

  test("places no label over another or outside", () => {
    const placed = placeLabels(labels, size);
    expect(placed.length).toBeGreaterThan(60);
    placed.forEach((a, i) => {
      expect(a.x >= 0 && a.x + a.width <= 700 && a.y >= LINE / 2 && a.y <= 400 - LINE / 2).toBe(
        true,
      );
      for (const b of placed.slice(0, i)) {
        const isApart = a.x + a.width <= b.x || b.x + b.width <= a.x || Math.abs(a.y - b.y) >= LINE;
        expect(isApart).toBe(true);
      }
    });
  });

  test("places the first ones first, and a certain one whatever it covers", () => {
    const at = (row: number, isCertain = false): WantedLabel => ({
      row,
      x: 100,
      y: 100,
      width: 300,
      gap: 6,
      isCertain,
    });
    const crowd = Array.from({ length: 9 }, (_, row) => at(row));
    const rows = placeLabels(crowd, size).map(({ row }) => row);
    expect(rows).toEqual(rows.map((_, i) => i));
    expect(rows.length).toBeLessThan(9);
    expect(placeLabels([...crowd, at(9, true)], size).map(({ row }) => row)).toContain(9);
    expect(placeLabels(labels, { ...size, most: 5 })).toHaveLength(5);
  });
});

describe("Camera", () => {
  const view = { width: 600, height: 400 };
  const points = Float32Array.from([-10, -10, -10, 10, 10, 10, 0, 0, 0, 10, -10, 0]);
  const visible = Int32Array.of(0, 1, 2, 3);
  function seen(camera: Camera, dims: 2 | 3) {
    const screen = new Float32Array(12);
    camera.project(points, visible, view, dims, screen);
    return Array.from(visible, (row) => [...screen.subarray(row * 3, row * 3 + 3)]);
  }

  test.each([2, 3] as const)(
    "shows all points of %i dimensions after a fit, from any side",
    (dims) => {
      const camera = new Camera();
      camera.fit(points, visible, dims, 1);
      for (let i = 0; i < 12; i++) {
        for (const [x = -1, y = -1] of seen(camera, dims)) {
          expect(x > 0 && x < 600 && y > 0 && y < 400).toBe(true);
        }
        if (dims === 3) camera.turn(80, 50);
      }
    },
  );

  test("keeps the place under the pointer when it zooms, and goes back to where it began", () => {
    const camera = new Camera();
    camera.fit(points, visible, 2, 1);
    const before = seen(camera, 2);
    const [x = 0, y = 0] = before[3] ?? [];
    camera.zoomAt(3, x, y, view);
    const [zx = 0, zy = 0] = seen(camera, 2)[3] ?? [];
    expect(zx).toBeCloseTo(x, 3);
    expect(zy).toBeCloseTo(y, 3);
    expect(seen(camera, 2)[0]).not.toEqual(before[0]);
    camera.reset();
    expect(seen(camera, 2)).toEqual(before);
  });

  test("turns without changing how far points are from the middle", () => {
    const camera = new Camera();
    camera.fit(points, visible, 3, 1);
    const before = seen(camera, 3)[2];
    camera.turn(123, -45);
    expect(seen(camera, 3)[2]).toEqual(before);
  });

  test("stands still while points move a little, and follows when they leave", () => {
    const camera = new Camera();
    camera.fit(points, visible, 2, 1);
    const scale = camera.scale(view, 2);
    camera.fit(
      points.map((value) => value * 0.9),
      visible,
      2,
      1,
    );
    expect(camera.scale(view, 2)).toBe(scale);
    camera.fit(
      points.map((value) => value * 2),
      visible,
      2,
      1,
    );
    expect(camera.scale(view, 2)).toBeCloseTo(scale / 2, 6);
  });
});

describe("picking", () => {
  const screen = Float32Array.from([10, 10, 1, 50, 10, 1, 52, 10, 1.8, 10, 90, 1]);
  const visible = Int32Array.of(0, 1, 2, 3);

  test("takes the nearest point in reach, the front one in a crowd", () => {
    expect(rowAt(screen, visible, 13, 10, 12)).toBe(0);
    expect(rowAt(screen, visible, 51, 10, 12)).toBe(2);
    expect(rowAt(screen, visible, 30, 50, 12)).toBe(-1);
    expect(rowAt(screen, Int32Array.of(3), 13, 10, 12)).toBe(-1);
  });

  test("takes what lies in a box, however it was drawn", () => {
    expect([...rowsIn(screen, visible, { x0: 60, y0: 20, x1: 20, y1: 0 })]).toEqual([1, 2]);
  });

  test("goes to the next point towards a side, and nowhere from the last", () => {
    const from = { x: 10, y: 10, row: 0 };
    expect(rowTowards(screen, visible, from, [1, 0])).toBe(1);
    expect(rowTowards(screen, visible, from, [0, 1])).toBe(3);
    expect(rowTowards(screen, visible, from, [-1, 0])).toBe(-1);
  });
});

describe("Motion", () => {
  const layout = Float32Array.from([1, 2, 3, 4]);
  test("moves rows smoothly from where they are, and at once when told", () => {
    const motion = new Motion(3);
    motion.place(layout, Int32Array.of(0, 2), 2, { smoothly: false, now: 0 });
    expect([...motion.points]).toEqual([1, 2, 0, 0, 0, 0, 3, 4, 0]);
    const next = layout.map((value) => value + 10);
    motion.place(next, Int32Array.of(0, 2), 2, { smoothly: true, now: 100 });
    expect(motion.advance(100)).toBe(true);
    expect(motion.points[0]).toBe(1);
    motion.advance(325);
    expect(motion.points[0]).toBeCloseTo(6, 6);
    expect(motion.advance(900)).toBe(false);
    expect([...motion.points]).toEqual([11, 12, 0, 0, 0, 0, 13, 14, 0]);
    expect(motion.advance(901)).toBe(false);
  });

  test("has a place for rows that have none", () => {
    const motion = new Motion(1);
    motion.place(Float32Array.of(Number.NaN, 1), Int32Array.of(0), 2, { smoothly: false, now: 0 });
    expect([...motion.points]).toEqual([0, 1, 0]);
  });
});

describe("a selection", () => {
  test("is one row with its neighbours, which can be shown alone and left again", () => {
    const chosen = steps.pickNeighbours(steps.choose(steps.nothingSelected, 7), [9, 2]);
    expect(chosen).toEqual({ chosen: 7, picked: [7, 9, 2], alone: null });
    const alone = steps.isolate(chosen);
    expect(alone).toEqual({ chosen: -1, picked: null, alone: Int32Array.of(2, 7, 9) });
    expect(steps.showAll(alone).alone).toBeNull();
    expect(steps.isolate(steps.pick(steps.nothingSelected, [1, 2]))).toMatchObject({ alone: null });
    // Neighbours that come after the reader has let go are no selection.
    expect(steps.pickNeighbours(steps.nothingSelected, [1, 2])).toBe(steps.nothingSelected);
  });

  test("by a search has whole labels first, and rows of a class of that name", () => {
    const labels = ["cat", "concat", "Cat", "dog"];
    const rows = Int32Array.of(0, 1, 2, 3);
    const find = (text: string) =>
      steps.search(
        text,
        rows,
        (row) => labels[row] ?? "",
        (row) => (row === 3 ? "Animal" : null),
      );
    expect(find(" cat ")).toEqual([0, 2, 1]);
    expect(find("animal")).toEqual([3]);
    expect(find("ANIM")).toEqual([]);
    expect(find(" ")).toEqual([]);
  });
});

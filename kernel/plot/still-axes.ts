/** Axes that stand still while the points on them move: a jumping frame would hide what moves. */
import type { Matrix } from "./columns.ts";
import { extentOf } from "./ticks.ts";

/** Room around the points when axes are set, as a factor of their extent. */
const ROOM = 1.25;
/** Axes are set anew when points come this near to their ends, or leave this much of them empty. */
const NEAR = 1 / 1.08;
const LOOSE = 0.55;

export class StillAxes {
  #centers: readonly number[] = [];
  #halves: readonly number[] = [];

  /** Looks at the points of a frame, one column an axis, and moves only if it must. */
  hold({ rows, columns, data }: Matrix): void {
    const extents = Array.from({ length: columns }, (_, k) => {
      const values = Array.from({ length: rows }, (__, i) => data[i * columns + k]!); // in range
      return extentOf(values) ?? ([-1, 1] as const);
    });
    const reach = extents.map(([low, high], k) => {
      const center = this.#centers[k] ?? (low + high) / 2;
      return Math.max(high - center, center - low) / (this.#halves[k] ?? 0);
    });
    if (reach.every((share) => share <= NEAR) && reach.some((share) => share >= LOOSE)) return;
    const halves = extents.map(([low, high]) => Math.max((high - low) / 2, 1e-6) * ROOM);
    // In a cube, one unit must be as long along every axis: distances are what it shows.
    const widest = halves.reduce((a, b) => Math.max(a, b), 0);
    this.#centers = extents.map(([low, high]) => (low + high) / 2);
    this.#halves = columns === 3 ? halves.map(() => widest) : halves;
  }

  /** Both ends of the `k`-th axis. */
  range(k: number): readonly [number, number] {
    const center = this.#centers[k] ?? 0;
    const half = this.#halves[k] ?? 1;
    return [center - half, center + half];
  }
}

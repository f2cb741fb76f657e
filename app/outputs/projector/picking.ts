/** Which point is meant: under the pointer, in a box, or next in the direction of a key. */
import type { Screen } from "./camera.ts";

/** The row nearest to a place within `radius` px, the nearer one in space among equals; -1 for none. */
export function rowAt(
  screen: Screen,
  visible: Int32Array,
  x: number,
  y: number,
  radius: number,
): number {
  let [best, least] = [-1, radius];
  for (const row of visible) {
    const distance = Math.hypot(screen[row * 3]! - x, screen[row * 3 + 1]! - y); // 3 a row
    // In a dense cloud the point in front is the one that is seen.
    const effort = distance - (screen[row * 3 + 2]! - 1) * 2; // 3 a row
    if (distance <= radius && effort < least) [best, least] = [row, effort];
  }
  return best;
}

export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export function rowsIn(screen: Screen, visible: Int32Array, box: Box): Int32Array {
  const [left, right] = [Math.min(box.x0, box.x1), Math.max(box.x0, box.x1)];
  const [top, bottom] = [Math.min(box.y0, box.y1), Math.max(box.y0, box.y1)];
  return visible.filter((row) => {
    const [x, y] = [screen[row * 3]!, screen[row * 3 + 1]!]; // 3 a row
    return x >= left && x <= right && y >= top && y <= bottom;
  });
}

/** The next row from a place towards `[dx, dy]`: near, and not far off the straight line; -1 for none. */
export function rowTowards(
  screen: Screen,
  visible: Int32Array,
  from: { readonly x: number; readonly y: number; readonly row: number },
  [dx, dy]: readonly [number, number],
): number {
  let [best, least] = [-1, Infinity];
  for (const row of visible) {
    if (row === from.row) continue;
    const [x, y] = [screen[row * 3]! - from.x, screen[row * 3 + 1]! - from.y]; // 3 a row
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (along <= 0 || aside > along * 1.2) continue;
    const effort = along + 2 * aside;
    if (effort < least) [best, least] = [row, effort];
  }
  return best;
}

/**
 * Where a projector looks from: the middle and reach of its points, a zoom, a shift and, in space, a
 * turn. Pure arithmetic; screen coordinates are px from the upper left corner.
 */

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** Points on the screen: x, y and depth (1 is the middle, more is nearer) for each. */
export type Screen = Float32Array;

/** Room around the points, in px. */
const EDGE = 26;
/** How far from the middle the eye stands, in units of the points' reach: less is wider. */
const EYE = 3.2;
/** The outline of a ball is seen larger than its middle, by what is nearer to the eye. */
const NEARER = 1 / Math.sqrt(1 - 1 / (EYE * EYE));
const ZOOMS = [0.3, 60] as const;

type Turn = readonly number[];

const LEVEL: Turn = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export class Camera {
  #middle: readonly number[] = [0, 0, 0];
  #reach: readonly number[] = [1, 1, 1];
  #isFitted = false;
  #zoom = 1;
  #shift: readonly [number, number] = [0, 0];
  #turn: Turn = startTurn();

  get zoom(): number {
    return this.#zoom;
  }

  /** Whether the reader has moved it. */
  get isMoved(): boolean {
    return this.#zoom !== 1 || this.#shift.some((each) => each !== 0);
  }

  reset(): void {
    this.#zoom = 1;
    this.#shift = [0, 0];
    this.#turn = startTurn();
  }

  /** The next fit is taken over at once. */
  release(): void {
    this.#isFitted = false;
  }

  /**
   * Moves so that the points `[rows, 3]` at `visible` fill the view, by `share` of the way. The view
   * stands still while they nearly do: a frame that breathes hides what moves.
   */
  fit(points: Float32Array, visible: Int32Array, dims: 2 | 3, share: number): void {
    const low = [Infinity, Infinity, Infinity];
    const high = [-Infinity, -Infinity, -Infinity];
    for (const row of visible) {
      for (let k = 0; k < 3; k++) {
        const value = k < dims ? points[row * 3 + k]! : 0; // 3 a row
        if (value < low[k]!) low[k] = value;
        if (value > high[k]!) high[k] = value;
      }
    }
    if (visible.length === 0 || !low.every(Number.isFinite)) return;
    const middle = low.map((each, k) => (each + high[k]!) / 2);
    const halves = low.map((each, k) => Math.max(1e-9, (high[k]! - each) / 2));
    // In space every side may be turned to the front.
    const reach = dims === 2 ? halves : Array<number>(3).fill(radiusOf(points, visible, middle));
    if (!this.#isFitted) {
      this.#isFitted = true;
      this.#middle = middle;
      this.#reach = reach;
      return;
    }
    const outer = reach.map(
      (each, k) => (each + Math.abs(middle[k]! - this.#middle[k]!)) / this.#reach[k]!,
    );
    const used = outer.slice(0, dims);
    if (used.every((each) => each <= 1.02) && used.some((each) => each > 0.75)) return;
    const towards = (from: readonly number[], to: readonly number[]) =>
      from.map((each, k) => each + (to[k]! - each) * share);
    this.#middle = towards(this.#middle, middle);
    this.#reach = towards(this.#reach, reach);
  }

  /** Px for one unit of the layout. */
  scale({ width, height }: Viewport, dims: 2 | 3): number {
    const [x = 1, y = 1] = this.#reach;
    const [w, h] = [Math.max(10, width / 2 - EDGE), Math.max(10, height / 2 - EDGE)];
    const fitted = dims === 2 ? Math.min(w / x, h / y) : Math.min(w, h) / (x * NEARER);
    return fitted * this.#zoom;
  }

  /** Writes where the points `[rows, 3]` at `visible` are seen, into `screen` at the same rows. */
  project(
    points: Float32Array,
    visible: Int32Array,
    view: Viewport,
    dims: 2 | 3,
    screen: Screen,
  ): void {
    const scale = this.scale(view, dims);
    const [mx = 0, my = 0, mz = 0] = this.#middle;
    const [sx, sy] = this.#shift;
    const cx = view.width / 2 + sx;
    const cy = view.height / 2 + sy;
    if (dims === 2) {
      for (const row of visible) {
        const at = row * 3;
        screen[at] = cx + (points[at]! - mx) * scale; // 3 a row, here and below
        screen[at + 1] = cy - (points[at + 1]! - my) * scale;
        screen[at + 2] = 1;
      }
      return;
    }
    const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0, i = 1] = this.#turn;
    const eye = EYE * (this.#reach[0] ?? 1);
    for (const row of visible) {
      const at = row * 3;
      const x = points[at]! - mx;
      const y = points[at + 1]! - my;
      const z = points[at + 2]! - mz;
      const near = eye / Math.max(eye * 0.1, eye - (g * x + h * y + i * z));
      screen[at] = cx + (a * x + b * y + c * z) * scale * near;
      screen[at + 1] = cy - (d * x + e * y + f * z) * scale * near;
      screen[at + 2] = near;
    }
  }

  /** Zooms by `factor` around a place on the screen. */
  zoomAt(factor: number, x: number, y: number, { width, height }: Viewport): void {
    const zoom = Math.min(ZOOMS[1], Math.max(ZOOMS[0], this.#zoom * factor));
    const actual = zoom / this.#zoom;
    const [fromX, fromY] = [x - width / 2, y - height / 2];
    this.#shift = [
      fromX + (this.#shift[0] - fromX) * actual,
      fromY + (this.#shift[1] - fromY) * actual,
    ];
    this.#zoom = zoom;
  }

  shift(dx: number, dy: number): void {
    this.#shift = [this.#shift[0] + dx, this.#shift[1] + dy];
  }

  /** Turns as a ball would under a hand that moves so many px. */
  turn(dx: number, dy: number): void {
    this.#turn = times(aboutX(dy * 0.009), times(aboutY(dx * 0.009), this.#turn));
  }
}

function radiusOf(points: Float32Array, visible: Int32Array, middle: readonly number[]): number {
  const [x = 0, y = 0, z = 0] = middle;
  let radius = 1e-9;
  for (const row of visible) {
    const at = row * 3;
    const distance = Math.hypot(points[at]! - x, points[at + 1]! - y, points[at + 2]! - z); // 3 a row
    radius = Math.max(radius, distance);
  }
  return radius;
}

/** A little from the side and from above, so that depth is seen before anybody turns. */
function startTurn(): Turn {
  return times(aboutX(0.35), times(aboutY(-0.5), LEVEL));
}

function aboutX(angle: number): Turn {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [1, 0, 0, 0, c, -s, 0, s, c];
}

function aboutY(angle: number): Turn {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [c, 0, s, 0, 1, 0, -s, 0, c];
}

function times(a: Turn, b: Turn): Turn {
  return a.map((_, at) => {
    const row = at - (at % 3);
    return [0, 1, 2].reduce((sum, k) => sum + a[row + k]! * b[k * 3 + (at % 3)]!, 0); // 3 by 3
  });
}

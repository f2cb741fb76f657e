/** Points on their way from one layout to the next: the eye follows a row only if it moves, not jumps. */

const LASTS = 450;

export class Motion {
  /** `[rows, 3]`: where every row is drawn now. */
  readonly points: Float32Array;
  readonly #from: Float32Array;
  readonly #to: Float32Array;
  #began = 0;
  #isMoving = false;

  constructor(rows: number) {
    this.points = new Float32Array(rows * 3);
    this.#from = new Float32Array(rows * 3);
    this.#to = new Float32Array(rows * 3);
  }

  /** Puts a layout's `[shown, dims]` points in place: `smoothly`, over a moment from `now` on. */
  place(
    layout: Float32Array,
    shown: Int32Array,
    dims: number,
    { smoothly, now }: { readonly smoothly: boolean; readonly now: number },
  ): void {
    shown.forEach((row, i) => {
      for (let k = 0; k < 3; k++) {
        const value = k < dims ? layout[i * dims + k]! : 0; // dims a row
        this.#to[row * 3 + k] = Number.isFinite(value) ? value : 0;
      }
    });
    if (smoothly) {
      this.#from.set(this.points);
      this.#began = now;
      this.#isMoving = true;
      return;
    }
    // A frame of a layout in progress ends the way there was.
    this.#isMoving = false;
    this.points.set(this.#to);
  }

  /** Moves on; whether there is still a way to go. */
  advance(now: number): boolean {
    if (!this.#isMoving) return false;
    const share = Math.min(1, Math.max(0, (now - this.#began) / LASTS));
    const eased = share * share * (3 - 2 * share);
    for (let i = 0; i < this.points.length; i++) {
      this.points[i] = this.#from[i]! + (this.#to[i]! - this.#from[i]!) * eased; // same length
    }
    this.#isMoving = share < 1;
    return this.#isMoving;
  }
}

/**
 * A quadtree or octree over points, for sums over all pairs in O(n log n): a cell that looks small from
 * a point counts as one heavy point (Barnes and Hut 1986). Cells stand in the order in which they are
 * walked, each with the number of the cell that follows it and all below it, so a walk needs no stack.
 * In two dimensions the third coordinate is 0. Every `!` indexes within a size stated at its array.
 */

/** Up to so many points are not divided further. */
const LEAF = 6;
/** Points that are still together down here are at one place, as far as f64 can tell. */
const DEEPEST = 48;

export class SpaceTree {
  readonly #count: number;
  readonly #dims: number;
  /** Points in the order of their leaves. */
  readonly #order: Int32Array;
  readonly #scratch: Int32Array;
  readonly #octants: Uint8Array;
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #z: Float64Array;
  #points: Float64Array = new Float64Array(0);
  /** Of cells: centre of mass, points in it, squared width, the cell after it, first and last point. */
  #cells = cellArrays(1024);
  #length = 0;

  constructor(count: number, dims: number) {
    this.#count = count;
    this.#dims = dims;
    this.#order = Int32Array.from({ length: count }, (_, i) => i);
    this.#scratch = new Int32Array(count);
    this.#octants = new Uint8Array(count);
    this.#x = new Float64Array(count);
    this.#y = new Float64Array(count);
    this.#z = new Float64Array(count);
  }

  /** Sorts the points into cells; `points` is `[count, dims]`. */
  build(points: Float64Array): void {
    const dims = this.#dims;
    this.#points = points;
    this.#length = 0;
    const center = [0, 0, 0];
    let half = 0;
    for (let k = 0; k < dims; k++) {
      let [low, high] = [Infinity, -Infinity];
      for (let i = k; i < points.length; i += dims) {
        if (points[i]! < low) low = points[i]!;
        if (points[i]! > high) high = points[i]!;
      }
      center[k] = (low + high) / 2;
      half = Math.max(half, (high - low) / 2);
    }
    const [x = 0, y = 0, z = 0] = center;
    if (this.#count > 0) this.#divide(0, this.#count, x, y, z, half, 0);
  }

  #divide(from: number, to: number, x: number, y: number, z: number, half: number, depth: number) {
    const cell = this.#length++;
    if (this.#length > this.#cells.skip.length) this.#cells = grown(this.#cells);
    const isLeaf = to - from <= LEAF || depth === DEEPEST;
    if (isLeaf) this.#settle(from, to);
    else {
      const ends = this.#sort(from, to, x, y, z);
      const quarter = half / 2;
      let begin = from;
      for (const [octant, end] of ends.entries()) {
        if (end === begin) continue;
        this.#divide(
          begin,
          end,
          x + (octant & 1 ? quarter : -quarter),
          y + (octant & 2 ? quarter : -quarter),
          z + (octant & 4 ? quarter : -quarter),
          quarter,
          depth + 1,
        );
        begin = end;
      }
    }
    this.#weigh(cell, from, to, isLeaf);
    this.#cells.width[cell] = 4 * half * half;
  }

  /** Orders the points by octant, and gives where each octant ends. */
  #sort(from: number, to: number, x: number, y: number, z: number): readonly number[] {
    const dims = this.#dims;
    const points = this.#points;
    const counts = dims === 3 ? [0, 0, 0, 0, 0, 0, 0, 0] : [0, 0, 0, 0];
    for (let s = from; s < to; s++) {
      const at = this.#order[s]! * dims;
      let octant = 0;
      if (points[at]! > x) octant |= 1;
      if (points[at + 1]! > y) octant |= 2;
      if (dims === 3 && points[at + 2]! > z) octant |= 4;
      this.#octants[s] = octant;
      counts[octant]! += 1;
      this.#scratch[s] = this.#order[s]!;
    }
    let sum = from;
    const next = counts.map((count) => (sum += count) - count);
    for (let s = from; s < to; s++) {
      const place = next[this.#octants[s]!]!++;
      this.#order[place] = this.#scratch[s]!;
    }
    return next;
  }

  /** The points of a leaf, where the walk finds them one after the other. */
  #settle(from: number, to: number): void {
    const dims = this.#dims;
    for (let s = from; s < to; s++) {
      const at = this.#order[s]! * dims;
      this.#x[s] = this.#points[at]!;
      this.#y[s] = this.#points[at + 1]!;
      this.#z[s] = dims === 3 ? this.#points[at + 2]! : 0;
    }
  }

  #weigh(cell: number, from: number, to: number, isLeaf: boolean): void {
    const { x, y, z, mass, skip, first, last } = this.#cells;
    let [sumX, sumY, sumZ] = [0, 0, 0];
    if (isLeaf) {
      for (let s = from; s < to; s++) {
        sumX += this.#x[s]!;
        sumY += this.#y[s]!;
        sumZ += this.#z[s]!;
      }
    } else {
      for (let child = cell + 1; child < this.#length; child = skip[child]!) {
        sumX += x[child]! * mass[child]!;
        sumY += y[child]! * mass[child]!;
        sumZ += z[child]! * mass[child]!;
      }
    }
    const count = to - from;
    x[cell] = sumX / count;
    y[cell] = sumY / count;
    z[cell] = sumZ / count;
    mass[cell] = count;
    skip[cell] = this.#length;
    first[cell] = isLeaf ? from : -1;
    last[cell] = to;
  }

  /**
   * t-SNE's repulsion: adds Σ q² (yᵢ - yⱼ) to `forces`, with q = 1 / (1 + |yᵢ - yⱼ|²), and gives Σ q over
   * all ordered pairs. A cell counts as one point when its width is less than `theta` times its distance.
   */
  repel(forces: Float64Array, theta: number): number {
    const { x, y, z, mass, width, skip, first, last } = this.#cells;
    const [px, py, pz] = [this.#x, this.#y, this.#z];
    const dims = this.#dims;
    const length = this.#length;
    const factor = 1 / (theta * theta);
    let total = 0;
    for (let s = 0; s < this.#count; s++) {
      const ax = px[s]!;
      const ay = py[s]!;
      const az = pz[s]!;
      let fx = 0;
      let fy = 0;
      let fz = 0;
      for (let cell = 0; cell < length;) {
        const dx = ax - x[cell]!;
        const dy = ay - y[cell]!;
        const dz = az - z[cell]!;
        const squared = dx * dx + dy * dy + dz * dz;
        if (width[cell]! * factor < squared) {
          const q = 1 / (1 + squared);
          const heavy = mass[cell]! * q;
          total += heavy;
          const push = heavy * q;
          fx += push * dx;
          fy += push * dy;
          fz += push * dz;
          cell = skip[cell]!;
          continue;
        }
        if (first[cell]! < 0) {
          cell += 1;
          continue;
        }
        for (let other = first[cell]!; other < last[cell]!; other++) {
          if (other === s) continue;
          const ox = ax - px[other]!;
          const oy = ay - py[other]!;
          const oz = az - pz[other]!;
          const q = 1 / (1 + ox * ox + oy * oy + oz * oz);
          total += q;
          const push = q * q;
          fx += push * ox;
          fy += push * oy;
          fz += push * oz;
        }
        cell = skip[cell]!;
      }
      const at = this.#order[s]! * dims;
      forces[at]! += fx;
      forces[at + 1]! += fy;
      if (dims === 3) forces[at + 2]! += fz;
    }
    return total;
  }
}

function cellArrays(length: number) {
  return {
    x: new Float64Array(length),
    y: new Float64Array(length),
    z: new Float64Array(length),
    mass: new Float64Array(length),
    width: new Float64Array(length),
    skip: new Int32Array(length),
    first: new Int32Array(length),
    last: new Int32Array(length),
  };
}

type CellArrays = ReturnType<typeof cellArrays>;

function grown(cells: CellArrays): CellArrays {
  const twice = cellArrays(cells.skip.length * 2);
  for (const name of Object.keys(twice) as (keyof CellArrays)[]) twice[name].set(cells[name]);
  return twice;
}

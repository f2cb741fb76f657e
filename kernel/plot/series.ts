/**
 * A series of any length kept in a thousand points, so that a million pushes cost neither memory
 * nor time. Neighbouring points share a bucket that remembers its lowest and highest; when the
 * buckets run out they are joined in pairs, twice as wide. Peaks and both ends are always exact.
 */

/** Buckets at the most; each draws one or two points. */
const BUCKETS = 500;
/** On a logarithmic x axis buckets are as wide as they look: so many for each power of ten. */
const PER_DECADE = 80;

interface Bucket {
  /** Points in it, and how many of them are finite. */
  count: number;
  finite: number;
  sum: number;
  lowX: number;
  low: number;
  highX: number;
  high: number;
  /** Where it begins: the place of a gap when nothing in it is finite. */
  startX: number;
}

/** Where a line broke off. */
export interface Gap {
  /** The first place without a number, and what was there: NaN or an infinity. */
  readonly x: number;
  readonly y: number;
  /** The last point before it; null when there was none. */
  readonly from: { readonly x: number; readonly y: number } | null;
}

/** A drawn line: `y` is NaN where there is a gap. */
export interface Polyline {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

export class Series {
  readonly #logX: boolean;
  #buckets: Bucket[] = [];
  #width = 1;
  #count = 0;
  #firstX = Number.NaN;
  #first = Number.NaN;
  #lastX = Number.NaN;
  #last = Number.NaN;
  #gap: Gap | null = null;

  /** `logX`: for an axis on which early points have as much room as late ones. */
  constructor(logX = false) {
    this.#logX = logX;
  }

  /** As it is now, whatever is pushed later. */
  copy(): Series {
    const copy = new Series(this.#logX);
    copy.#buckets = this.#buckets.map((bucket) => ({ ...bucket }));
    copy.#width = this.#width;
    copy.#count = this.#count;
    copy.#firstX = this.#firstX;
    copy.#first = this.#first;
    copy.#lastX = this.#lastX;
    copy.#last = this.#last;
    copy.#gap = this.#gap;
    return copy;
  }

  /** How many points were pushed. */
  get count(): number {
    return this.#count;
  }

  /** The newest point, finite or not; NaN before the first. */
  get last(): { readonly x: number; readonly y: number } {
    return { x: this.#lastX, y: this.#last };
  }

  /** The lowest finite value; Infinity before the first. */
  get lowest(): number {
    return this.#buckets.reduce((least, { low }) => Math.min(least, low), Infinity);
  }

  /** Where the first NaN or infinity was pushed; null if none was. */
  get gap(): Gap | null {
    return this.#gap;
  }

  /** Amortised constant time. */
  push(x: number, y: number): void {
    if (this.#count === 0) {
      this.#firstX = x;
      this.#first = y;
    }
    const isFinite = Number.isFinite(y);
    if (!isFinite && this.#gap === null) {
      const from = this.#count > 0 ? { x: this.#lastX, y: this.#last } : null;
      this.#gap = { x, y, from };
    }
    this.#count += 1;
    this.#lastX = x;
    this.#last = y;
    const bucket = this.#buckets.at(-1);
    if (bucket === undefined || this.#isFull(bucket, x)) this.#append(x, y, isFinite);
    else grow(bucket, x, y, isFinite);
  }

  #isFull(bucket: Bucket, x: number): boolean {
    if (!this.#logX) return bucket.count === this.#width;
    return decade(x) !== decade(bucket.startX);
  }

  #append(x: number, y: number, isFinite: boolean): void {
    if (!this.#logX && this.#buckets.length === BUCKETS) {
      this.#buckets = inPairs(this.#buckets);
      this.#width *= 2;
      const bucket = this.#buckets.at(-1);
      if (bucket !== undefined && bucket.count < this.#width) {
        grow(bucket, x, y, isFinite);
        return;
      }
    }
    this.#buckets.push({
      count: 1,
      finite: isFinite ? 1 : 0,
      sum: isFinite ? y : 0,
      lowX: x,
      low: isFinite ? y : Infinity,
      highX: x,
      high: isFinite ? y : -Infinity,
      startX: x,
    });
  }

  /** The line to draw: at most two points a bucket, of which there are `most`, and both ends. */
  line(most = Infinity): Polyline {
    let buckets = this.#buckets;
    while (buckets.length > most) buckets = inPairs(buckets.map((bucket) => ({ ...bucket })));
    const x: number[] = [];
    const y: number[] = [];
    const add = (atX: number, atY: number) => {
      x.push(atX);
      y.push(atY);
    };
    if (this.#count === 0) return { x, y };
    add(this.#firstX, this.#first);
    for (const bucket of buckets) {
      if (bucket.finite === 0) {
        if (bucket.startX !== this.#firstX) add(bucket.startX, Number.NaN);
        continue;
      }
      const lowFirst = bucket.lowX <= bucket.highX;
      const ax = lowFirst ? bucket.lowX : bucket.highX;
      const ay = lowFirst ? bucket.low : bucket.high;
      const bx = lowFirst ? bucket.highX : bucket.lowX;
      const by = lowFirst ? bucket.high : bucket.low;
      if (ax !== x.at(-1)) add(ax, ay);
      if (bx !== ax) add(bx, by);
    }
    if (this.#lastX !== x.at(-1)) add(this.#lastX, this.#last);
    return { x, y };
  }

  /**
   * The line with a running mean: each point weighs `weight` times the one after it (0: no
   * smoothing, 0.99: heavy), corrected for its start as Adam does. One point a bucket.
   */
  smoothed(weight: number): Polyline {
    const x: number[] = [];
    const y: number[] = [];
    let mean = 0;
    let seen = 0;
    for (const bucket of this.#buckets) {
      if (bucket.finite === 0) {
        x.push(bucket.startX);
        y.push(Number.NaN);
        continue;
      }
      const keep = weight ** bucket.finite;
      mean = keep * mean + (1 - keep) * (bucket.sum / bucket.finite);
      seen = keep * seen + (1 - keep);
      x.push(Math.max(bucket.lowX, bucket.highX));
      y.push(mean / seen);
    }
    if (x.length > 0) x[x.length - 1] = this.#lastX;
    return { x, y };
  }
}

/** Which bucket of a logarithmic axis; what has no place there shares one. */
function decade(x: number): number {
  return Math.floor(Math.log10(Math.max(x, 0)) * PER_DECADE);
}

function grow(bucket: Bucket, x: number, y: number, isFinite: boolean): void {
  bucket.count += 1;
  if (!isFinite) return;
  bucket.finite += 1;
  bucket.sum += y;
  if (y < bucket.low) {
    bucket.low = y;
    bucket.lowX = x;
  }
  if (y > bucket.high) {
    bucket.high = y;
    bucket.highX = x;
  }
}

/** Neighbours joined two by two, into the first of each pair. */
function inPairs(buckets: readonly Bucket[]): Bucket[] {
  return buckets.filter((left, i) => {
    const right = buckets[i + 1];
    if (i % 2 === 0 && right !== undefined) join(left, right);
    return i % 2 === 0;
  });
}

function join(left: Bucket, right: Bucket): void {
  left.count += right.count;
  left.finite += right.finite;
  left.sum += right.sum;
  if (right.low < left.low) {
    left.low = right.low;
    left.lowX = right.lowX;
  }
  if (right.high > left.high) {
    left.high = right.high;
    left.highX = right.highX;
  }
}

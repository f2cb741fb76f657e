/**
 * The engine's error classes. A message is one sentence that starts with the op and names both
 * values and what was wanted; `hint` is one suggested fix, shown apart from it.
 */

/**
 * Sizes or dimensions that do not go together, or an index outside.
 * @example
 * const caught = (f) => { try { f(); } catch (error) { return String(error); } };
 * const [a, b] = [2, 3].map((n) => ones([n]));
 * caught(() => a.add(b)) // ShapeError: add: [2] and [3] cannot be broadcast - sizes 2 and 3 must be equal, or one of them 1
 * caught(() => a.select(0, 5)) // ShapeError: select: index 5 at dim 0 of [2] - wanted an integer from -2 to 1
 */
export class ShapeError extends RangeError {
  override readonly name = "ShapeError";
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(message);
    if (hint !== undefined) this.hint = hint;
  }
}

/**
 * A tensor of the wrong element type, or no tensor at all.
 * @example
 * const caught = (f) => { try { f(); } catch (error) { return String(error); } };
 * caught(() => bernoulli(arange(2))) // DTypeError: bernoulli: probabilities of dtype i32 - wanted f32 or f64
 */
export class DTypeError extends TypeError {
  override readonly name = "DTypeError";
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(message);
    if (hint !== undefined) this.hint = hint;
  }
}

/**
 * `backward()` on something that has no graph, or whose graph is gone.
 * @example
 * const caught = (f) => { try { f(); } catch (error) { return String(error); } };
 * caught(() => ones([3], { requiresGrad: true }).backward()) // GradientError: backward: this tensor is [3] - wanted a single number, such as a loss
 */
export class GradientError extends Error {
  override readonly name = "GradientError";
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(message);
    if (hint !== undefined) this.hint = hint;
  }
}

/**
 * In anomaly mode: an op made NaN or Infinity. Its stack is that of the op's call in the forward pass.
 * @example
 * const caught = (f) => { try { f(); } catch (error) { return String(error); } };
 * caught(() => detectAnomaly(() => tensor(-1).log()))?.startsWith("AnomalyError: log") // true
 */
export class AnomalyError extends Error {
  override readonly name = "AnomalyError";
  readonly hint?: string;

  constructor(message: string, hint?: string, site: Error | null = null) {
    super(message);
    if (hint !== undefined) this.hint = hint;
    // V8 puts a line of its own above the frames, which is `site`'s and not this error's.
    const frames = site?.stack?.replace(/^Error.*\n(?=\s+at )/, "");
    if (frames !== undefined) this.stack = `${this.name}: ${message}\n${frames}`;
  }
}

/** No room for the values of an op: nothing was lost, and smaller ones can be computed. */
export class OutOfMemoryError extends RangeError {
  override readonly name = "OutOfMemoryError";
  readonly hint =
    "use smaller batches, or drop tensors and graphs that are kept from earlier steps";

  /** Both in bytes: what the op wanted, and what the engine's memory has grown to; null outside of it. */
  constructor(wanted: number, has: number | null, cause: unknown) {
    const limit =
      has === null
        ? "there is no room for them"
        : `the engine has ${megabytes(has)} and gets no more`;
    const subject = has === null ? "the values of a tensor want" : "an op wants";
    super(`memory: ${subject} ${megabytes(wanted)} - ${limit}`, { cause });
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}

/** What something is that is not what was wanted: "a string", "an array", "undefined". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

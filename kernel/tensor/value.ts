/**
 * Autograd for single numbers (the idea is Andrej Karpathy's micrograd). A `Value` remembers what it
 * came from, and with which slopes; `backward()` multiplies these along every path and adds them up.
 */
import { exp, log, pow, tanh } from "./elementary/index.ts";
import { kindOf } from "./errors.ts";

/**
 * A number that knows where it came from.
 * @example
 * const a = new Value(2), b = new Value(-3);
 * const loss = a.mul(b).add(a.pow(2));
 * loss.backward();
 * a.grad // 1
 * b.grad // 2
 */
export class Value {
  static #made = 0;
  /** Values are numbered as they are made: what one was computed from has lower numbers. */
  readonly #number = Value.#made++;
  data: number;
  /** How much the result of `backward()` grows per growth of this number. */
  grad = 0;
  /** For drawings: its name, and what made it, "+" or "tanh"; empty for a number that was given. */
  label: string;
  readonly op: string;
  /** What it was computed from, and how much it grows per growth of each. */
  readonly children: readonly Value[];
  readonly slopes: readonly number[];

  constructor(data: number, label = "", op = "", children: Value[] = [], slopes: number[] = []) {
    if (typeof data !== "number") throw new TypeError(`Value: ${kindOf(data)} - wanted a number`);
    this.data = data;
    this.label = label;
    this.op = op;
    this.children = children;
    this.slopes = slopes;
  }

  // d(a + b) = da + db
  add(other: Value | number): Value {
    return this.#from("+", [this, other], (a, b) => [a + b, 1, 1]);
  }
  // d(a - b) = da - db
  sub(other: Value | number): Value {
    return this.#from("-", [this, other], (a, b) => [a - b, 1, -1]);
  }
  // d(ab) = b da + a db
  mul(other: Value | number): Value {
    return this.#from("*", [this, other], (a, b) => [a * b, b, a]);
  }
  // d(a / b) = da / b - (a / b²) db
  div(other: Value | number): Value {
    return this.#from("/", [this, other], (a, b) => [a / b, 1 / b, -a / (b * b)]);
  }
  // d(aⁿ) = n aⁿ⁻¹ da; the exponent is a plain number
  pow(n: number): Value {
    if (typeof n !== "number") throw new TypeError(`pow: ${kindOf(n)} - wanted a number`);
    return this.#from(`**${n}`, [this], (a) => [pow(a, n), n * pow(a, n - 1)]);
  }
  neg(): Value {
    return this.#from("neg", [this], (a) => [-a, -1]);
  }
  // d(eᵃ) = eᵃ da
  exp(): Value {
    return this.#from("exp", [this], (a) => [exp(a), exp(a)]);
  }
  // d(log a) = da / a
  log(): Value {
    return this.#from("log", [this], (a) => [log(a), 1 / a]);
  }
  // d(tanh a) = (1 - tanh² a) da
  tanh(): Value {
    return this.#from("tanh", [this], (a) => [tanh(a), 1 - tanh(a) * tanh(a)]);
  }
  // dσ = σ (1 - σ) da
  sigmoid(): Value {
    const s = 1 / (1 + exp(-this.data));
    return this.#from("sigmoid", [this], () => [s, s * (1 - s)]);
  }
  // Lets the slope through where a > 0.
  relu(): Value {
    return this.#from("relu", [this], (a) => [Math.max(a, 0), a > 0 ? 1 : 0]);
  }

  /** Adds the slope of this number to the `grad` of every given number behind it. */
  backward(): void {
    const behind = new Set<Value>([this]);
    // Whatever is added while the set is walked is walked too.
    for (const value of behind) for (const child of value.children) behind.add(child);
    // Newest first: a value has heard from all that used it when it passes its slope on.
    const order = [...behind].sort((a, b) => b.#number - a.#number);
    for (const value of order) if (value.children.length > 0) value.grad = 0;
    this.grad = 1;
    for (const value of order)
      value.children.forEach((child, i) => (child.grad += value.grad * (value.slopes[i] ?? 0)));
  }

  toString(): string {
    return `Value(data=${this.data}, grad=${this.grad})`;
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
  /** Refused: `a + b` would join the texts of two values, and `a * b` be NaN, without a word. */
  valueOf(): never {
    throw new TypeError("operator: a Value - JavaScript's +, -, * and / take numbers, use .add()");
  }

  /** `rule` gives the result and its slope for each operand. */
  #from(op: string, operands: readonly (Value | number)[], rule: Rule): Value {
    const children = operands.map((each) => (each instanceof Value ? each : new Value(each)));
    const [a = 0, b = 0] = children.map(({ data }) => data);
    const [result, ...slopes] = rule(a, b);
    return new Value(result, "", op, children, slopes);
  }
}

type Rule = (a: number, b: number) => readonly [result: number, ...slopes: number[]];

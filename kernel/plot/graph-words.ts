/** One step back through a computation in one sentence: what is multiplied by what, and who gets it. */
import { formatNumber } from "./numbers.ts";

/** Where a slope goes. */
export interface Receiver {
  readonly name: string;
  /** Its shape, "" for a number. */
  readonly shape: string;
  /** The number that is sent, and how much the result grows with it: of numbers only. */
  readonly sent: number | null;
  readonly local: number | null;
  /** What it had before; null: nothing. */
  readonly before: number | null;
  /** Something came before, whatever it is. */
  readonly isMore: boolean;
  /** It was repeated along dimensions, and its slopes are added up over them. */
  readonly isSummed: boolean;
  /** Its place among the op's inputs. */
  readonly index: number;
}

export interface Sender {
  readonly name: string;
  readonly op: string;
  readonly shape: string;
  /** Its slope, of a number only. */
  readonly slope: number | null;
  /** What the inputs are called, receivers or not. */
  readonly inputs: readonly string[];
}

/** "e passes its slope 2 back: to q, 2 × 3 = 6." */
export function sayStep(sender: Sender, receivers: readonly Receiver[]): string {
  const { name, shape, slope } = sender;
  if (receivers.length === 0) return `${name} has nobody to pass its slope to.`;
  const whole = slope === null ? `slopes ${shape}` : `slope ${formatNumber(slope)}`;
  const parts = receivers.map((receiver) => `to ${sayReceiver(sender, receiver)}`);
  return `${name} passes its ${whole} back: ${parts.join("; ")}.`;
}

function sayReceiver(sender: Sender, receiver: Receiver): string {
  const { name, shape, sent, local, before, isMore } = receiver;
  if (sender.slope !== null && sent !== null && local !== null) {
    const product = `${name}, ${formatNumber(sender.slope)} × ${formatNumber(local)} = ${formatNumber(sent)}`;
    return before === null
      ? product
      : `${product}, and with the ${formatNumber(before)} from before ${formatNumber(before + sent)}`;
  }
  const summed = receiver.isSummed ? ", added up over all that used it" : "";
  const added = isMore ? ", added to those from before" : "";
  return `${name}${shape === "" ? "" : ` ${shape}`}, ${howPassed(sender, receiver)}${summed}${added}`;
}

/** How slopes of tables of numbers come to an input; `a` and `b` are what the inputs are called. */
type Wording = string | ((inputs: readonly string[], index: number) => string);

const asTheyAre = "as they are";
const other: Wording = (inputs, index) => `times ${inputs[1 - index] ?? "the other side"}`;

const wordings: Readonly<Record<string, Wording>> = {
  add: asTheyAre,
  sub: (_, index) => (index === 0 ? asTheyAre : "with the other sign"),
  mul: other,
  div: ([a = "", b = ""], index) => (index === 0 ? `divided by ${b}` : `times −${a} / ${b}²`),
  neg: "with the other sign",
  square: ([a = ""]) => `times 2 ${a}`,
  pow: ([a = ""]) => `times n ${a}ⁿ⁻¹`,
  sqrt: "divided by twice the result",
  exp: "times the result",
  log: ([a = ""]) => `divided by ${a}`,
  tanh: "times 1 − result²",
  sigmoid: "times result × (1 − result)",
  relu: "where it let them through, 0 elsewhere",
  abs: "with the sign of what went in",
  matmul: ([a = "", b = ""], index) => (index === 0 ? `slopes × ${b}ᵀ` : `${a}ᵀ × slopes`),
  linear: ([x = "", w = ""], index) =>
    ["slopes × " + w, "slopesᵀ × " + x][index] ?? "added up over the rows",
  sum: "the same to each that was added",
  mean: "the same to each, divided by their number",
  max: "to the largest only",
  min: "to the smallest only",
  crossEntropy: "as probabilities minus the answers",
  logSoftmax: "less their sum times each probability",
  softmax: "times each probability, less what they share",
  where: "where it was chosen, 0 elsewhere",
  takeRows: "to the rows that were taken, 0 elsewhere",
  cat: "cut where it was joined",
  reshape: "laid out as before",
  permute: "turned back",
  expand: "added up again",
  slice: "to the part that was cut out, 0 elsewhere",
  to: asTheyAre,
  clone: asTheyAre,
};

function howPassed({ op, inputs }: Sender, { index }: Receiver): string {
  const wording = wordings[op] ?? `times how much ${op} grows with it`;
  return typeof wording === "string" ? wording : wording(inputs, index);
}

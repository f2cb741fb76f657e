/**
 * Prints tensors as PyTorch does: 4 digits, one width for all numbers, scientific where the range
 * asks for it, the middle left out above 1,000 elements, lines of at most 80 characters.
 */
import { isFloat, type TypedArray } from "./dtype.ts";
import { sizeAt, sizeOf } from "./shape.ts";
import type { Shape, View } from "./view.ts";

const precision = 4;
/** Digits behind the point that show whether a number lies in the middle of two printed ones. */
const exactDigits = 40;
const lineWidth = 80;
const edge = 3;
const summaryAbove = 1000;

/**
 * @param history the name of the node a tensor came from, true for a leaf that requires a gradient, null for neither.
 */
export function formatTensor(
  view: View,
  values: TypedArray,
  history: string | true | null,
): string {
  const { dtype } = view.storage;
  const prefix = "tensor(";
  const size = sizeOf(view.shape);
  const suffixes: string[] = [];
  let body: string;
  if (size === 0) {
    body = "[]";
    if (view.shape.length !== 1) suffixes.push(`size=(${view.shape.join(", ")})`);
    // No element tells that these are not floats.
    if (dtype === "i32") suffixes.push("dtype=torch.int64");
    if (dtype === "bool") suffixes.push("dtype=torch.bool");
  } else {
    const shown = size > summaryAbove ? edgeValues(values, view.shape) : values;
    const write =
      dtype === "bool" ? boolWriter(shown) : isFloat(dtype) ? floatWriter(shown) : intWriter(shown);
    body = writeBody(values, view.shape, prefix.length, size > summaryAbove, write);
  }
  if (dtype === "f64") suffixes.push("dtype=torch.float64");
  if (dtype === "u8") suffixes.push("dtype=torch.uint8");
  if (history === true) suffixes.push("requires_grad=True");
  else if (history !== null) suffixes.push(`grad_fn=<${history}>`);
  return finish(prefix + body, suffixes, prefix.length);
}

interface Writer {
  readonly width: number;
  write(value: number): string;
}

function padded(texts: Iterable<string>, write: (value: number) => string): Writer {
  let width = 1;
  for (const text of texts) width = Math.max(width, text.length);
  return { width, write: (value) => write(value).padStart(width) };
}

function boolWriter(values: TypedArray): Writer {
  const write = (value: number) => (value === 0 ? "False" : "True");
  return padded(Array.from(values, write), write);
}

function intWriter(values: TypedArray): Writer {
  return padded(Array.from(values, String), String);
}

function floatWriter(values: TypedArray): Writer {
  const usable = Array.from(values).filter((value) => Number.isFinite(value) && value !== 0);
  // With nothing to measure, PyTorch falls back to the form for whole numbers, unpadded.
  if (usable.length === 0) return { width: 1, write: wholeText };
  const sizes = usable.map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b));
  const smallest = sizes.reduce((a, b) => Math.min(a, b));
  const areWhole = usable.every(Number.isInteger);
  const isWide = largest / smallest > 1000 || largest > 1e8 || (!areWhole && smallest < 1e-4);
  const write = isWide ? scientificText : areWhole ? wholeText : fixedText;
  return padded(usable.map(write), write);
}

function named(value: number): string | null {
  if (Number.isNaN(value)) return "nan";
  if (value === Infinity) return "inf";
  return value === -Infinity ? "-inf" : null;
}

const sign = (value: number): string => (value < 0 || Object.is(value, -0) ? "-" : "");

function wholeText(value: number): string {
  return named(value) ?? `${sign(value)}${BigInt(Math.abs(value))}.`;
}

function fixedText(value: number): string {
  const size = Math.abs(value);
  return named(value) ?? sign(value) + rounded(size.toFixed(precision), size.toFixed(exactDigits));
}

/**
 * JavaScript rounds a number that lies in the middle up, Python (and so PyTorch) to the even digit:
 * 0.03125 is 0.0312. `exact` has so many digits more that a middle shows as 5 and zeros.
 */
function rounded(near: string, exact: string): string {
  const cut = exact.slice(0, near.length);
  const isMiddle = /^50*$/.test(exact.slice(near.length));
  return isMiddle && /[02468]$/.test(cut) ? cut : near;
}

function scientificText(value: number): string {
  const name = named(value);
  if (name !== null) return name;
  const size = Math.abs(value);
  const [near = "", exponent = "+0"] = size.toExponential(precision).split("e");
  const [exact = ""] = size.toExponential(exactDigits).split("e");
  // Only a number below 10 that is rounded up to it has another exponent, and none is in a middle.
  const digits = rounded(near, exact);
  return `${sign(value)}${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

/** Which entries of a dimension are shown: all, or three from each end. */
function shownEntries(size: number, summary: boolean): readonly (number | null)[] {
  const all = Array.from({ length: size }, (_, i) => i);
  return summary && size > 2 * edge ? [...all.slice(0, edge), null, ...all.slice(-edge)] : all;
}

/** The values that a summary shows: they alone decide the width. */
function edgeValues(values: TypedArray, shape: Shape): TypedArray {
  const picked: number[] = [];
  const visit = (dim: number, start: number): void => {
    if (dim === shape.length) {
      picked.push(values[start] ?? Number.NaN);
      return;
    }
    const step = sizeOf(shape.slice(dim + 1));
    for (const entry of shownEntries(sizeAt(shape, dim), true))
      if (entry !== null) visit(dim + 1, start + entry * step);
  };
  visit(0, 0);
  return Float64Array.from(picked);
}

function writeBody(
  values: TypedArray,
  shape: Shape,
  indent: number,
  summary: boolean,
  writer: Writer,
): string {
  const value = (at: number) => writer.write(values[at] ?? Number.NaN);
  const build = (dim: number, start: number, margin: number): string => {
    if (dim === shape.length) return value(start);
    const entries = shownEntries(sizeAt(shape, dim), summary);
    if (dim === shape.length - 1) {
      const perLine = Math.max(1, Math.floor((lineWidth - margin) / (writer.width + 2)));
      const texts = entries.map((entry) => (entry === null ? " ..." : value(start + entry)));
      const lines: string[] = [];
      for (let i = 0; i < texts.length; i += perLine)
        lines.push(texts.slice(i, i + perLine).join(", "));
      return `[${lines.join(`,\n${" ".repeat(margin + 1)}`)}]`;
    }
    const step = sizeOf(shape.slice(dim + 1));
    const parts = entries.map((entry) =>
      entry === null ? "..." : build(dim + 1, start + entry * step, margin + 1),
    );
    const gap = "\n".repeat(shape.length - dim - 1) + " ".repeat(margin + 1);
    return `[${parts.join(`,${gap}`)}]`;
  };
  return build(0, 0, indent);
}

/** Adds the suffixes, each on a line of its own where the last one is full: for PyTorch, at 79. */
function finish(text: string, suffixes: readonly string[], indent: number): string {
  let whole = text;
  let used = text.length - text.lastIndexOf("\n") + 1;
  for (const suffix of suffixes) {
    if (used + suffix.length + 2 > lineWidth) {
      whole += `,\n${" ".repeat(indent)}${suffix}`;
      used = indent + suffix.length;
    } else {
      whole += `, ${suffix}`;
      used += suffix.length + 2;
    }
  }
  return `${whole})`;
}

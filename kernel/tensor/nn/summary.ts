/** The table of a network's layers: what comes out of each and how many numbers it learns. */
import { isTensor } from "../autograd/apply.ts";
import { zeros } from "../creation/create.ts";
import { kindOf } from "../errors.ts";
import { printShape, sizeOf } from "../shape.ts";
import { noGrad } from "../autograd/tape.ts";
import type { Tensor } from "../tensor.ts";
import type { Shape } from "../view.ts";
import type { Module } from "./module.ts";
import { isParameter } from "./parameter.ts";
import { fieldsOf, places } from "./tree.ts";

export interface SummaryRow {
  /** Dotted name, "" for the network itself. */
  readonly name: string;
  /** The layer's class. */
  readonly kind: string;
  /** Of the first tensor that came out; null without an input, or where the layer was not called. */
  readonly output: Shape | null;
  /** Numbers in the layer's own parameters, without those of the layers in it. */
  readonly parameters: number;
  /** Shapes of these parameters, by name. */
  readonly shapes: readonly (readonly [name: string, shape: Shape])[];
}

/** What `summary()` gives: rows and totals, shown as a table. */
export class Summary {
  readonly rows: readonly SummaryRow[];
  /** Numbers in all parameters, each parameter counted once. */
  readonly total: number;
  /** Those of them that training changes. */
  readonly trainable: number;

  constructor(module: Module, inputs: readonly (Tensor | Shape)[]) {
    const shapes = inputs.length === 0 ? null : outputShapes(module, inputs.map(inputOf));
    const counted = new Set<Tensor>();
    this.rows = [...places(module)].map(([name, layer]) => {
      const own = fieldsOf(layer).flatMap(([field, value]): [string, Tensor][] =>
        isParameter(value) ? [[field, value]] : [],
      );
      const fresh = own.flatMap(([, parameter]) => (counted.has(parameter) ? [] : [parameter]));
      for (const parameter of fresh) counted.add(parameter);
      return {
        name,
        kind: layer.constructor.name,
        output: shapes?.get(layer) ?? null,
        parameters: sizes(fresh),
        shapes: own.map(([field, { shape }]): [string, Shape] => [field, shape]),
      };
    });
    this.total = sizes(counted);
    this.trainable = sizes([...counted].filter((parameter) => parameter.requiresGrad));
  }

  /** The table as text. */
  toString(): string {
    const head = ["Layer", "Output shape", "Parameters"];
    const lines = [head, ...this.#cells()];
    const used = this.#hasShapes() ? [0, 1, 2] : [0, 2];
    const widths = head.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
    const write = (line: readonly string[]) =>
      used
        .map((at) => {
          const text = line[at] ?? "";
          return at === 2 ? text.padStart(widths[at] ?? 0) : text.padEnd(widths[at] ?? 0);
        })
        .join("  ");
    const [first = "", ...rest] = lines.map(write);
    const rule = "-".repeat(first.length);
    return [first, rule, ...rest, rule, ...this.#totals()].join("\n");
  }

  /** The table as HTML, with the shapes of parameters. */
  toHtml(): string {
    const row = (
      tag: string,
      [layer = "", output = "", count = ""]: readonly string[],
      own: string,
    ) => {
      const cells = this.#hasShapes() ? [layer, output, own, count] : [layer, own, count];
      const last = cells.length - 1;
      const style = (at: number) => `text-align:${at === last ? "right" : "left"};white-space:pre`;
      return `<tr>${cells.map((text, at) => `<${tag} style="${style(at)}">${escaped(text)}</${tag}>`).join("")}</tr>`;
    };
    const body = this.#cells().map((line, i) => row("td", line, shapesText(this.rows[i])));
    return (
      `<table><thead>${row("th", ["Layer", "Output shape", "Parameters"], "Shapes")}</thead>` +
      `<tbody>${body.join("")}</tbody></table><p>${this.#totals().map(escaped).join("<br>")}</p>`
    );
  }

  /** What a notebook shows for it. */
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString(), "text/html": this.toHtml() };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  #hasShapes(): boolean {
    return this.rows.some((row) => row.output !== null);
  }

  #cells(): string[][] {
    return this.rows.map(({ name, kind, output, parameters }) => {
      const path = name === "" ? [] : name.split(".");
      const label = path.length === 0 ? kind : `${"  ".repeat(path.length)}${path.at(-1)}: ${kind}`;
      const shape = output === null ? "-" : printShape(output);
      return [label, shape, parameters === 0 ? "-" : grouped(parameters)];
    });
  }

  #totals(): string[] {
    const fixed = this.total - this.trainable;
    return [
      `Parameters: ${grouped(this.total)}`,
      `Trainable: ${grouped(this.trainable)}`,
      ...(fixed > 0 ? [`Frozen: ${grouped(fixed)}`] : []),
    ];
  }
}

function shapesText(row: SummaryRow | undefined): string {
  const shapes = row?.shapes ?? [];
  return shapes.map(([name, shape]) => `${name} ${printShape(shape)}`).join(", ") || "-";
}

function sizes(parameters: Iterable<Tensor>): number {
  return [...parameters].reduce((sum, parameter) => sum + sizeOf(parameter.shape), 0);
}

/** Groups of three digits, whatever the machine's language. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function inputOf(input: Tensor | Shape): Tensor {
  if (isTensor(input)) return input;
  if (Array.isArray(input)) return zeros(input);
  throw new TypeError(`summary: ${kindOf(input)} for an input - wanted a tensor or a shape`);
}

/** Runs the network once, in evaluation mode and unrecorded, and notes what each layer gives. */
function outputShapes(module: Module, inputs: readonly Tensor[]): Map<Module, Shape> {
  const shapes = new Map<Module, Shape>();
  const layers = module.namedModules().map(([, layer]) => layer);
  const modes = layers.map((layer) => layer.training);
  const handles = layers.map((layer) =>
    layer.registerForwardHook((_, __, output: unknown) => {
      const first: unknown = Array.isArray(output) ? output.find(isTensor) : output;
      if (isTensor(first)) shapes.set(layer, first.shape);
    }),
  );
  try {
    module.eval();
    noGrad(() => (module as unknown as (...args: readonly Tensor[]) => unknown)(...inputs));
  } finally {
    handles.forEach((handle) => handle.remove());
    layers.forEach((layer, i) => (layer.training = modes[i] ?? true));
  }
  return shapes;
}

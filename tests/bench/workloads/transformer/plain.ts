import { Attention } from "../plain/attention.ts";
import { crossEntropy } from "../plain/entropy.ts";
import { geluInto, geluSlopeInto } from "../plain/gelu.ts";
import { LayerNorm } from "../plain/layer-norm.ts";
import { Linear } from "../plain/linear.ts";
import { Weights } from "../plain/parameter.ts";
import type { Transformer } from "../specs.ts";
import type { Maker } from "../workload.ts";
import { type BlockData, transformerData } from "./data.ts";

/** `x += y`, of one length. */
function addInto(x: Float32Array, y: Float32Array): void {
  for (let i = 0; i < x.length; i++) x[i]! += y[i]!;
}

/** Changes the stream `x` in place on the way there, and its slope on the way back. */
class Block {
  readonly #first: LayerNorm;
  readonly #second: LayerNorm;
  readonly #attention: Attention;
  readonly #qkv: Linear;
  readonly #projection: Linear;
  readonly #up: Linear;
  readonly #down: Linear;
  readonly #inner: Float32Array;

  constructor(spec: Transformer, data: BlockData) {
    const rows = spec.batch * spec.context;
    this.#first = new LayerNorm(rows, spec.width);
    this.#second = new LayerNorm(rows, spec.width);
    this.#attention = new Attention(spec);
    this.#qkv = new Linear(data.qkv, rows);
    this.#projection = new Linear(data.projection, rows);
    this.#up = new Linear(data.up, rows);
    this.#down = new Linear(data.down, rows);
    this.#inner = new Float32Array(rows * 4 * spec.width);
  }

  get parameters(): Weights[] {
    const layers = [this.#first, this.#second, this.#qkv, this.#projection, this.#up, this.#down];
    return layers.flatMap(({ parameters }) => parameters);
  }

  forward(x: Float32Array): void {
    const mixed = this.#attention.forward(this.#qkv.forward(this.#first.forward(x)));
    addInto(x, this.#projection.forward(mixed));
    geluInto(this.#inner, this.#up.forward(this.#second.forward(x)));
    addInto(x, this.#down.forward(this.#inner));
  }

  backward(dx: Float32Array): void {
    const dInner = this.#down.backward(dx);
    geluSlopeInto(dInner, dInner, this.#up.y);
    addInto(dx, this.#second.backward(this.#up.backward(dInner)));
    const dMixed = this.#projection.backward(dx);
    addInto(dx, this.#first.backward(this.#qkv.backward(this.#attention.backward(dMixed))));
  }
}

export const transformer: Maker<"transformer"> = (spec) => {
  const { context, width } = spec;
  const rows = spec.batch * context;
  const data = transformerData(spec);
  const tokens = new Weights(data.tokenTable);
  const places = new Weights(data.placeTable);
  const blocks = data.blocks.map((block) => new Block(spec, block));
  const last = new LayerNorm(rows, width);
  const head = new Linear(data.head, rows);
  const parameters = [
    tokens,
    places,
    ...blocks.flatMap((block) => block.parameters),
    ...last.parameters,
    ...head.parameters,
  ];
  const x = new Float32Array(rows * width);
  let steps = 0;
  let loss = Number.NaN;

  /** Visits each element of the stream with the places of what it is the sum of. */
  function eachLooked(visit: (i: number, token: number, place: number) => void): void {
    for (let i = 0; i < x.length; i++) {
      const [row, column] = [Math.floor(i / width), i % width];
      visit(i, data.tokens[row]! * width + column, (row % context) * width + column);
    }
  }

  return {
    step() {
      eachLooked((i, token, place) => {
        x[i] = tokens.values[token]! + places.values[place]!;
      });
      for (const block of blocks) block.forward(x);
      const logits = head.forward(last.forward(x));
      loss = crossEntropy(logits, data.next, rows, spec.vocabulary);
      const dx = last.backward(head.backward(logits));
      for (const block of blocks.toReversed()) block.backward(dx);
      tokens.slopes.fill(0);
      places.slopes.fill(0);
      eachLooked((i, token, place) => {
        tokens.slopes[token]! += dx[i]!;
        places.slopes[place]! += dx[i]!;
      });
      steps++;
      for (const each of parameters) each.adam(spec, steps);
    },
    observe: () => [loss],
  };
};

import { crossEntropy } from "../plain/entropy.ts";
import { Linear } from "../plain/linear.ts";
import type { Affine } from "../draw.ts";
import type { Maker } from "../workload.ts";
import { convnetData } from "./data.ts";

/**
 * 3 by 3 with padding 1, relu and the largest of each 2 by 2, over images with the channels last: each
 * place's neighbourhood becomes a row, so that the filters are a matrix. Indices stay in range.
 */
class Layer {
  readonly linear: Linear;
  readonly #patches: Float32Array;
  readonly #pooled: Float32Array;
  readonly #winners: Int32Array;
  readonly #dy: Float32Array;
  readonly #dx: Float32Array;
  readonly #batch: number;
  readonly #size: number;
  readonly #inputs: number;
  readonly #outputs: number;

  constructor(filter: Affine, batch: number, size: number) {
    const rows = batch * size * size;
    this.#batch = batch;
    this.#size = size;
    this.#inputs = filter.inputs / 9;
    this.#outputs = filter.outputs;
    this.linear = new Linear({ ...filter, weight: placesFirst(filter) }, rows);
    this.#patches = new Float32Array(rows * filter.inputs);
    this.#pooled = new Float32Array((rows / 4) * filter.outputs);
    this.#winners = new Int32Array(this.#pooled.length);
    this.#dy = new Float32Array(rows * filter.outputs);
    this.#dx = new Float32Array(rows * this.#inputs);
  }

  /** Calls `visit` with the first element of each patch's part and of the pixel under it. */
  #eachPart(visit: (patch: number, pixel: number) => void): void {
    const [size, channels] = [this.#size, this.#inputs];
    for (let b = 0; b < this.#batch; b++)
      for (let y = 0; y < size; y++)
        for (let x = 0; x < size; x++) {
          const row = ((b * size + y) * size + x) * 9;
          for (let k = 0; k < 9; k++) {
            const [py, px] = [y + Math.floor(k / 3) - 1, x + (k % 3) - 1];
            if (py < 0 || px < 0 || py >= size || px >= size) continue;
            visit((row + k) * channels, ((b * size + py) * size + px) * channels);
          }
        }
  }

  forward(images: Float32Array): Float32Array {
    const [patches, channels] = [this.#patches, this.#inputs];
    this.#eachPart((patch, pixel) => {
      for (let c = 0; c < channels; c++) patches[patch + c] = images[pixel + c]!;
    });
    const y = this.linear.forward(patches);
    const [half, size, outputs] = [this.#size / 2, this.#size, this.#outputs];
    for (let i = 0; i < this.#pooled.length; i++) {
      const channel = i % outputs;
      const place = (i - channel) / outputs;
      const column = place % half;
      const row = (place - column) / half;
      // Rows of all images count through, as do the pooled rows.
      const corner = (2 * row * size + 2 * column) * outputs + channel;
      let winner = corner;
      for (const other of [
        corner + outputs,
        corner + size * outputs,
        corner + (size + 1) * outputs,
      ])
        if (y[other]! > y[winner]!) winner = other;
      this.#winners[i] = winner;
      this.#pooled[i] = Math.max(0, y[winner]!);
    }
    return this.#pooled;
  }

  backward(slope: Float32Array, wanted: boolean): Float32Array {
    const [dy, dx, channels] = [this.#dy.fill(0), this.#dx.fill(0), this.#inputs];
    for (let i = 0; i < slope.length; i++)
      if (this.#pooled[i]! > 0) dy[this.#winners[i]!] = slope[i]!;
    const dPatches = this.linear.backward(dy, wanted);
    if (wanted)
      this.#eachPart((patch, pixel) => {
        for (let c = 0; c < channels; c++) dx[pixel + c]! += dPatches[patch + c]!;
      });
    return dx;
  }
}

/** `[outputs, channels, 9] -> [outputs, 9, channels]` */
function placesFirst({ inputs, outputs, weight }: Affine): Float32Array<ArrayBuffer> {
  const channels = inputs / 9;
  const moved = new Float32Array(weight.length);
  for (let o = 0; o < outputs; o++)
    for (let c = 0; c < channels; c++)
      for (let k = 0; k < 9; k++)
        moved[(o * 9 + k) * channels + c] = weight[(o * channels + c) * 9 + k]!;
  return moved;
}

/** The head's inputs as they come here: places first, channels last. */
function channelsLast(head: Affine, channels: number): Affine {
  const places = head.inputs / channels;
  const weight = head.weight.map((_, i) => {
    const [output, input] = [Math.floor(i / head.inputs), i % head.inputs];
    const [place, channel] = [Math.floor(input / channels), input % channels];
    return head.weight[output * head.inputs + channel * places + place]!;
  });
  return { ...head, weight };
}

export const convnet: Maker<"convnet"> = (spec) => {
  const { x, labels, filters, head } = convnetData(spec);
  const first = new Layer(filters[0], spec.batch, spec.size);
  const second = new Layer(filters[1], spec.batch, spec.size / 2);
  const last = new Linear(channelsLast(head, spec.channels[1]), spec.batch);
  let steps = 0;
  let loss = Number.NaN;
  return {
    step() {
      const logits = last.forward(second.forward(first.forward(x)));
      loss = crossEntropy(logits, labels, spec.batch, spec.classes);
      first.backward(second.backward(last.backward(logits), true), false);
      steps++;
      for (const { parameters } of [first.linear, second.linear, last])
        for (const each of parameters) each.adam(spec, steps);
    },
    observe: () => [loss],
  };
};

/** The recurrent layers themselves: RNN, LSTM and GRU. */
import { kindOf } from "../errors.ts";
import { checkOptions } from "../options.ts";
import type { Tensor } from "../tensor.ts";
import type { Carrier, rule } from "../typed/layers.ts";
import type { Reader } from "../typed/sequences.ts";
import type { Unknown } from "../typed/unknown.ts";
import { gruCell, lstmCell, plainCell } from "./cells.ts";
import { Recurrent, recurrentOptions, type RecurrentOptions } from "./recurrent.ts";

export interface RNNOptions<
  Layers extends number = number,
  BatchFirst extends boolean = boolean,
  Bidirectional extends boolean = boolean,
> extends RecurrentOptions<Layers, BatchFirst, Bidirectional> {
  /** What bends each step; `"tanh"` unless given. */
  readonly nonlinearity?: "tanh" | "relu";
}

/**
 * h' = tanh(W x + b + U h + c) along a sequence: `x [length, n, inputs]` gives
 * `[output [length, n, directions * hidden], h [layers * directions, n, hidden]]`; also without the
 * batch dimension. The start `h` is 0 unless given.
 * @throws ShapeError, when called, for an input or start of another size.
 * @example
 * const rnn = nn.RNN(3, 5, { numLayers: 2 });
 * const [output, h] = rnn(randn([7, 2, 3]));
 * output.shape // 7,2,5
 * h.shape // 2,2,5
 */
export class RNN<
  In extends number = Unknown,
  Hidden extends number = Unknown,
  Layers extends number = Unknown,
  BatchFirst extends boolean = Unknown,
  Bidirectional extends boolean = Unknown,
> extends Recurrent {
  declare readonly [rule]: Carrier<Reader<"RNN", 1, In, Hidden, Layers, BatchFirst, Bidirectional>>;

  constructor(
    inputs: In,
    hidden: Hidden,
    options: RNNOptions<Layers, BatchFirst, Bidirectional> = {},
  ) {
    checkOptions("RNN", options, [...recurrentOptions, "nonlinearity"]);
    const { nonlinearity = "tanh" } = options;
    if (nonlinearity !== "tanh" && nonlinearity !== "relu")
      throw new RangeError(`RNN: nonlinearity ${String(nonlinearity)} - wanted "tanh" or "relu"`);
    super("RNN", inputs, hidden, plainCell(nonlinearity), options);
  }

  forward(x: Tensor, start?: Tensor | null): [output: Tensor, h: Tensor] {
    const { output, last } = this.read(x, start === undefined || start === null ? null : [start]);
    return [output, last[0] as Tensor];
  }
}

/**
 * Long short-term memory along a sequence: `x [length, n, inputs]` gives
 * `[output [length, n, directions * hidden], [h, c]]`, both `[layers * directions, n, hidden]`; also
 * without the batch dimension. The start `[h, c]` is 0 unless given.
 * @throws ShapeError, when called, for an input or start of another size.
 * @example
 * const lstm = nn.LSTM(3, 5, { batchFirst: true });
 * const [output, [h, c]] = lstm(randn([2, 7, 3]));
 * output.shape // 2,7,5
 * c.shape // 1,2,5
 */
export class LSTM<
  In extends number = Unknown,
  Hidden extends number = Unknown,
  Layers extends number = Unknown,
  BatchFirst extends boolean = Unknown,
  Bidirectional extends boolean = Unknown,
> extends Recurrent {
  declare readonly [rule]: Carrier<
    Reader<"LSTM", 2, In, Hidden, Layers, BatchFirst, Bidirectional>
  >;

  constructor(
    inputs: In,
    hidden: Hidden,
    options: RecurrentOptions<Layers, BatchFirst, Bidirectional> = {},
  ) {
    checkOptions("LSTM", options, recurrentOptions);
    super("LSTM", inputs, hidden, lstmCell, options);
  }

  forward(
    x: Tensor,
    start?: readonly [h: Tensor, c: Tensor] | null,
  ): [output: Tensor, state: [h: Tensor, c: Tensor]] {
    if (start !== undefined && start !== null && (!Array.isArray(start) || start.length !== 2))
      throw new TypeError(`LSTM: ${kindOf(start)} for the start state - wanted [h, c]`);
    const { output, last } = this.read(x, start ?? null);
    return [output, [last[0] as Tensor, last[1] as Tensor]];
  }
}

/**
 * Gated recurrent units along a sequence: `x [length, n, inputs]` gives
 * `[output [length, n, directions * hidden], h [layers * directions, n, hidden]]`; also without the
 * batch dimension. The start `h` is 0 unless given.
 * @throws ShapeError, when called, for an input or start of another size.
 * @example
 * const gru = nn.GRU(3, 5, { bidirectional: true });
 * const [output, h] = gru(randn([7, 2, 3]));
 * output.shape // 7,2,10
 * h.shape // 2,2,5
 */
export class GRU<
  In extends number = Unknown,
  Hidden extends number = Unknown,
  Layers extends number = Unknown,
  BatchFirst extends boolean = Unknown,
  Bidirectional extends boolean = Unknown,
> extends Recurrent {
  declare readonly [rule]: Carrier<Reader<"GRU", 1, In, Hidden, Layers, BatchFirst, Bidirectional>>;

  constructor(
    inputs: In,
    hidden: Hidden,
    options: RecurrentOptions<Layers, BatchFirst, Bidirectional> = {},
  ) {
    checkOptions("GRU", options, recurrentOptions);
    super("GRU", inputs, hidden, gruCell, options);
  }

  forward(x: Tensor, start?: Tensor | null): [output: Tensor, h: Tensor] {
    const { output, last } = this.read(x, start === undefined || start === null ? null : [start]);
    return [output, last[0] as Tensor];
  }
}

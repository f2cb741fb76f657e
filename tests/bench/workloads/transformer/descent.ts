import { F, nn, optim, tensor, type Tensor } from "../../../../kernel/tensor/index.ts";
import { begin, linearOf, training } from "../descent.ts";
import type { Maker } from "../workload.ts";
import type { Transformer as Spec } from "../specs.ts";
import { type BlockData, transformerData, type TransformerData } from "./data.ts";

class Block extends nn.Module {
  readonly first: nn.LayerNorm;
  readonly second: nn.LayerNorm;
  readonly qkv: nn.Linear;
  readonly projection: nn.Linear;
  readonly up: nn.Linear;
  readonly down: nn.Linear;
  readonly #heads: number;

  constructor({ width, heads }: Spec, data: BlockData) {
    super();
    this.first = nn.LayerNorm(width);
    this.second = nn.LayerNorm(width);
    this.qkv = linearOf(data.qkv);
    this.projection = linearOf(data.projection);
    this.up = linearOf(data.up);
    this.down = linearOf(data.down);
    this.#heads = heads;
  }

  forward(x: Tensor): Tensor {
    const attended = x.add(this.projection(this.attention(this.first(x))));
    const inner = F.gelu(this.up(this.second(attended)), { approximate: "tanh" });
    return attended.add(this.down(inner));
  }

  attention(x: Tensor): Tensor {
    const [batch = 0, context = 0, width = 0] = x.shape;
    const size = width / this.#heads;
    const parts = this.qkv(x).reshape([batch, context, 3, this.#heads, size]);
    const [q, k, v] = [0, 1, 2].map((i) => parts.select(2, i).transpose(1, 2));
    if (q === undefined || k === undefined || v === undefined) throw new RangeError("no heads");
    const mixed = F.scaledDotProductAttention(q, k, v, { isCausal: true });
    return mixed.transpose(1, 2).reshape([batch, context, width]);
  }
}

class Transformer extends nn.Module {
  readonly tokens: nn.Embedding;
  readonly places: nn.Embedding;
  readonly blocks: nn.ModuleList<Block>;
  readonly last: nn.LayerNorm;
  readonly head: nn.Linear;

  constructor(spec: Spec, data: TransformerData) {
    super();
    this.tokens = nn.Embedding(spec.vocabulary, spec.width);
    this.places = nn.Embedding(spec.context, spec.width);
    begin(this.tokens.weight, data.tokenTable);
    begin(this.places.weight, data.placeTable);
    this.blocks = nn.ModuleList(data.blocks.map((block) => new Block(spec, block)));
    this.last = nn.LayerNorm(spec.width);
    this.head = linearOf(data.head);
  }

  forward(index: Tensor): Tensor {
    let x = this.tokens(index).add(this.places.weight);
    for (const block of this.blocks) x = block(x);
    return this.head(this.last(x));
  }
}

export const transformer: Maker<"transformer"> = (spec) => {
  const data = transformerData(spec);
  const net = new Transformer(spec, data);
  const tokens = tensor(data.tokens).reshape([spec.batch, spec.context]);
  const next = tensor(data.next);
  const { lr, weightDecay } = spec;
  const adamw = optim.AdamW(net.parameters(), { lr, weightDecay });
  return training(adamw, () =>
    F.crossEntropy(net(tokens).reshape([spec.batch * spec.context, spec.vocabulary]), next),
  );
};

/**
 * Attention and its slopes, head by head: scores of some queries with all keys are made in the
 * scratch, used there and never written to the arena (Dao et al., "FlashAttention", 2022). On the way
 * back they are computed again.
 */
import {
  type Callee,
  f32,
  f32x4,
  type FunctionBody,
  i32,
  type Local,
  type ModuleWriter,
  type Value,
} from "../assembler/index.ts";
import type { Arguments } from "../assembler/function.ts";
import type { Variant } from "../variant.ts";
import { writeRow } from "./elementwise.ts";
import { sum, smaller } from "./matmul/parts.ts";
import { BEHIND, EDGE, type Product } from "./matmul/product.ts";
import { whole } from "./matmul/routine.ts";

/**
 * Queries `q [heads, l, d]`, keys `k [heads, s, d]` and values `v [heads, s, e]`. Heads come in two
 * dimensions, `inner` the size of the second; elements of a row lie side by side, all steps are in
 * bytes. `mask` is 0 or the address of f32 to add; `block` queries are taken at once.
 */
const shared = {
  ...whole("q", "qOuter", "qInner", "qRow", "k", "kOuter", "kInner", "kRow"),
  ...whole("v", "vOuter", "vInner", "vRow", "mask", "maskOuter", "maskInner", "maskRow"),
  ...whole("inner", "l", "s", "d", "e", "isCausal", "block", "first", "end", "scratch"),
  scale: "f32",
} as const;
const forward = { ...shared, ...whole("out", "outOuter", "outInner", "outRow") } as const;
/** The slopes lie as `[outer, rows, inner, width]`. */
const backward = {
  ...shared,
  ...whole("g", "gOuter", "gInner", "gRow", "dq", "dk", "dv"),
} as const;

type Number = Local<"i32">;
type Shared = Arguments<typeof shared>;

/** A block of queries of one head, being looked at. */
interface Block {
  readonly q: Number;
  readonly k: Number;
  readonly v: Number;
  /** Its first query, and how many they are. */
  readonly start: Number;
  readonly rows: Number;
  /** How many keys any of them looks at. */
  readonly seen: Number;
  readonly outer: Number;
  readonly index: Number;
  /** The weights, `[rows, s]`. */
  readonly weights: Number;
  readonly weightsRow: Number;
}

class Attention {
  readonly f: FunctionBody;
  readonly args: Shared;
  readonly #variant: Variant;
  readonly #product: Product;
  readonly #softmax: Callee;

  constructor(
    f: FunctionBody,
    args: Shared,
    variant: Variant,
    product: Product,
    softmaxRows: Callee,
  ) {
    this.f = f;
    this.args = args;
    this.#variant = variant;
    this.#product = product;
    this.#softmax = softmaxRows;
  }

  /** `c = a b`; each factor an address, the step between rows, and that between columns. */
  multiply(
    [a, aRow, aColumn]: readonly [Value<"i32">, Value<"i32">, Value<"i32">],
    [b, bRow, bColumn]: readonly [Value<"i32">, Value<"i32">, Value<"i32">],
    [c, cRow]: readonly [Value<"i32">, Value<"i32">],
    [m, n, k]: readonly [Value<"i32">, Value<"i32">, Value<"i32">],
  ): void {
    const { scratch } = this.args;
    const from = { from: scratch, fromPanel: i32.const(0), scratch, floor: f32.const(-Infinity) };
    const factors = { a, aRow, aColumn, b, bRow, bColumn };
    this.#product(this.f, { ...factors, c, cRow, m, n, k, ...from });
  }

  /** Does `body` for all blocks of the heads `first` to `end` - 1, when its weights are there. */
  eachBlock(body: (block: Block) => void): void {
    const { f, args } = this;
    const { first, end, inner, l, s, scratch } = args;
    const at = (x: "q" | "k" | "v") =>
      sum(args[x], i32.mul(outer, args[`${x}Outer`]), i32.mul(index, args[`${x}Inner`]));
    const [outer, index, start] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const [q, k, v] = f.locals("i32", 3) as [Number, Number, Number];
    const [rows, seen] = [f.local("i32"), f.local("i32")];
    const weights = f.local(i32.add(scratch, BEHIND));
    const weightsRow = f.local(i32.shl(s, 2));
    // Products begin with zeros.
    f.fillMemory(scratch, 0, EDGE);
    f.while(i32.lt(first, end), () => {
      f.set(outer, i32.divU(first, inner));
      f.set(index, i32.sub(first, i32.mul(outer, inner)));
      f.set(k, at("k"));
      f.set(v, at("v"));
      f.set(q, at("q"));
      f.set(start, 0);
      f.upTo(start, l, args.block, () => {
        f.set(rows, smaller(i32.sub(l, start), args.block));
        f.set(seen, s);
        f.if(args.isCausal, () => f.set(seen, smaller(i32.add(start, rows), s)));
        const block = { q, k, v, start, rows, seen, outer, index, weights, weightsRow };
        this.#weigh(block);
        body(block);
        f.advance(q, i32.mul(rows, args.qRow));
      });
      f.advance(first, 1);
    });
  }

  /** Does `body` for the weights of each query, which are 0 behind the first `n` that are seen. */
  eachRow(block: Block, body: (row: Number, n: Number) => void) {
    const { f, args } = this;
    const { isCausal } = args;
    const { start, rows, seen, weights, weightsRow } = block;
    const [i, n] = [f.local("i32"), f.local("i32")];
    const row = f.local(weights);
    f.set(i, 0);
    f.upTo(i, rows, 1, () => {
      f.set(n, seen);
      f.if(isCausal, () => f.set(n, smaller(i32.add(i32.add(start, i), 1), seen)));
      body(row, n);
      f.advance(row, weightsRow);
    });
  }

  #weigh(block: Block): void {
    const { f, args } = this;
    const { d, qRow, kRow } = args;
    const { q, k, rows, seen, start, outer, index, weights, weightsRow } = block;
    const one = i32.const(4);
    this.multiply([q, qRow, one], [k, one, kRow], [weights, weightsRow], [rows, seen, d]);
    const heads = sum(i32.mul(outer, args.maskOuter), i32.mul(index, args.maskInner));
    const mask = f.local(sum(args.mask, heads, i32.mul(start, args.maskRow)));
    const scale = f.local(f32x4.splat(args.scale));
    this.eachRow(block, (row, n) => {
      f.if(
        args.mask,
        () =>
          writeRow(f, n, "single", (i, load, store) => {
            const [place, more] = [i32.add(row, i), load(i32.add(mask, i), 0)];
            f.emit(store(place, f.local(this.#variant.madd(load(place, 0), scale, more)), 0));
          }),
        () =>
          writeRow(f, n, "single", (i, load, store) => {
            const place = i32.add(row, i);
            f.emit(store(place, f.local(f32x4.mul(load(place, 0), scale)), 0));
          }),
      );
      f.call(this.#softmax, row, row, i32.const(1), n);
      f.fillMemory(i32.add(row, i32.shl(n, 2)), 0, i32.shl(i32.sub(seen, n), 2));
      f.advance(mask, args.maskRow);
    });
  }
}

/** The scores' slopes w (dw - Σ w dw) scale, in place of the weights' dw, `ahead` bytes behind the weights w. */
function scoreSlopes(attention: Attention, block: Block, ahead: Value<"i32">): void {
  const { f, args } = attention;
  const scale = f.local(f32x4.splat(args.scale));
  const total = f.local("v128");
  attention.eachRow(block, (row, n) => {
    const slopes = f.local(i32.add(row, ahead));
    f.set(total, f32x4.splat(0));
    writeRow(f, n, "single", (i, load) => {
      f.set(
        total,
        f32x4.add(total, f32x4.mul(load(i32.add(row, i), 0), load(i32.add(slopes, i), 0))),
      );
    });
    const lane = (number: number) => f32x4.lane(total, number);
    const dot = f32.add(f32.add(lane(0), lane(1)), f32.add(lane(2), lane(3)));
    const level = f.local(f32x4.splat(dot));
    writeRow(f, n, "single", (i, load, store) => {
      const [place, weight] = [i32.add(slopes, i), load(i32.add(row, i), 0)];
      const change = f32x4.mul(f32x4.sub(load(place, 0), level), scale);
      f.emit(store(place, f.local(f32x4.mul(weight, change)), 0));
    });
    const rest = i32.shl(i32.sub(block.seen, n), 2);
    f.fillMemory(i32.add(slopes, i32.shl(n, 2)), 0, rest);
  });
}

/** Adds `rows` rows of `n` f32 at `from` to those at `to`, `toRow` bytes apart. */
function addRows(
  f: FunctionBody,
  to: Number,
  toRow: Number,
  from: Number,
  rows: Number,
  n: Number,
): void {
  const r = f.local("i32");
  f.set(r, 0);
  f.upTo(r, rows, 1, () => {
    writeRow(f, n, "single", (i, load, store) => {
      const place = i32.add(to, i);
      f.emit(store(place, f.local(f32x4.add(load(place, 0), load(i32.add(from, i), 0))), 0));
    });
    f.advance(to, toRow);
    f.advance(from, i32.shl(n, 2));
  });
}

/** Makes rows `first` to `end` - 1 of `n` f32 at `to` zeros, `row` bytes apart. */
function clearRows(
  f: FunctionBody,
  to: Number,
  row: Number,
  first: Number,
  end: Number,
  n: Number,
): void {
  const r = f.local(i32.add(first, 0));
  f.upTo(r, end, 1, () => f.fillMemory(i32.add(to, i32.mul(r, row)), 0, i32.shl(n, 2)));
}

export function writeAttention(
  writer: ModuleWriter,
  variant: Variant,
  product: Product,
  softmaxRows: Callee,
): void {
  const one = i32.const(4);
  writer.function("attention", forward, (f, args) => {
    const attention = new Attention(f, args, variant, product, softmaxRows);
    const { out, outOuter, outInner, outRow, vRow, e } = args;
    attention.eachBlock(({ v, start, rows, seen, outer, index, weights, weightsRow }) => {
      const heads = sum(i32.mul(outer, outOuter), i32.mul(index, outInner));
      const to = f.local(sum(out, heads, i32.mul(start, outRow)));
      attention.multiply([weights, weightsRow, one], [v, vRow, one], [to, outRow], [rows, e, seen]);
    });
  });

  writer.function("attentionSlopes", backward, (f, args) => {
    const attention = new Attention(f, args, variant, product, softmaxRows);
    const { inner, l, s, d, e, qRow, kRow, vRow, gRow, block } = args;
    const size = f.local(i32.mul(block, i32.shl(s, 2)));
    const [narrow, wide] = [f.local(i32.shl(d, 2)), f.local(i32.shl(e, 2))];
    const [dqRow, dvRow] = [f.local(i32.mul(inner, narrow)), f.local(i32.mul(inner, wide))];
    attention.eachBlock((part) => {
      const { q, k, v, start, rows, seen, outer, index, weights, weightsRow } = part;
      const slopes = f.local(i32.add(weights, size));
      const room = f.local(i32.add(slopes, size));
      const heads = sum(i32.mul(outer, args.gOuter), i32.mul(index, args.gInner));
      const g = f.local(sum(args.g, heads, i32.mul(start, gRow)));
      const place = (x: Number, length: Number, row: Number, width: Number) =>
        f.local(sum(x, i32.mul(i32.mul(outer, length), row), i32.mul(index, width)));
      const dq = f.local(i32.add(place(args.dq, l, dqRow, narrow), i32.mul(start, dqRow)));
      const dk = place(args.dk, s, dqRow, narrow);
      const dv = place(args.dv, s, dvRow, wide);
      /** `xᵀ y` to a head's keys or values: the first block's product, to which others are added. */
      const gather = (x: Number, y: Number, yRow: Number, to: Number, toRow: Number, n: Number) => {
        f.if(
          i32.eqz(start),
          () => {
            const factors = [[x, one, weightsRow] as const, [y, yRow, one] as const] as const;
            attention.multiply(...factors, [to, toRow], [seen, n, rows]);
            clearRows(f, to, toRow, seen, s, n);
          },
          () => {
            const row = f.local(i32.shl(n, 2));
            attention.multiply([x, one, weightsRow], [y, yRow, one], [room, row], [seen, n, rows]);
            addRows(f, to, toRow, f.local(room), seen, n);
          },
        );
      };
      gather(weights, g, gRow, dv, dvRow, e);
      attention.multiply([g, gRow, one], [v, one, vRow], [slopes, weightsRow], [rows, seen, e]);
      scoreSlopes(attention, part, size);
      attention.multiply([slopes, weightsRow, one], [k, kRow, one], [dq, dqRow], [rows, d, seen]);
      gather(slopes, q, qRow, dk, dqRow, d);
    });
  });
}

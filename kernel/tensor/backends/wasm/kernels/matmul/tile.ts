/**
 * The innermost loop of matrix products: a tile of the result stays in registers while each step adds
 * a column of the left factor times a row of the right one (Goto and van de Geijn, "Anatomy of
 * High-Performance Matrix Multiplication", 2008).
 */
import { f32x4, i32, type ModuleWriter, v128 } from "../../assembler/index.ts";
import type { Variant, VariantName } from "../../variant.ts";
import { type Routine, whole, writeRoutine } from "./routine.ts";

interface TileShape {
  readonly rows: number;
  /** Of four columns each. */
  readonly vectors: number;
  /** Steps in one round of the loop. */
  readonly unrolled: number;
}

/**
 * As many sums as the sixteen registers of x64 leave room for, as each is wanted again only when the
 * machine has finished it. Without a fused instruction products need registers too; and V8 before
 * version 12 moves loads of all unrolled steps to the front, where there are none left for them.
 */
const shapes: Readonly<Record<VariantName, TileShape>> = {
  relaxed: { rows: 6, vectors: 2, unrolled: 4 },
  plain: { rows: 2, vectors: 4, unrolled: 1 },
};

const parameters = {
  ...whole("a", "aPanel", "aStep", "b", "bStep", "c", "cRow", "k", "from", "fromRow", "count"),
  floor: "f32",
} as const;

export interface Tile {
  readonly rows: number;
  readonly columns: number;
  /**
   * `c[r] = max(from[r] + Σ a[p][r] b[p], floor)` for 1 to `rows` rows r, each of `columns` columns,
   * and `k` steps p; the same for `count` tiles one below the other, of which `a` has each `aPanel` bytes
   * behind the one before. Elements of one step lie side by side in both factors; `aStep` and `bStep` bytes
   * lead to the next step, `cRow` and `fromRow` to the next row. NaN stays NaN.
   */
  readonly multiply: Routine<typeof parameters & { readonly rows: "i32" }>;
}

export function writeTile(writer: ModuleWriter, variant: Variant): Tile {
  const shape = shapes[variant.name];
  const kernels = Array.from({ length: shape.rows }, (_, i) =>
    writeRows(writer, variant, { ...shape, rows: i + 1 }),
  );
  return {
    rows: shape.rows,
    columns: 4 * shape.vectors,
    multiply(f, { rows, ...args }) {
      // Whole tiles first: they are nearly all.
      const choose = (count: number): void => {
        const kernel = kernels[count - 1];
        if (kernel === undefined) return;
        f.if(
          i32.eq(rows, count),
          () => kernel(f, args),
          () => choose(count - 1),
        );
      };
      choose(shape.rows);
    },
  };
}

function writeRows(
  writer: ModuleWriter,
  { madd }: Variant,
  { rows, vectors, unrolled }: TileShape,
): Routine<typeof parameters> {
  const name = `tile${rows}x${4 * vectors}`;
  return writeRoutine(writer, name, parameters, (f, args) => {
    const { a, aPanel, aStep, b, bStep, c, cRow, k, from, fromRow, count, floor } = args;
    const [aHere, bHere, left] = [f.local("i32"), f.local("i32"), f.local("i32")];
    const sums = Array.from({ length: rows }, () => f.locals("v128", vectors));
    const row = f.locals("v128", vectors);
    const element = f.local("v128");
    const least = f.local(f32x4.splat(floor));
    const step = () => {
      row.forEach((part, v) => f.set(part, v128.load(bHere, 16 * v)));
      f.advance(bHere, bStep);
      sums.forEach((tile, r) => {
        f.set(element, v128.load32Splat(aHere, 4 * r));
        // A row has as many parts as a tile.
        tile.forEach((sum, v) => f.set(sum, madd(element, row[v]!, sum)));
      });
      f.advance(aHere, aStep);
    };
    f.while(count, () => {
      sums.forEach((tile) => {
        tile.forEach((sum, v) => f.set(sum, v128.load(from, 16 * v)));
        f.advance(from, fromRow);
      });
      f.set(aHere, a);
      f.set(bHere, b);
      f.set(left, k);
      if (unrolled > 1)
        f.while(i32.ge(left, unrolled), () => {
          for (let i = 0; i < unrolled; i++) step();
          f.advance(left, -unrolled);
        });
      f.while(left, () => {
        step();
        f.advance(left, -1);
      });
      sums.forEach((tile) => {
        tile.forEach((sum, v) => f.emit(v128.store(c, f32x4.pmax(sum, least), 16 * v)));
        f.advance(c, cRow);
      });
      f.advance(a, aPanel);
      f.advance(count, -1);
    });
  });
}

/** Matrix products in batches, of any size and strides, without a copy made beforehand. */
import { i32, type ModuleWriter, select, type Value } from "../../assembler/index.ts";
import type { Variant } from "../../variant.ts";
import { writeBlock } from "./block.ts";
import { writeOuter } from "./outer.ts";
import { writePacking } from "./packing.ts";
import { smaller, sum } from "./parts.ts";
import { type Parts, type Product, writeProduct } from "./product.ts";
import { whole } from "./routine.ts";
import { writeTile } from "./tile.ts";
import { writeVectorProduct } from "./vector-product.ts";

const parameters = {
  ...whole("a", "aOuter", "aInner", "aRow", "aColumn"),
  ...whole("b", "bOuter", "bInner", "bRow", "bColumn"),
  ...whole("c", "inner", "m", "n", "k", "bias", "first", "end", "scratch"),
  floor: "f32",
  cRow: "i32",
} as const;

/** What other kernels multiply with. */
export interface Multiplication extends Parts {
  readonly product: Product;
}

/**
 * Writes `matmul`: rows `first` to `end` - 1, counted through a batch of products
 * `c [m, n] = max(bias + a [m, k] b [k, n], floor)`; `c` is row-major. The batch has two dimensions,
 * `inner` the size of the second. Without a bias its address is 0. Rows of `c` are `cRow` bytes apart, or
 * lie side by side where that is 0, as they must with one step.
 */
export function writeMatmul(writer: ModuleWriter, variant: Variant): Multiplication {
  const tile = writeTile(writer, variant);
  const parts = {
    tile,
    block: writeBlock(writer, tile),
    packLeft: writePacking(writer, tile.rows),
    packRight: writePacking(writer, tile.columns),
  };
  const product = writeProduct(writer, parts);
  const vectorProduct = writeVectorProduct(writer, variant);
  const outer = writeOuter(writer, variant);
  writer.function("matmul", parameters, (f, args) => {
    const { a, aOuter, aInner, aRow, aColumn, b, bOuter, bInner, bRow, bColumn } = args;
    const { c, inner, m, n, k, bias, first, end, scratch, floor, cRow } = args;
    const number = () => f.local("i32");
    const [batch, row, place, index, rows] = [number(), number(), number(), number(), number()];
    const [aHere, bHere, cHere] = [number(), number(), number()];
    f.fillMemory(scratch, 0, 4 * tile.columns);
    f.if(i32.eqz(cRow), () => f.set(cRow, i32.shl(n, 2)));
    f.while(i32.lt(first, end), () => {
      f.set(batch, i32.divU(first, m));
      f.set(row, i32.sub(first, i32.mul(batch, m)));
      f.set(place, i32.divU(batch, inner));
      f.set(index, i32.sub(batch, i32.mul(place, inner)));
      f.set(rows, smaller(i32.sub(m, row), i32.sub(end, first)));
      f.set(aHere, sum(a, i32.mul(place, aOuter), i32.mul(index, aInner), i32.mul(row, aRow)));
      f.set(bHere, sum(b, i32.mul(place, bOuter), i32.mul(index, bInner)));
      f.set(cHere, i32.add(c, i32.mul(first, cRow)));
      const from = select(bias, bias, scratch);
      const otherwise = () => {
        const fromPanel = select(bias, i32.const(4 * tile.columns), i32.const(0));
        const factors = { a: aHere, aRow, aColumn, b: bHere, bRow, bColumn };
        const fromMask = select(bias, i32.const(-1), i32.const(0));
        f.if(
          i32.and(i32.eq(k, 1), i32.eq(bColumn, 4)),
          () => outer(f, { a: aHere, aRow, b: bHere, c: cHere, m: rows, n, from, fromMask, floor }),
          () =>
            product(f, {
              ...factors,
              c: cHere,
              cRow,
              m: rows,
              n,
              k,
              from,
              fromPanel,
              scratch,
              floor,
            }),
        );
      };
      const lies = (x: Value<"i32">, y: Value<"i32">) => i32.or(i32.eq(x, 4), i32.eq(y, 4));
      // A single column, then a single row, of the result, if the other factor lies side by side.
      f.if(
        i32.and(i32.and(i32.eq(n, 1), i32.eq(bRow, 4)), lies(aRow, aColumn)),
        () =>
          vectorProduct(f, {
            matrix: aHere,
            row: aRow,
            column: aColumn,
            x: bHere,
            out: cHere,
            rows,
            columns: k,
            from,
            fromStep: i32.const(0),
            floor,
          }),
        () =>
          f.if(
            i32.and(i32.and(i32.eq(m, 1), i32.eq(aColumn, 4)), lies(bRow, bColumn)),
            () =>
              vectorProduct(f, {
                matrix: bHere,
                row: bColumn,
                column: bRow,
                x: aHere,
                out: cHere,
                rows: n,
                columns: k,
                from,
                fromStep: select(bias, i32.const(4), i32.const(0)),
                floor,
              }),
            otherwise,
          ),
      );
      f.advance(first, rows);
    });
  });
  return { ...parts, product };
}
